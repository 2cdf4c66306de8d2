import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LogTail, type TailPlace } from './log-tail.rules.js';

const aTail = ({ origin = null, limitBytes = 1e6 }: { origin?: string | null; limitBytes?: number } = {}) =>
  new LogTail(origin, limitBytes);
const line = (at: number) => ({ json: JSON.stringify({ line: at }), plain: null, cursor: `c${at}` });
const event = (name: string) => ({ json: JSON.stringify({ event: name }), plain: null, cursor: null });

describe('the shared tail', () => {
  it('delivers plus reports as missed exactly what was written, however slow the reader', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('write' as const), count: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ kind: fc.constant('event' as const), count: fc.constant(1) }),
      fc.record({ kind: fc.constant('read' as const), count: fc.integer({ min: 0, max: 600 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 200, max: 4000 }), (steps, limitBytes) => {
        const tail = aTail({ limitBytes });
        let written = 0;
        let place: TailPlace = tail.last;
        const accounted: number[] = [];
        const readOnce = (maxBytes: number) => {
          const portion = tail.take(place, maxBytes, false);
          for (let missed = 0; missed < portion.missed; missed += 1) accounted.push(accounted.length);
          for (const json of portion.rows) {
            const row: unknown = JSON.parse(json);
            if (typeof row === 'object' && row !== null && 'line' in row) accounted.push(Number(row.line));
          }
          place = portion.next;
          return portion.rows.length;
        };
        for (const { kind, count } of steps) {
          if (kind === 'write') for (let at = 0; at < count; at += 1) tail.append(line(written++));
          if (kind === 'event') tail.append(event('stopped'));
          if (kind === 'read') readOnce(count);
        }
        while (readOnce(1000) > 0);
        expect(accounted).toEqual(Array.from({ length: written }, (_, at) => at));
      }),
      { numRuns: 2000 },
    );
  });

  it('stays within its bytes', () => {
    const tail = aTail({ limitBytes: 10_000 });
    for (let at = 0; at < 5000; at += 1) tail.append(line(at));
    expect(tail.take({ row: 0, line: 0 }, 1e9, false).bytes).toBeLessThan(10_000);
  });

  it('knows the place after a line it holds, after its origin, and of no other', () => {
    const tail = aTail({ origin: 'c0', limitBytes: 600 });
    for (let at = 1; at <= 3; at += 1) tail.append(line(at));
    expect(tail.take(tail.placeAfter('c0') ?? tail.last, 1e6, false).rows).toHaveLength(3);
    expect(tail.take(tail.placeAfter('c2') ?? tail.last, 1e6, false).rows).toEqual([line(3).json]);
    expect(tail.placeAfter('c9')).toBeUndefined();
    expect(tail.placeAfter(null)).toBeUndefined();
  });

  it('moves its origin on as lines are let go, so that who has the last one of those still fits', () => {
    const tail = aTail({ limitBytes: 600 });
    for (let at = 1; at <= 50; at += 1) tail.append(line(at));
    const [first] = tail.take({ row: 0, line: 0 }, 1, false).rows;
    const oldest = Number(/\d+/.exec(first ?? '')?.[0]);
    expect(oldest).toBeGreaterThan(1);
    expect(tail.take(tail.placeAfter(`c${oldest - 1}`) ?? tail.last, 1, false).rows).toEqual([first]);
    expect(tail.placeAfter(`c${oldest - 2}`)).toBeUndefined();
  });

  it('finds the last lines whatever events stand between them, and not when older ones are needed', () => {
    const tail = aTail({ origin: 'c0' });
    for (const row of [line(1), event('stopped'), line(2), line(3), event('started')]) tail.append(row);
    const rowsOf = (count: number) => tail.take(tail.placeOfLast(count) ?? { row: -1, line: -1 }, 1e6, false).rows;
    expect(rowsOf(1)).toEqual([line(3).json, event('started').json]);
    expect(rowsOf(3)).toHaveLength(5);
    expect(rowsOf(0)).toEqual([]);
    expect(tail.placeOfLast(4)).toBeUndefined();
  });

  it('gives who may read secrets the line as it was written', () => {
    const tail = aTail();
    tail.append({ ...line(1), plain: '"as it was written"' });
    tail.append(line(2));
    const from = { row: 0, line: 0 };
    expect(tail.take(from, 1e6, true).rows).toEqual(['"as it was written"', line(2).json]);
    expect(tail.take(from, 1e6, false).rows).toEqual([line(1).json, line(2).json]);
  });
});
