import * as z from 'zod';

/** `<noun>_` + 16 lowercase base32 characters; the noun says what the id names. */
const idOf = <Noun extends string>(noun: Noun) =>
  z.templateLiteral([`${noun}_`, z.string().regex(/^[a-z2-7]{16}$/)]).meta({ id: `${noun}-id` });

export const ContainerId = idOf('ct');
export type ContainerId = z.infer<typeof ContainerId>;
export const EnvironmentId = idOf('env');
export type EnvironmentId = z.infer<typeof EnvironmentId>;
export const OperationId = idOf('op');
export type OperationId = z.infer<typeof OperationId>;
export const UserId = idOf('usr');
export type UserId = z.infer<typeof UserId>;
export const TenantId = idOf('ten');
export type TenantId = z.infer<typeof TenantId>;
export const SessionId = idOf('ses');
export type SessionId = z.infer<typeof SessionId>;
/** A personal token, or the access token of a program that signed in. */
export const TokenId = idOf('tok');
export type TokenId = z.infer<typeof TokenId>;
export const AuditEventId = idOf('aud');
export type AuditEventId = z.infer<typeof AuditEventId>;
export const ExternalIdentityId = idOf('ext');
export type ExternalIdentityId = z.infer<typeof ExternalIdentityId>;
export const PasskeyId = idOf('pky');
export type PasskeyId = z.infer<typeof PasskeyId>;
export const InvitationId = idOf('inv');
export type InvitationId = z.infer<typeof InvitationId>;
export const GrantId = idOf('gr');
export type GrantId = z.infer<typeof GrantId>;
export const TeamId = idOf('tea');
export type TeamId = z.infer<typeof TeamId>;
export const ProjectId = idOf('prj');
export type ProjectId = z.infer<typeof ProjectId>;
export const AccessRequestId = idOf('ask');
export type AccessRequestId = z.infer<typeof AccessRequestId>;
export const AlertId = idOf('alr');
export type AlertId = z.infer<typeof AlertId>;
export const AlertSilenceId = idOf('sil');
export type AlertSilenceId = z.infer<typeof AlertSilenceId>;
export const ChannelId = idOf('chn');
export type ChannelId = z.infer<typeof ChannelId>;
export const DashboardId = idOf('da');
export type DashboardId = z.infer<typeof DashboardId>;
export const DraftId = idOf('dr');
export type DraftId = z.infer<typeof DraftId>;
export const TerminalId = idOf('tty');
export type TerminalId = z.infer<typeof TerminalId>;
/** A command that runs in the background. */
export const CommandId = idOf('cmd');
export type CommandId = z.infer<typeof CommandId>;
export const UploadId = idOf('up');
export type UploadId = z.infer<typeof UploadId>;
export const VolumeId = idOf('vol');
export type VolumeId = z.infer<typeof VolumeId>;
export const PluginId = idOf('plg');
export type PluginId = z.infer<typeof PluginId>;
