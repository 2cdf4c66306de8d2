import type { ContainerEnd } from '@bailiwick/contract';

/** How a run ended, as people say it; the others are told by their number. */
const NAMED = [0, 125, 126, 127, 129, 130, 131, 132, 134, 135, 136, 137, 139, 141, 143] as const;
const SIGNALLED = 128;
const LAST_SIGNAL = 64;

export interface EndWord {
  key: `codes.${(typeof NAMED)[number]}` | 'outOfMemory' | 'unknown' | 'signal' | 'other';
  icon: 'good' | 'bad' | 'stopped' | 'unknown';
  values: { code: number; signal: number };
}

/** One that somebody asked for is no alarm, whatever its code. */
export function endWord({
  exitCode,
  oomKilled,
  asked,
}: Pick<ContainerEnd, 'exitCode' | 'oomKilled' | 'asked'>): EndWord {
  const code = exitCode ?? 0;
  const values = { code, signal: code - SIGNALLED };
  if (oomKilled) return { key: 'outOfMemory', icon: 'bad', values };
  if (exitCode === null) return { key: 'unknown', icon: 'unknown', values };
  const icon = code === 0 || asked !== null ? 'stopped' : 'bad';
  const named = NAMED.find((each) => each === code);
  if (named !== undefined) return { key: `codes.${named}`, icon, values };
  const isSignal = values.signal > 0 && values.signal <= LAST_SIGNAL;
  return { key: isSignal ? 'signal' : 'other', icon, values };
}

/** How long it ran; null where nobody saw it start. */
export function ranForMs({ startedAt, endedAt }: Pick<ContainerEnd, 'startedAt' | 'endedAt'>): number | null {
  return startedAt === null ? null : Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));
}
