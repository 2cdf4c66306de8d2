import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EngineLogLine } from '../../foundation/environments/engine.js';
import { LineRedactor } from './line-redactor.rules.js';
import {
  findPosition,
  isPositionIn,
  LastLines,
  LINE_BYTES,
  LineJoiner,
  LineNumbering,
  type NumberedLine,
  OVERLAP_NS,
  Resume,
  toLogLine,
  toNanoseconds,
  toRowJson,
} from './logs.rules.js';

const ENGINE_ID = 'f00dfeedf00dfeedf00d';
const NO_SECRETS = new LineRedactor(new Map());
const START_NS = 1_763_700_000_000_000_000n;

const aPiece = (overrides: Partial<EngineLogLine> = {}): EngineLogLine => ({
  atNs: START_NS,
  stream: 'stdout',
  text: 'hello',
  partial: false,
  ...overrides,
});

/** What the engine answers to a read: everything kept that is not older than `sinceNs`, in the order it was written. */
function read(kept: EngineLogLine[], sinceNs: bigint): NumberedLine[] {
  const joiner = new LineJoiner();
  const numbering = new LineNumbering(ENGINE_ID, NO_SECRETS);
  return kept
    .filter(({ atNs }) => atNs >= sinceNs)
    .flatMap((piece) => joiner.push(piece) ?? [])
    .map((line) => numbering.number(line));
}

function resume(kept: EngineLogLine[], cursor: string): NumberedLine[] {
  const position = findPosition(cursor);
  if (!position) throw new Error(`${cursor} is not a cursor`);
  const filter = new Resume(position);
  return read(kept, position.atNs - OVERLAP_NS).filter((line) => filter.passes(line));
}

/** Bursts within one nanosecond, repeated texts, both streams, split lines, and streams a little out of order. */
const kept = fc
  .array(
    fc.record({
      stepNs: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(2_000_000_000)),
      lateNs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(1_000_000) }),
      stream: fc.constantFrom('stdout' as const, 'stderr' as const),
      pieces: fc.array(fc.constantFrom('tick', 'tock', ''), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 60 },
  )
  .map((writes) => {
    let nowNs = START_NS;
    return writes.flatMap(({ stepNs, lateNs, stream, pieces }) => {
      nowNs += BigInt(stepNs);
      const atNs = nowNs - BigInt(lateNs);
      return pieces.map((text, at) => ({ atNs, stream, text, partial: at < pieces.length - 1 }));
    });
  });

