import type { EngineEventType } from '@bailiwick/contract';

const HOUR_MS = 3_600_000;

const TYPES: ReadonlyMap<string, EngineEventType> = new Map([
  ['create', 'container.created'],
  ['start', 'container.started'],
  ['restart', 'container.restarted'],
  ['pause', 'container.paused'],
  ['unpause', 'container.unpaused'],
  ['kill', 'container.killed'],
  ['stop', 'container.stopped'],
  ['die', 'container.died'],
  ['oom', 'container.oom'],
  ['health_status: healthy', 'container.healthy'],
  ['health_status: unhealthy', 'container.unhealthy'],
  ['update', 'container.updated'],
  ['rename', 'container.renamed'],
  ['destroy', 'container.removed'],
]);

/** What an engine's word is to us; undefined for what nobody is told. */
export const toType = (action: string): EngineEventType | undefined => TYPES.get(action);

export const oldestTold = (nowMs: number): number => nowMs - HOUR_MS;

/** Oldest first; those that are not told any more, and the oldest of too many, are left out. */
export function kept<Told extends { readonly atMs: number }>(
  told: readonly Told[],
  nowMs: number,
  most: number,
): readonly Told[] {
  const oldest = oldestTold(nowMs);
  const first = told.findIndex(({ atMs }) => atMs >= oldest);
  return first === -1 ? [] : told.slice(Math.max(first, told.length - most));
}
