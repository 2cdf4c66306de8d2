import { describe, expect, it } from '@jest/globals';
import {
  after,
  NEW_STANDING,
  type PluginHappening,
  type PluginStanding,
  restartDelayMs,
} from './plugin-standing.rules.js';

const HOUR_MS = 3_600_000;
const well = (atMs = 0, isPartly = false): PluginHappening => ({ kind: 'well', isPartly, atMs });
const timedOut: PluginHappening = { kind: 'timedOut' };
const unwell: PluginHappening = { kind: 'unwell' };
const died: PluginHappening = { kind: 'died' };
const initialized: PluginHappening = { kind: 'initialized' };

/** What came of all that happened, in order. */
function live(...happenings: PluginHappening[]) {
  let standing: PluginStanding = NEW_STANDING;
  const verdicts = happenings.map((happening) => {
    const next = after(standing, happening);
    standing = next.standing;
    return next.verdict;
  });
  return { standing, verdict: verdicts.at(-1), verdicts };
}
const started: PluginHappening = { kind: 'started' };
const up = [started, initialized, well()];

describe('a plugin', () => {
  it('is well once it said so', () => {
    expect(live(started).standing.status).toBe('starting');
    expect(live(started, initialized).standing.status).toBe('initialized');
    expect(live(...up)).toMatchObject({ standing: { status: 'healthy', wellSinceMs: 0 }, verdict: 'none' });
    expect(live(...up, well(1, true)).standing).toMatchObject({ status: 'degraded', wellSinceMs: null });
  });

  it('that does not answer once is degraded, and three times in a row is started again', () => {
    expect(live(...up, timedOut)).toMatchObject({ standing: { status: 'degraded' }, verdict: 'none' });
    expect(live(...up, timedOut, timedOut).verdict).toBe('none');
    expect(live(...up, timedOut, timedOut, timedOut)).toMatchObject({
      standing: { status: 'unresponsive', restartCount: 1 },
      verdict: 'restart',
    });
    expect(live(...up, timedOut, timedOut, well(), timedOut, timedOut).verdict).toBe('none');
  });

  it('that says it is not well is degraded, and the second time in a row is started again', () => {
    expect(live(...up, unwell)).toMatchObject({ standing: { status: 'degraded' }, verdict: 'none' });
    expect(live(...up, unwell, unwell)).toMatchObject({ standing: { status: 'unresponsive' }, verdict: 'restart' });
    expect(live(...up, unwell, well(), unwell).verdict).toBe('none');
    expect(live(...up, unwell, unwell, initialized, unwell).verdict).toBe('none');
  });

  it('that dies is started again, and the third time is disabled', () => {
    expect(live(...up, died)).toMatchObject({ standing: { status: 'crashed' }, verdict: 'restart' });
    const third = live(...up, died, initialized, well(), died, initialized, well(), died);
    expect(third.verdicts.filter((verdict) => verdict !== 'none')).toEqual(['restart', 'restart', 'disable']);
    expect(third.standing.status).toBe('disabled');
  });

  it('is disabled when its three restarts are used up, whatever they were for', () => {
    const hang = [initialized, timedOut, timedOut, timedOut];
    const fourth = live(started, ...hang, ...hang, ...hang, ...hang);
    expect(fourth.verdicts.filter((verdict) => verdict !== 'none')).toEqual(['restart', 'restart', 'restart', 'disable']); // prettier-ignore
  });

  it('has all its chances again after an hour of being well, and not before', () => {
    const { standing } = live(...up, died, initialized, well(0));
    expect(after(standing, well(HOUR_MS - 1)).standing).toMatchObject({ consecutiveCrashes: 1, restartCount: 1 });
    expect(after(standing, well(HOUR_MS)).standing).toMatchObject({ consecutiveCrashes: 0, restartCount: 0 });
    const broken = after(standing, unwell).standing;
    expect(after(broken, well(HOUR_MS)).standing).toMatchObject({ restartCount: 1, wellSinceMs: HOUR_MS });
  });

  it('has all its chances again when somebody starts it', () => {
    expect(live(...up, died, died, started).standing).toEqual({ ...NEW_STANDING, status: 'starting' });
  });

  it('is started again after one second, then two, then four, never after more than a minute', () => {
    expect([1, 2, 3].map(restartDelayMs)).toEqual([1000, 2000, 4000]);
    expect(restartDelayMs(30)).toBe(60_000);
  });
});