describe('resuming a log', () => {
  it('gives every line exactly once and in order, wherever it is cut', () => {
    fc.assert(
      fc.property(kept, fc.nat(), (pieces, cut) => {
        const whole = read(pieces, 0n);
        const seen = whole.slice(0, whole.length === 0 ? 0 : (cut % whole.length) + 1);
        const last = seen.at(-1);
        const rest = last ? resume(pieces, last.cursor) : whole;
        expect([...seen, ...rest].map(({ text, cursor }) => [text, cursor])).toEqual(
          whole.map(({ text, cursor }) => [text, cursor]),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('gives every line exactly once over many cuts while the container writes on', () => {
    fc.assert(
      fc.property(kept, fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 60 }), (pieces, portions) => {
        const whole = read(pieces, 0n);
        const seen: NumberedLine[] = [];
        for (const portion of [...portions, Infinity]) {
          const last = seen.at(-1);
          seen.push(...(last ? resume(pieces, last.cursor) : whole).slice(0, portion));
        }
        expect(seen.map(({ cursor }) => cursor)).toEqual(whole.map(({ cursor }) => cursor));
      }),
      { numRuns: 1000 },
    );
  });

  it('says so when its line is no longer kept, and goes on with what is newer', () => {
    const pieces = [aPiece({ text: 'a' }), aPiece({ text: 'b', atNs: START_NS + 2n * OVERLAP_NS })];
    const [first] = read(pieces, 0n);
    const position = findPosition(first?.cursor ?? '');
    if (!position) throw new Error('no cursor');
    const filter = new Resume(position);
    const rest = read(pieces.slice(1), 0n).filter((line) => filter.passes(line));
    expect(rest.map(({ text }) => text)).toEqual(['b']);
    expect(filter.lost).toBe(true);
  });

  it('gives no two lines of a log the same cursor', () => {
    fc.assert(
      fc.property(kept, (pieces) => {
        const cursors = read(pieces, 0n).map(({ cursor }) => cursor);
        expect(new Set(cursors).size).toBe(cursors.length);
      }),
    );
  });
});

describe('a cursor', () => {
  it('belongs to one engine container', () => {
    const position = findPosition(new LineNumbering(ENGINE_ID, NO_SECRETS).number(aPiece()).cursor);
    expect(position && isPositionIn(position, ENGINE_ID)).toBe(true);
    expect(position && isPositionIn(position, 'another')).toBe(false);
  });

  it.each(['', 'x', '../../etc', 'a.b.c.d', `${'9'.repeat(40)}.1.1.a`])('is not made up: %p', (text) => {
    expect(findPosition(text)).toBeUndefined();
  });
});

describe('a split line', () => {
  it('is put together with its beginning as its time, whatever the other stream says meanwhile', () => {
    const joiner = new LineJoiner();
    expect(joiner.push(aPiece({ text: 'one ', partial: true }))).toBeUndefined();
    expect(joiner.push(aPiece({ text: 'error', stream: 'stderr', atNs: START_NS + 1n }))?.text).toBe('error');
    expect(joiner.push(aPiece({ text: 'line', atNs: START_NS + 2n }))).toEqual(aPiece({ text: 'one line' }));
  });

  it('never grows beyond its bound, and loses nothing', () => {
    const joiner = new LineJoiner();
    const piece = aPiece({ text: 'x'.repeat(16 * 1024), partial: true });
    const lines = Array.from({ length: 40 }, () => joiner.push(piece)).flatMap((line) => line ?? []);
    const end = joiner.push(aPiece({ text: 'end' }));
    expect(lines.map(({ text }) => text.length)).toEqual([LINE_BYTES, LINE_BYTES]);
    expect(end?.text.length).toBe(40 * 16 * 1024 - 2 * LINE_BYTES + 3);
  });
});

describe('a row', () => {
  it('is the same JSON whatever the line holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('stdout' as const, 'stderr' as const),
        (text, stream) => {
          const line = new LineNumbering(ENGINE_ID, NO_SECRETS).number(aPiece({ text, stream }));
          expect(JSON.parse(toRowJson(line))).toEqual({ type: 'line', ...toLogLine(line, false) });
        },
      ),
    );
  });
});

describe('the newest lines', () => {
  const lines = read(
    Array.from({ length: 3000 }, (_, at) => aPiece({ text: `${at}`.padStart(10, '0') })),
    0n,
  );

  it('are exactly as many as asked for', () => {
    const last = new LastLines(10, 1e6);
    for (const line of lines) last.push(line);
    expect(last.toArray().map(({ text }) => Number(text))).toEqual([
      2990, 2991, 2992, 2993, 2994, 2995, 2996, 2997, 2998, 2999,
    ]);
    expect(last.dropped).toBe(true);
  });

  it('stay within the bytes allowed', () => {
    const last = new LastLines(10_000, 500);
    for (const line of lines) last.push(line);
    expect(last.count).toBe(50);
  });
});

describe('a moment', () => {
  const nowMs = Date.parse('2026-01-01T12:00:00Z');
  it.each([
    ['30m', '2026-01-01T11:30:00.000Z'],
    ['7d', '2025-12-25T12:00:00.000Z'],
    ['2026-01-01T10:00:00+01:00', '2026-01-01T09:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(toNanoseconds(text, nowMs)).toBe(BigInt(Date.parse(iso)) * 1_000_000n);
  });

  it('keeps its nanoseconds and comes back from a line as it went out', () => {
    const atNs = START_NS + 123_456_789n;
    expect(toNanoseconds(new LineNumbering(ENGINE_ID, NO_SECRETS).number(aPiece({ atNs })).at, nowMs)).toBe(atNs);
  });

  it('never lies before the epoch', () => {
    expect(toNanoseconds('999999d', nowMs)).toBe(0n);
  });
});

describe('a line that holds a secret', () => {
  const redactor = new LineRedactor(new Map([['hunter2hunter', 'DB_PASSWORD']]));
  const numbered = (text: string) => new LineNumbering(ENGINE_ID, redactor).number(aPiece({ text }));

  it('is read without it, and as it was written only by who may', () => {
    const line = numbered('password=hunter2hunter');
    expect(toLogLine(line, false).text).toBe('password=•••(DB_PASSWORD)');
    expect(toLogLine(line, true).text).toBe('password=hunter2hunter');
    expect(numbered('nothing')).toMatchObject({ text: 'nothing', plain: null });
  });

  it('has a cursor that tells nothing of it', () => {
    const other = new LineNumbering(ENGINE_ID, new LineRedactor(new Map([['another-one', 'DB_PASSWORD']])));
    expect(other.number(aPiece({ text: 'password=another-one' })).cursor).toBe(
      numbered('password=hunter2hunter').cursor,
    );
  });
});
