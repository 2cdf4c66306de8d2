import type { AuditEvent } from '@bailiwick/contract';

const ACTIONS = [
  'access.approve',
  'access.change',
  'access.deny',
  'access.expire',
  'access.fall',
  'access.refused',
  'access.request',
  'access.viewAs',
  'access.viewAsEnd',
  'access.withdraw',
  'account.changePassword',
  'account.requestReset',
  'account.resetCode',
  'account.resetPassword',
  'account.stepUp',
  'account.update',
  'alerts.acknowledge',
  'alerts.rule',
  'alerts.silence',
  'alerts.unsilence',
  'audit.download',
  'audit.expire',
  'audit.export',
  'channels.create',
  'channels.delete',
  'channels.test',
  'channels.update',
  'connections.knownAddress',
  'connections.newAddress',
  'connections.rapidChange',
  'connections.unauthenticated',
  'containers.adopt',
  'containers.background',
  'containers.backgroundCancel',
  'containers.backgroundEnd',
  'containers.bindHost',
  'containers.bulk',
  'containers.configuration',
  'containers.console',
  'containers.copyEnv',
  'containers.delete',
  'containers.deploy',
  'containers.kill',
  'containers.pause',
  'containers.purge',
  'containers.recording',
  'containers.recreate',
  'containers.rename',
  'containers.restart',
  'containers.restartPolicy',
  'containers.restore',
  'containers.reveal',
  'containers.run',
  'containers.settings',
  'containers.start',
  'containers.stop',
  'containers.terminal',
  'containers.terminalEnd',
  'containers.terminalJoin',
  'containers.threshold',
  'containers.unpause',
  'containers.update',
  'files.chmod',
  'files.copy',
  'files.delete',
  'files.download',
  'files.makeFolder',
  'files.move',
  'files.pack',
  'files.unpack',
  'files.upload',
  'files.write',
  'invitations.accept',
  'invitations.create',
  'invitations.resend',
  'invitations.revoke',
  'mail.test',
  'operations.cancel',
  'operations.secrets',
  'panel.diagnostics',
  'panel.setUp',
  'passkeys.add',
  'passkeys.remove',
  'passkeys.rename',
  'passkeys.reset',
  'people.create',
  'people.delete',
  'people.link',
  'people.move',
  'people.resetLink',
  'people.settle',
  'people.update',
  'plugins.consent',
  'plugins.disable',
  'plugins.rescan',
  'plugins.restart',
  'plugins.settings',
  'plugins.start',
  'plugins.stop',
  'roles.delete',
  'roles.put',
  'sessions.end',
  'sessions.lock',
  'sessions.signIn',
  'sessions.signOut',
  'settings.twoFactor',
  'silences.create',
  'silences.delete',
  'tenants.archive',
  'tenants.create',
  'tenants.rename',
  'tenants.restore',
  'tokens.create',
  'tokens.revoke',
  'twoFactor.disable',
  'twoFactor.enable',
  'twoFactor.renewCodes',
  'twoFactor.reset',
  'volumes.delete',
] as const;
type KnownAction = (typeof ACTIONS)[number];

/** Undefined for an action this panel has no words for. */
export const knownAction = (action: string): KnownAction | undefined => ACTIONS.find((each) => each === action);

export interface Change {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}
export interface Detail {
  readonly name: string;
  readonly value: string;
  /** Where the value names rights. */
  readonly capabilities?: readonly string[];
}

/** What was before and what is after, and what else was written down. */
export function readDetails({ details }: Pick<AuditEvent, 'details'>): { changes: Change[]; others: Detail[] } {
  // A rename tells of one field, whose name is the deed's.
  if (isChange(details)) return { changes: [changeOf('name', details)], others: othersOf(details, ['from', 'to']) };
  const changed = Object.entries(details).flatMap(([field, value]) =>
    isChange(value) ? [changeOf(field, value)] : [],
  );
  return { changes: changed, others: othersOf(details, changed.map(({ field }) => field)) }; // prettier-ignore
}

/** Each action once: what was begun is left out where its end is known. Rows come newest first. */
export function foldBegun(events: readonly AuditEvent[]): AuditEvent[] {
  const ended = new Set<string>();
  return events.filter((event) => {
    const key = [event.action, event.operationId ?? event.requestId, event.target?.id].join('\n');
    if (event.outcome !== 'intent') ended.add(key);
    return event.outcome !== 'intent' || !ended.has(key);
  });
}

const othersOf = (details: AuditEvent['details'], besides: readonly string[]): Detail[] =>
  Object.entries(details)
    .filter(([name]) => !besides.includes(name))
    .map(([name, value]) => ({ name, value: toText(value), ...capabilitiesOf(name, value) }));

/** Details that name rights, one or many of them. */
const OF_CAPABILITIES: ReadonlySet<string> = new Set(['capability', 'capabilities', 'allow', 'deny', 'missing']);

function capabilitiesOf(name: string, value: unknown): Pick<Detail, 'capabilities'> {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const texts = values.filter((each): each is string => typeof each === 'string');
  return OF_CAPABILITIES.has(name) && texts.length > 0 && texts.length === values.length ? { capabilities: texts } : {};
}

const changeOf = (field: string, { from, to }: { from: unknown; to: unknown }): Change => ({
  field,
  from: toText(from),
  to: toText(to),
});

const isChange = (value: unknown): value is { from: unknown; to: unknown } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

/** Words as they are, nothing as nothing, the rest as it was written down. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
