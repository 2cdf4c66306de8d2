import type { LogPage } from '@bailiwick/contract';
import { toPlainText } from './ansi.rules.ts';
import { toCompact } from './json-line.rules.ts';
import { type Level, levelOf } from './level.rules.ts';
import type { Picture } from './log-messages.ts';

/** What the server rendered with, before the worker takes over; it is also all there is without JavaScript. */
export function firstPicture({ lines, more }: LogPage): Picture {
  const counts: Record<Level, number> = { fatal: 0, error: 0, warn: 0, info: 0, debug: 0, trace: 0, unknown: 0 };
  const rows = lines.map((line, seq) => {
    const words = toPlainText(line.text);
    const level = levelOf(words);
    counts[level] += 1;
    const compact = toCompact(words);
    return { kind: 'line' as const, seq, level, ...line, ...(compact ? { compact: { ...compact, found: [] } } : {}) };
  });
  return {
    generation: 0,
    base: 0,
    count: rows.length,
    from: 0,
    rows,
    size: rows.length,
    end: rows.length,
    dropped: 0,
    counts,
    matchCount: 0,
    older: more ? 'more' : 'none',
    oldest: lines[0]?.cursor ?? null,
    feed: { state: 'connecting' },
    triggered: [],
  };
}
