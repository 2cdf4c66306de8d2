import { toPlainText } from './ansi.rules.ts';
import { toCompact } from './json-line.rules.ts';
import { type Level, levelOf } from '@bailiwick/contract/log-levels';
import type { Picture } from './log-messages.ts';
import type { LogRow } from './log-rows.ts';
import { type ReadSource, takeTogether } from './together.rules.ts';

/** What the server rendered with, before the worker takes over; it is also all there is without JavaScript. */
export function firstPicture(sources: readonly ReadSource[]): Picture {
  const { rows: together, waiting } = takeTogether(sources.map(({ rows, more }) => ({ rows, more })));
  const counts: Record<Level, number> = { fatal: 0, error: 0, warn: 0, info: 0, debug: 0, trace: 0, unknown: 0 };
  const rows = together.map((row, seq): LogRow => {
    if (row.kind !== 'line') return { ...row, seq };
    const words = toPlainText(row.text);
    const level = levelOf(words);
    counts[level] += 1;
    const compact = toCompact(words);
    return { seq, level, ...row, ...(compact ? { compact: { ...compact, found: [], cellsFound: [] } } : {}) };
  });
  return {
    generation: 0,
    order: 0,
    base: 0,
    count: rows.length,
    from: 0,
    rows,
    size: rows.length,
    end: rows.length,
    dropped: 0,
    counts,
    matchCount: 0,
    older: waiting.some(({ rows: left, more }) => more || left.length > 0) ? 'more' : 'none',
    searchFrom: sources.map((_, source) => {
      const oldest = together.find((row) => row.kind === 'line' && (row.source ?? 0) === source);
      return oldest?.kind === 'line' ? { cursor: oldest.cursor, unseen: null } : null;
    }),
    feed: sources.every(({ kept }) => kept) ? { state: 'ended', reason: 'kept' } : { state: 'connecting' },
    triggered: [],
    troubles: { count: 0, last: '' },
    profile: null,
  };
}
