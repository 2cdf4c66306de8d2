import type { ContainerId, EngineEventType, EnvironmentId, ToldEngineEvent } from '@bailiwick/contract';
import type { StatusIcon } from '../../ui/badge.tsx';

/** Whose events are shown: of one container, or of everything on an environment. */
export type Whose = { container: ContainerId } | { environment: EnvironmentId };

const HOUR_MS = 3_600_000;

const ICONS: Record<EngineEventType, StatusIcon> = {
  'container.created': 'created',
  'container.started': 'good',
  'container.restarted': 'good',
  'container.paused': 'paused',
  'container.unpaused': 'good',
  'container.killed': 'info',
  'container.stopped': 'stopped',
  'container.died': 'stopped',
  'container.oom': 'bad',
  'container.healthy': 'good',
  'container.unhealthy': 'warning',
  'container.updated': 'info',
  'container.renamed': 'info',
  'container.removed': 'off',
};

/** An end with another code than 0 is one to look at. */
export const iconOf = ({ type, exitCode }: Pick<ToldEngineEvent, 'type' | 'exitCode'>): StatusIcon =>
  type === 'container.died' && exitCode !== 0 && exitCode !== null ? 'bad' : ICONS[type];

/** The newest first; each once, whichever way it came. */
export function eventsOf(
  whose: Whose,
  read: readonly ToldEngineEvent[],
  followed: readonly ToldEngineEvent[],
  nowMs: number,
): ToldEngineEvent[] {
  const isMeant = ({ data, environmentId, at }: ToldEngineEvent) =>
    Date.parse(at) >= nowMs - HOUR_MS &&
    ('container' in whose ? data.id === whose.container : environmentId === whose.environment);
  const byId = new Map([...read, ...followed].filter(isMeant).map((event) => [event.id, event]));
  return [...byId.values()].sort((one, other) => Date.parse(other.at) - Date.parse(one.at) || compareIds(other, one));
}

/** Of what happened in one millisecond, the order in which it was told. */
const compareIds = (one: ToldEngineEvent, other: ToldEngineEvent): number =>
  Number(one.id.split('-')[1]) - Number(other.id.split('-')[1]);
