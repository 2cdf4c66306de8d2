import type { AuditEvent } from '@bailiwick/contract';

const ACTIONS = [
  'containers.start',
  'containers.stop',
  'containers.restart',
  'containers.pause',
  'containers.unpause',
  'containers.kill',
  'containers.rename',
  'containers.delete',
  'containers.deploy',
  'containers.bulk',
  'operations.cancel',
  'operations.secrets',
] as const;
const WORDS = {
  'containers.start': 'start',
  'containers.stop': 'stop',
  'containers.restart': 'restart',
  'containers.pause': 'pause',
  'containers.unpause': 'unpause',
  'containers.kill': 'kill',
  'containers.rename': 'rename',
  'containers.delete': 'delete',
  'containers.deploy': 'deploy',
  'containers.bulk': 'bulk',
  'operations.cancel': 'cancel',
  'operations.secrets': 'secrets',
} as const;

export type ActionWord = (typeof WORDS)[keyof typeof WORDS];

/** The panel's word for an action; undefined for one it does not know. */
export function wordOf(action: string): ActionWord | undefined {
  const known = ACTIONS.find((each) => each === action);
  return known === undefined ? undefined : WORDS[known];
}

/** Each action once: what was begun is left out where its end is known. Rows come newest first. */
export function foldBegun(events: readonly AuditEvent[]): AuditEvent[] {
  const ended = new Set<string>();
  return events.filter((event) => {
    const key = [event.action, event.operationId ?? event.requestId].join('\n');
    if (event.outcome !== 'intent') ended.add(key);
    return event.outcome !== 'intent' || !ended.has(key);
  });
}
