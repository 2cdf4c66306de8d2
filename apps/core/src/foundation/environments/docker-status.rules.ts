import { nameOf, type ListRow, portKey, portKeysOf } from './docker-answers.rules.js';
import type { EngineContainer } from './engine.js';

const TOLERANCE_S = [-3, -2, -1, 0, 1, 2, 3];
const UP = /^Up (.+?)(?: \((.+)\))?$/;
const ENDED = /^(?:Exited|Restarting) \((-?\d+)\) (.+) ago$/;

/**
 * Whether a list row says the same as what we know from the last inspect, so that it need not be inspected again.
 * A list has no times, only "Up 3 minutes"; who was restarted unnoticed shows a younger age than we expect.
 */
export function agrees(row: ListRow, known: EngineContainer, nowMs: number): boolean {
  return (
    row.State === known.state &&
    nameOf(row) === known.name &&
    portKeysOf(row).join() === known.ports.map(portKey).join() &&
    Object.keys(row.NetworkSettings?.Networks ?? {})
      .sort()
      .join() === known.networks.join() &&
    statusAgrees(row.Status, known, nowMs)
  );
}

function statusAgrees(status: string, known: EngineContainer, nowMs: number): boolean {
  const up = UP.exec(status);
  if (up) return noteAgrees(up[2], known) && ageAgrees(up[1], known.startedAtMs, nowMs);
  const ended = ENDED.exec(status);
  if (!ended) return known.startedAtMs === null;
  if (known.state === 'restarting') return false;
  return Number(ended[1]) === known.exitCode && ageAgrees(ended[2], known.finishedAtMs, nowMs);
}

function noteAgrees(note: string | undefined, { health, state }: EngineContainer): boolean {
  if (state === 'paused') return note === 'Paused';
  if (note === undefined) return health === 'none';
  return note === (health === 'starting' ? 'health: starting' : health);
}

function ageAgrees(age: string | undefined, sinceMs: number | null, nowMs: number): boolean {
  if (sinceMs === null) return false;
  return TOLERANCE_S.some((seconds) => ageText((nowMs - sinceMs) / 1000 + seconds) === age);
}

/** How Docker words an age. */
export function ageText(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 1) return 'Less than a second';
  if (whole === 1) return '1 second';
  if (whole < 60) return `${whole} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / 3600 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(seconds / 3600 / 24 / 365)} years`;
}
