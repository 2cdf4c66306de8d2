import type { CoreLogEntry, CoreLogMessage } from '@bailiwick/contract';

export const MOST_ENTRIES = 2_000;

/** What is known after one more message; a history may tell again what is known, and is put where it begins. */
export function afterMessage(known: readonly CoreLogEntry[], { type, data }: CoreLogMessage): readonly CoreLogEntry[] {
  const [first] = data;
  if (!first) return known;
  const at = type === 'history' ? known.findLastIndex((entry) => isSame(entry, first)) : -1;
  return [...(at < 0 ? known : known.slice(0, at)), ...data].slice(-MOST_ENTRIES);
}

const isSame = (a: CoreLogEntry, b: CoreLogEntry): boolean =>
  a.timestamp === b.timestamp && a.logger === b.logger && a.message === b.message;
