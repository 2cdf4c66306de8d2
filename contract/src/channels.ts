import * as z from 'zod';
import { AlertRule } from './alerts.ts';
import { ChannelId, TenantId } from './ids.ts';
import { Timestamp, listOf } from './wire.ts';

/** By what people are told of alerts while no panel is open. */
export const ChannelKind = z.enum(['mail', 'webhook', 'slack', 'discord', 'telegram', 'ntfy']);
export type ChannelKind = z.infer<typeof ChannelKind>;

const Address = z.url({ protocol: /^https?$/ }).max(2048);
const To = z.array(z.email().max(254)).min(1).max(20);
/** What a webhook is signed with. */
const SigningSecret = z.string().min(16).max(200);
const BotToken = z.string().regex(/^\d{1,20}:[\w-]{20,100}$/, 'is no token of a bot; it looks like 123456:ABC…');
const Chat = z.string().regex(/^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/, 'is a number, or the @name of a channel');
const Topic = z.string().regex(/^[\w-]{1,64}$/, 'holds letters, digits, _ and - only');
const AccessToken = z.string().min(1).max(500);
const Telegram = { kind: z.literal('telegram'), server: Address.default('https://api.telegram.org'), chat: Chat };
const Ntfy = { kind: z.literal('ntfy'), server: Address.default('https://ntfy.sh'), topic: Topic };

export const MailSettings = z.strictObject({ kind: z.literal('mail'), to: To });
export const WebhookSettings = z.strictObject({ kind: z.literal('webhook'), url: Address, secret: SigningSecret });
export const SlackSettings = z.strictObject({ kind: z.literal('slack'), url: Address });
export const DiscordSettings = z.strictObject({ kind: z.literal('discord'), url: Address });
export const TelegramSettings = z.strictObject({ ...Telegram, token: BotToken });
export const NtfySettings = z.strictObject({ ...Ntfy, token: AccessToken.nullable().default(null) });
/** All that a channel is set to. The addresses of webhooks hold secrets as well. */
export const ChannelSettings = z.discriminatedUnion('kind', [
  MailSettings,
  WebhookSettings,
  SlackSettings,
  DiscordSettings,
  TelegramSettings,
  NtfySettings,
]);
export type ChannelSettings = z.infer<typeof ChannelSettings>;

/** The same, without the secrets that stay as they are. */
export const ChannelSettingsChange = z.discriminatedUnion('kind', [
  MailSettings,
  z.strictObject({ kind: z.literal('webhook'), url: Address.optional(), secret: SigningSecret.optional() }),
  z.strictObject({ kind: z.literal('slack'), url: Address.optional() }),
  z.strictObject({ kind: z.literal('discord'), url: Address.optional() }),
  z.strictObject({ ...Telegram, token: BotToken.optional() }),
  z.strictObject({ ...Ntfy, token: AccessToken.nullable().optional() }),
]);
export type ChannelSettingsChange = z.infer<typeof ChannelSettingsChange>;

/** As much of it as is shown; `host`: of an address only where it leads. */
export const ShownChannelSettings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mail'), to: z.array(z.string()) }),
  z.object({ kind: z.literal('webhook'), host: z.string() }),
  z.object({ kind: z.literal('slack'), host: z.string() }),
  z.object({ kind: z.literal('discord'), host: z.string() }),
  z.object({ kind: z.literal('telegram'), server: z.string(), chat: z.string() }),
  z.object({ kind: z.literal('ntfy'), server: z.string(), topic: z.string(), hasToken: z.boolean() }),
]);
export type ShownChannelSettings = z.infer<typeof ShownChannelSettings>;

const wanted = {
  name: z.string().trim().min(1).max(60),
  /** What it tells of; null for everything. */
  rules: z.array(AlertRule).min(1).max(AlertRule.options.length).nullable().default(null),
  /** Of whose things; null for everybody's. */
  tenant: TenantId.nullable().default(null),
  /** Whether it tells as well that something is over. */
  recoveries: z.boolean().default(true),
  enabled: z.boolean().default(true),
};
export const CreateChannel = z.strictObject({ ...wanted, settings: ChannelSettings });
export type CreateChannel = z.infer<typeof CreateChannel>;
export const UpdateChannel = z.strictObject({ ...wanted, settings: ChannelSettingsChange });
export type UpdateChannel = z.infer<typeof UpdateChannel>;

/** Of one tenant's things, by who manages that tenant. */
export const CreateTenantChannel = CreateChannel.omit({ tenant: true });
export type CreateTenantChannel = z.infer<typeof CreateTenantChannel>;
export const UpdateTenantChannel = UpdateChannel.omit({ tenant: true });
export type UpdateTenantChannel = z.infer<typeof UpdateTenantChannel>;

/**
 * Why a message was not taken. `address_refused`: the core does not send there. `login`: the receiver does not know the
 * token. `failing`: it is in trouble itself. `refused`: it does not take this message.
 */
export const ChannelFailure = z.enum([
  'address_refused',
  'unreachable',
  'timeout',
  'tls',
  'redirected',
  'login',
  'rate_limited',
  'refused',
  'failing',
  'mail_not_configured',
]);
export type ChannelFailure = z.infer<typeof ChannelFailure>;

/** What the receiver answered: a status, where it speaks HTTP, and its own words. */
const answered = { status: z.int().nullable(), said: z.string().nullable() };

export const Channel = z.object({
  id: ChannelId,
  name: z.string(),
  settings: ShownChannelSettings,
  rules: z.array(AlertRule).nullable(),
  /** Whose things, with the name; null for everybody's. */
  tenant: z.object({ id: TenantId, name: z.string() }).nullable(),
  /** Whether that tenant set it up itself. */
  delegated: z.boolean(),
  recoveries: z.boolean(),
  enabled: z.boolean(),
  createdAt: Timestamp,
  /** How much it still has to tell. */
  waiting: z.int(),
  /** How much was given up since it was last heard; the next message says so. */
  lost: z.int(),
  lastSentAt: Timestamp.nullable(),
  /** The last that went wrong; over where a message was taken since. */
  lastFailure: z
    .object({
      failure: ChannelFailure,
      ...answered,
      at: Timestamp,
      isOver: z.boolean(),
      nextTryAt: Timestamp.nullable(),
    })
    .nullable(),
});
export type Channel = z.infer<typeof Channel>;
export const ChannelList = listOf(Channel);
export type ChannelList = z.infer<typeof ChannelList>;
export const ChannelAnswer = z.object({ item: Channel });
export type ChannelAnswer = z.infer<typeof ChannelAnswer>;

/** What became of a test message; `failure` is null where it was taken. */
export const ChannelTest = z.object({ failure: ChannelFailure.nullable(), ...answered, tookMs: z.int() });
export type ChannelTest = z.infer<typeof ChannelTest>;
export const ChannelTestAnswer = z.object({ item: ChannelTest });
export type ChannelTestAnswer = z.infer<typeof ChannelTestAnswer>;
