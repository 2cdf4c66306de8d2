import { describe, expect, it } from '@jest/globals';
import { MinuteCounts } from './minute-counts.js';

describe('counts of a minute', () => {
  it('tell the first time and take the rest together', () => {
    const counts = new MinuteCounts<string>(5);
    const tries = [0, 1, 59_999].map((at) => counts.add('ada', 'delete', 'delete', 'rest', at));
    expect(tries.map((first) => first !== undefined)).toEqual([true, false, false]);
    expect(counts.takeDue(59_999)).toEqual([]);
    expect(counts.takeDue(60_000)).toEqual([{ what: 'delete', since: 0, count: 3 }]);
    expect(counts.takeDue(60_000)).toEqual([]);
    expect(counts.add('ada', 'delete', 'delete', 'rest', 60_000)).toBeDefined();
  });

  it('have room for so many kinds of one group, and count the others as one', () => {
    const counts = new MinuteCounts<string>(3);
    for (let kind = 0; kind < 1000; kind += 1) counts.add('ada', `kind ${kind}`, `kind ${kind}`, 'rest', kind);
    counts.add('bob', 'kind 1', 'of bob', 'rest', 0);
    const taken = counts.takeAll().map(({ what, count }) => [what, count]);
    expect(taken).toEqual([['kind 0', 1], ['kind 1', 1], ['kind 2', 1], ['rest', 997], ['of bob', 1]]); // prettier-ignore
  });

  it('give the room back when the minute is over', () => {
    const counts = new MinuteCounts<string>(1);
    counts.add('ada', 'one', 'one', 'rest', 0);
    counts.takeDue(60_000);
    expect(counts.add('ada', 'two', 'two', 'rest', 60_000)?.what).toBe('two');
  });
});
