import {
  type AlertRule,
  type Channel,
  type ChannelKind,
  MailSettings,
  NtfySettings,
  SlackSettings,
  TelegramSettings,
  WebhookSettings,
} from '@bailiwick/contract';
import type { FieldRules } from '../shell/form.rules.ts';

export const CHANNEL_FIELDS = ['name', 'to', 'url', 'secret', 'server', 'chat', 'topic', 'token', 'tenant'] as const;
export type ChannelField = (typeof CHANNEL_FIELDS)[number];
export type ChannelValues = Record<ChannelField, string>;
/** A field that only some kinds have. */
type OwnField = Exclude<ChannelField, 'name' | 'tenant'>;

/** In the order of the screen. */
export const FIELDS_OF: Readonly<Record<ChannelKind, readonly OwnField[]>> = {
  mail: ['to'],
  webhook: ['url', 'secret'],
  slack: ['url'],
  discord: ['url'],
  telegram: ['chat', 'token', 'server'],
  ntfy: ['topic', 'server', 'token'],
};
/** What is never shown again: left empty, it stays as it is. */
export const isSecret = (field: ChannelField): boolean => ['url', 'secret', 'token'].includes(field);
/** A secret that is there already may stay; a topic of ntfy may need no token. */
export const isNeeded = (kind: ChannelKind, field: OwnField, channel: Channel | null): boolean =>
  !(isSecret(field) && channel !== null) && !(kind === 'ntfy' && field === 'token');

const SERVERS: Partial<Record<ChannelKind, string>> = {
  telegram: 'https://api.telegram.org',
  ntfy: 'https://ntfy.sh',
};

const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

export function initialValues(kind: ChannelKind, channel: Channel | null): ChannelValues {
  const settings = channel?.settings;
  const empty = { to: '', url: '', secret: '', server: SERVERS[kind] ?? '', chat: '', topic: '', token: '' };
  const shown = {
    ...(settings?.kind === 'mail' ? { to: settings.to.join('\n') } : {}),
    ...(settings?.kind === 'telegram' ? { server: settings.server, chat: settings.chat } : {}),
    ...(settings?.kind === 'ntfy' ? { server: settings.server, topic: settings.topic } : {}),
  };
  return { ...empty, ...shown, name: channel?.name ?? '', tenant: channel?.tenant?.id ?? '' };
}

/** What is not of the kind is always right. */
export function channelRules(kind: ChannelKind, channel: Channel | null): FieldRules<ChannelField> {
  const ofKind = (field: OwnField, isRight: (value: string) => boolean) => (value: string) =>
    !FIELDS_OF[kind].includes(field) || (channel !== null && isSecret(field) && value === '') || isRight(value);
  return {
    name: (name) => name.trim() !== '' && name.trim().length <= 60,
    to: ofKind('to', (to) => MailSettings.shape.to.safeParse(addressesIn(to)).success),
    url: ofKind('url', (url) => SlackSettings.shape.url.safeParse(url.trim()).success),
    secret: ofKind('secret', (secret) => WebhookSettings.shape.secret.safeParse(secret).success),
    server: ofKind('server', (server) => SlackSettings.shape.url.safeParse(server.trim()).success),
    chat: ofKind('chat', (chat) => TelegramSettings.shape.chat.safeParse(chat.trim()).success),
    topic: ofKind('topic', (topic) => NtfySettings.shape.topic.safeParse(topic.trim()).success),
    token: ofKind('token', (token) =>
      kind === 'telegram' ? TelegramSettings.shape.token.safeParse(token.trim()).success : true,
    ),
    tenant: () => true,
  };
}

interface Choices {
  readonly rules: ReadonlySet<AlertRule> | null;
  readonly recoveries: boolean;
  readonly enabled: boolean;
  /** Of a tenant's own nobody needs to say whose it is. */
  readonly isOfTenant: boolean;
}

/** As the core takes it; a secret that was left empty is not named. */
export const toChannelBody = (
  kind: ChannelKind,
  values: ChannelValues,
  { rules, isOfTenant, ...choices }: Choices,
): object => ({
  ...choices,
  name: values.name.trim(),
  ...(isOfTenant ? {} : { tenant: values.tenant === '' ? null : values.tenant }),
  rules: rules === null ? null : [...rules],
  settings: toSettings(kind, values),
});

function toSettings(kind: ChannelKind, values: ChannelValues): Record<string, unknown> & { kind: ChannelKind } {
  const named = FIELDS_OF[kind]
    .map((field) => [field, field === 'to' ? addressesIn(values.to) : values[field].trim()] as const)
    .filter(([field, value]) => !(isSecret(field) && value === ''));
  return { kind, ...Object.fromEntries(named) };
}

/** What a channel is doing, in one word. */
export function channelState({ enabled, lastFailure, lastSentAt }: Channel): 'off' | 'failing' | 'good' | 'fresh' {
  if (!enabled) return 'off';
  if (lastFailure && !lastFailure.isOver) return 'failing';
  return lastSentAt === null ? 'fresh' : 'good';
}

/** A secret nobody can guess. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
