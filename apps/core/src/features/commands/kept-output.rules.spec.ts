import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HEAD_BYTES, needsNew, placeAfter, superfluous, TAIL_BYTES, wholeCharacters } from './kept-output.rules.js';

describe('what is kept of what a command says', () => {
  it('begins with a head and goes on in pieces of the tail', () => {
    expect(needsNew([], 1)).toBe(true);
    expect(needsNew([{ from: 0, bytes: HEAD_BYTES - 5 }], 5)).toBe(false);
    expect(needsNew([{ from: 0, bytes: HEAD_BYTES - 5 }], 6)).toBe(true);
    const tail = { from: HEAD_BYTES, bytes: TAIL_BYTES - 5 };
    expect([needsNew([tail], 5), needsNew([tail], 6)]).toEqual([false, true]);
    // What was just begun takes whatever comes: it is no use to begin another.
    expect(needsNew([{ from: 9, bytes: 0 }], 10 * TAIL_BYTES)).toBe(false);
  });

  it('is the beginning and the last two pieces', () => {
    const pieces = [0, 10, 20, 30, 40].map((from) => ({ from, bytes: 10 }));
    expect(superfluous(pieces).map(({ from }) => from)).toEqual([10, 20]);
    expect(superfluous(pieces.slice(0, 3))).toEqual([]);
  });

  it('is read from where somebody was, or where it goes on', () => {
    const pieces = [{ from: 0, bytes: 10 }, { from: 30, bytes: 5 }]; // prettier-ignore
    expect(placeAfter(pieces, 4)).toEqual({ piece: pieces[0], from: 4 });
    expect(placeAfter(pieces, 10)).toEqual({ piece: pieces[1], from: 30 });
    expect(placeAfter(pieces, 35)).toBeUndefined();
    expect(placeAfter([], 0)).toBeUndefined();
  });

  it('is never cut within a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, at) => {
        const bytes = Buffer.from(text);
        const cut = bytes.subarray(0, bytes.length === 0 ? 0 : at % bytes.length);
        const whole = cut.subarray(0, wholeCharacters(cut)).toString('utf8');
        expect(whole).not.toContain('\uFFFD');
        expect(bytes.toString('utf8').startsWith(whole)).toBe(true);
        expect(cut.length - wholeCharacters(cut)).toBeLessThan(4);
      }),
    );
  });
});
