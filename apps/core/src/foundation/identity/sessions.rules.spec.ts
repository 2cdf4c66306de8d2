import { describe, expect, it } from '@jest/globals';
import { idleEnd, isAlive, needsTouch } from './sessions.rules.js';

const TIMES = { idleMs: 1_800_000, maxMs: 43_200_000 };
const session = { idleEndsAt: 1_800_000, endsAt: 43_200_000, revokedAt: null };

describe('a session', () => {
  it('lives until the very moment its idle or its whole time ends', () => {
    expect(isAlive(session, 1_799_999)).toBe(true);
    expect(isAlive(session, 1_800_000)).toBe(false);
    expect(isAlive({ ...session, idleEndsAt: 99_000_000 }, 43_200_000)).toBe(false);
  });

  it('is dead once revoked, whatever its times say', () => {
    expect(isAlive({ ...session, revokedAt: 0 }, 1)).toBe(false);
  });

  it('never idles beyond its whole time', () => {
    expect(idleEnd(43_000_000, session.endsAt, TIMES)).toBe(43_200_000);
  });

  it('is written again only when there is a minute to gain', () => {
    expect(needsTouch(session, 59_999, TIMES)).toBe(false);
    expect(needsTouch(session, 60_000, TIMES)).toBe(true);
    expect(needsTouch({ ...session, idleEndsAt: session.endsAt }, 43_100_000, TIMES)).toBe(false);
  });
});
