import { describe, expect, it } from '@jest/globals';
import { judgeConnection, RAPID_MS } from './connections.rules.js';

const HOME = '192.0.2.1';
const CAFE = '198.51.100.7';
const NOW = 10_000_000;

describe('a connection', () => {
  it('of somebody nothing is known of is their first', () => {
    expect(judgeConnection(HOME, [], NOW)).toEqual({ classification: 'first', rapidlyAfter: null });
  });

  it('from where they came before is known', () => {
    expect(judgeConnection(HOME, [{ address: HOME, at: 1 }], NOW)).toEqual({
      classification: 'known',
      rapidlyAfter: null,
    });
  });

  it('from elsewhere is new', () => {
    expect(judgeConnection(CAFE, [{ address: HOME, at: 1 }], NOW).classification).toBe('new');
  });

  it.each([
    [RAPID_MS - 1, HOME],
    [RAPID_MS, undefined],
  ])('%i ms after another address has changed rapidly after %s', (ago, after) => {
    const seen = [
      { address: CAFE, at: 5 },
      { address: '203.0.113.9', at: NOW - ago - 1 },
      { address: HOME, at: NOW - ago },
    ];
    expect(judgeConnection(CAFE, seen, NOW).rapidlyAfter?.address).toBe(after);
  });
});
