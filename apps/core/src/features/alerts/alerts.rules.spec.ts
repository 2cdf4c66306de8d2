import { describe, expect, it } from '@jest/globals';
import type { AlertRow } from './alert.entity.js';
import { closing, happenedAgain, holdingOf, isLoop, isSame, recentEnds } from './alerts.rules.js';

const NOW = 1_000_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const looked = { status: 'exited', operationId: null, finishedAtMs: NOW } as const;

const aRow = (change: Partial<AlertRow> = {}): AlertRow => ({
  id: 'alr_aaaaaaaaaaaaaaaa',
  key: 'container_stopped:ct_aaaaaaaaaaaaaaaa',
  openKey: 'container_stopped:ct_aaaaaaaaaaaaaaaa',
  rule: 'container_stopped',
  thingKind: 'container',
  thingId: 'ct_aaaaaaaaaaaaaaaa',
  label: 'web',
  tenantId: null,
  environmentId: null,
  containerId: 'ct_aaaaaaaaaaaaaaaa',
  userId: null,
  count: 1,
  facts: {},
  openedAt: NOW,
  lastAt: NOW,
  closedAt: null,
  end: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedByName: null,
  silencedUntil: null,
  ...change,
});

describe('what holds of a container', () => {
  it('is that it stopped where nobody asked for it, and that it ran out of memory where it did', () => {
    expect(holdingOf(looked, false, NOW)).toMatchObject({ container_stopped: true, container_oom: false });
    expect(holdingOf({ ...looked, status: 'killed' }, false, NOW)).toMatchObject({
      container_stopped: false,
      container_oom: true,
    });
    expect(holdingOf({ ...looked, status: 'stopped' }, false, NOW)).toMatchObject({ container_stopped: false });
  });

  it('is that it is unhealthy until its check passes, whatever it says while it starts', () => {
    expect(holdingOf({ ...looked, status: 'unhealthy' }, false, NOW).container_unhealthy).toBe(true);
    expect(holdingOf({ ...looked, status: 'starting' }, false, NOW).container_unhealthy).toBeUndefined();
    expect(holdingOf({ ...looked, status: 'running' }, false, NOW).container_unhealthy).toBe(false);
  });

  it.each(['unknown', 'removing', 'restarting'] as const)('cannot be told while it is %s', (status) =>
    expect(holdingOf({ ...looked, status }, false, NOW)).toEqual({}),
  );

  it('cannot be told while an operation changes it', () =>
    expect(holdingOf({ ...looked, operationId: 'op_aaaaaaaaaaaaaaaa' }, false, NOW)).toEqual({}));

  it('is no news where it ended long before anybody looked', () => {
    expect(holdingOf({ ...looked, finishedAtMs: NOW - 2 * DAY }, true, NOW)).toEqual({});
    expect(holdingOf({ ...looked, finishedAtMs: NOW - 2 * DAY }, false, NOW).container_stopped).toBe(true);
  });
});

describe('a restart loop', () => {
  it('is three ends in ten minutes', () => {
    const ends = [NOW - 9 * MINUTE, NOW - 5 * MINUTE, NOW];
    expect(isLoop(ends, NOW)).toBe(true);
    expect(isLoop(ends.slice(1), NOW)).toBe(false);
    expect(isLoop(ends, NOW + 2 * MINUTE)).toBe(false);
  });

  it('remembers no more ends than it needs', () =>
    expect(recentEnds([NOW - 11 * MINUTE, NOW - 3, NOW - 2, NOW - 1, NOW], NOW)).toEqual([NOW - 2, NOW - 1, NOW]));
});

describe('what happens again', () => {
  const again = { atMs: NOW + MINUTE, facts: { exitCode: 3 }, label: 'web' };

  it('is counted while the alert is open, and told once', () => {
    expect(happenedAgain(aRow(), again)).toMatchObject({ count: 2, lastAt: NOW + MINUTE, facts: { exitCode: 3 } });
    expect(happenedAgain(aRow(), { ...again, atMs: NOW })).toBeUndefined();
  });

  it('is not counted of a number: it stays over it', () =>
    expect(happenedAgain(aRow({ rule: 'host_cpu' }), again)).toBeUndefined());

  it('opens the same alert again soon after it recovered, and another later or after an answer', () => {
    const closed = aRow(closing('recovered', NOW));
    expect(closed).toMatchObject({ openKey: null, closedAt: NOW });
    expect(isSame(closed, NOW + MINUTE)).toBe(true);
    expect(happenedAgain(closed, again)).toMatchObject({ count: 2, closedAt: null, end: null, openKey: closed.key });
    expect(isSame(closed, NOW + 11 * MINUTE)).toBe(false);
    expect(isSame(aRow(closing('acknowledged', NOW)), NOW + MINUTE)).toBe(false);
  });
});
