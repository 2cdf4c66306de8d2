import { describe, expect, it } from '@jest/globals';
import { withNeighbours } from './drawn-holders.rules.ts';

describe('the rows of a long matrix that are drawn', () => {
  it('hold the one with the focus and those beside it, however far it was scrolled away', () => {
    expect(withNeighbours([40, 41, 42], 7, 100)).toEqual([6, 7, 8, 40, 41, 42]);
    expect(withNeighbours([40, 41, 42], 42, 100)).toEqual([40, 41, 42, 43]);
  });

  it('end where the rows end', () => {
    expect(withNeighbours([], 0, 100)).toEqual([0, 1]);
    expect(withNeighbours([], 99, 100)).toEqual([98, 99]);
  });

  it('hold the first and the last while the focus is elsewhere', () => {
    expect(withNeighbours([40, 41], -1, 100)).toEqual([0, 40, 41, 99]);
  });
});
