import { describe, expect, it } from '@jest/globals';
import { NOTHING_SAID, toShown, withPiece } from './command-log.rules.ts';

const piece = (from: number, text: string, next = from + text.length) => ({ from, text, next, total: next });

describe('what a command said, as a page holds it', () => {
  it('is put together, and says what is not kept', () => {
    const log = [piece(0, 'one\n'), piece(4, 'two\n'), piece(1000, 'last\n')].reduce(withPiece, NOTHING_SAID);
    expect(toShown(log)).toEqual([
      { key: 0, text: 'one\n' },
      { key: 4, text: 'two\n' },
      { key: 999, leftOut: 992 },
      { key: 1000, text: 'last\n' },
    ]);
    expect(log.next).toBe(1005);
  });

  it('counts bytes, not characters', () => {
    const log = [piece(0, 'żółć', 8), piece(8, 'x')].reduce(withPiece, NOTHING_SAID);
    expect(toShown(log)).toHaveLength(2);
  });

  it('is not added to by nothing, and lets go of its middle', () => {
    expect(withPiece(NOTHING_SAID, piece(0, ''))).toEqual(NOTHING_SAID);
    const long = 'x'.repeat(300 * 1024);
    let log = NOTHING_SAID;
    for (let count = 0; count < 10; count++) log = withPiece(log, piece(log.next, long));
    expect(log.parts.map(({ from }) => from / long.length)).toEqual([0, 9]);
    expect(toShown(log)[1]).toEqual({ key: 9 * long.length - 1, leftOut: 8 * long.length });
  });
});
