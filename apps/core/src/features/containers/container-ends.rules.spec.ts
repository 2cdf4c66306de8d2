import { describe, expect, it } from '@jest/globals';
import { beginningOf, isKnownAnnouncement, isKnownRun } from './container-ends.rules.js';

const AT = 1_000_000;
const seen = { finishedAtMs: AT, announcedAtMs: null, isSeen: true };
const announced = { finishedAtMs: AT, announcedAtMs: AT + 10, isSeen: false };

describe('an announced end', () => {
  it('is new where none is known', () => {
    expect(isKnownAnnouncement(undefined, AT, { startedAtMs: null })).toBe(false);
  });

  it('is known where it was heard before, as after a lost connection', () => {
    expect(isKnownAnnouncement(announced, AT + 10, { startedAtMs: null })).toBe(true);
    expect(isKnownAnnouncement(announced, AT + 9, { startedAtMs: null })).toBe(true);
    expect(isKnownAnnouncement(announced, AT + 200, { startedAtMs: null })).toBe(false);
  });

  it('is known where the container was seen to be over a moment before', () => {
    expect(isKnownAnnouncement(seen, AT + 300, { startedAtMs: AT - 5000 })).toBe(true);
    expect(isKnownAnnouncement(seen, AT + 300, { startedAtMs: AT + 900 })).toBe(true);
    expect(isKnownAnnouncement(seen, AT + 6000, { startedAtMs: AT - 5000 })).toBe(false);
  });

  it('is new where a run began in between', () => {
    expect(isKnownAnnouncement(seen, AT + 300, { startedAtMs: AT + 100 })).toBe(false);
  });
});

describe('a run that is seen to be over', () => {
  it('is known by its end, or by an end after its beginning', () => {
    expect(isKnownRun(seen, AT, AT - 10)).toBe(true);
    expect(isKnownRun(announced, AT + 5, AT - 10)).toBe(true);
    expect(isKnownRun(announced, AT - 5, null)).toBe(true);
  });

  it('is new where it began after the last end, or nobody knows any', () => {
    expect(isKnownRun(seen, AT + 50, AT + 20)).toBe(false);
    expect(isKnownRun(announced, AT + 50, AT)).toBe(false);
    expect(isKnownRun(seen, AT + 50, null)).toBe(false);
    expect(isKnownRun(undefined, AT, AT - 10)).toBe(false);
  });
});

describe('when a run began', () => {
  it('is told only where that was seen', () => {
    expect(beginningOf({ startedAtMs: AT - 10 }, AT, undefined)).toBe(AT - 10);
    expect(beginningOf({ startedAtMs: null }, AT, undefined)).toBeNull();
    // Of the next run, and of the one before.
    expect(beginningOf({ startedAtMs: AT + 10 }, AT, undefined)).toBeNull();
    expect(beginningOf({ startedAtMs: AT - 10 }, AT + 200, seen)).toBeNull();
  });
});
