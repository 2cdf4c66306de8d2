import type { Diagnostics } from '@bailiwick/contract';
import type { Config } from '../../config.js';

/** By the variable's name: figures and switches as they are; of a text only that it is set, whatever it may say. */
export function settingsOf(config: Config): Diagnostics['settings'] {
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]: [string, unknown]) => {
      if (!name.startsWith('BAILIWICK_') || value === undefined) return [];
      return [[name, typeof value === 'number' || typeof value === 'boolean' ? value : ('set' as const)]];
    }),
  );
}

/** What this core itself was told in confidence: nothing of it may stand in what leaves the house. */
export const confidencesOf = ({ BAILIWICK_SECRET_KEY, BAILIWICK_INSTALLER_TOKEN, smtp, otlp }: Config): string[] =>
  [
    BAILIWICK_SECRET_KEY,
    BAILIWICK_INSTALLER_TOKEN,
    smtp?.login?.password,
    ...Object.values(otlp?.headers ?? {}),
  ].filter((text): text is string => text !== undefined && text !== '');

export function countBy<Item>(items: readonly Item[], wordOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[wordOf(item)] = (counts[wordOf(item)] ?? 0) + 1;
  return counts;
}
