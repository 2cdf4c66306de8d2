import { describe, expect, it } from '@jest/globals';
import type { AlertId } from '@bailiwick/contract';
import { problemOf } from './channels.rules.js';
import { aboutWhat, latestOfEach, type Notice, type Told, type WatchedAlert, type Wish } from './notices.rules.js';

const MINUTE = 60_000;
const alert = (more: Partial<WatchedAlert> = {}): WatchedAlert => ({
  rule: 'container_oom',
  tenantId: 'ten_aaaaaaaaaaaaaaaa',
  count: 1,
  openedAt: 1000,
  lastAt: 1000,
  closedAt: null,
  acknowledgedAt: null,
  isOfTenant: true,
  ...more,
});
const wish = (more: Partial<Wish> = {}): Wish => ({
  rules: null,
  tenantId: null,
  delegated: false,
  recoveries: true,
  since: 0,
  ...more,
});
const OPEN: Told = { state: 'open', count: 1 };
const CLOSED: Told = { state: 'closed', count: 1 };
const about = (watched: WatchedAlert, told?: Told, { nowMs = 1000, isSilent = false, ...more }: Partial<Wish> & { nowMs?: number; isSilent?: boolean } = {}) =>
  aboutWhat(watched, wish(more), told, { isSilent, nowMs }); // prettier-ignore

describe('what a tenant set up itself', () => {
  const ours = { tenantId: 'ten_aaaaaaaaaaaaaaaa', delegated: true } as const;
  it('tells of its containers only, and of none that was found on an engine and never taken over', () => {
    expect(about(alert(), undefined, ours)).toBe('opened');
    expect(about(alert({ isOfTenant: false }), undefined, ours)).toBeUndefined();
    expect(about(alert({ tenantId: 'ten_bbbbbbbbbbbbbbbb' }), undefined, ours)).toBeUndefined();
    expect(about(alert({ isOfTenant: false }), undefined, { ...ours, delegated: false })).toBe('opened');
  });
});

describe('what there is to tell of an alert', () => {
  it('is once that it opened, and once that it is over', () => {
    expect(about(alert())).toBe('opened');
    expect(about(alert(), OPEN)).toBeUndefined();
    expect(about(alert({ closedAt: 1000 }), OPEN)).toBe('closed');
    expect(about(alert({ closedAt: 1000 }), CLOSED)).toBeUndefined();
    expect(about(alert({ closedAt: 1000 }))).toBeUndefined();
  });

  it('is that it happened again each time it has twice as often, or stays', () => {
    expect(about(alert({ count: 2 }), OPEN)).toBe('again');
    expect(about(alert({ count: 3 }), { state: 'open', count: 2 })).toBeUndefined();
    expect(about(alert({ count: 3 }), { state: 'closed', count: 2 })).toBeUndefined();
    expect(about(alert({ count: 3 }), { state: 'closed', count: 2 }, { nowMs: 1000 + 10 * MINUTE })).toBe('again');
  });

  it('is nothing while it is silent, or somebody sees to it', () => {
    expect(about(alert(), undefined, { isSilent: true })).toBeUndefined();
    expect(about(alert({ closedAt: 1000 }), OPEN, { isSilent: true })).toBeUndefined();
    expect(about(alert({ acknowledgedAt: 1000 }))).toBeUndefined();
  });

  it('is what is wanted: its rule, its tenant, nothing from before', () => {
    expect(about(alert(), undefined, { rules: ['container_stopped'] })).toBeUndefined();
    expect(about(alert(), undefined, { rules: ['container_oom'] })).toBe('opened');
    expect(about(alert(), undefined, { tenantId: 'ten_bbbbbbbbbbbbbbbb' })).toBeUndefined();
    expect(about(alert({ tenantId: null }), undefined, { tenantId: 'ten_aaaaaaaaaaaaaaaa' })).toBeUndefined();
    expect(about(alert(), undefined, { since: 2000 })).toBeUndefined();
    expect(about(alert({ lastAt: 3000 }), undefined, { since: 2000 })).toBe('opened');
  });

  it('is no recovery where none is wanted, or where it is a day old', () => {
    expect(about(alert({ closedAt: 1000 }), OPEN, { recoveries: false })).toBe('nothing');
    expect(about(alert({ closedAt: 1000 }), OPEN, { nowMs: 1000 + 24 * 60 * MINUTE })).toBe('nothing');
  });
});

it('holds each alert of a digest once, as it is now', () => {
  const notice = (alertId: string, kind: Notice['about']) => ({ alertId: alertId as AlertId, about: kind }) as Notice;
  const folded = latestOfEach([notice('a', 'opened'), notice('b', 'opened'), notice('a', 'closed')]);
  expect(folded.map(({ alertId, about: kind }) => [alertId, kind])).toEqual([['a', 'closed'], ['b', 'opened']]); // prettier-ignore
});

describe('a change of a channel', () => {
  const before = { kind: 'ntfy', server: 'https://ntfy.sh', token: 'tk' };
  const to = (server: string, more: object = {}) => problemOf(before, { kind: 'ntfy', server, topic: 'ops', ...more });

  it('takes a token along to the same server only', () => {
    expect(to('https://ntfy.sh/')).toBeUndefined();
    expect(to('https://evil.test')?.path).toBe('settings.token');
    expect(to('http://ntfy.sh')?.path).toBe('settings.token');
    expect(to('https://evil.test', { token: 'new' })).toBeUndefined();
    expect(
      problemOf({ ...before, token: null }, { kind: 'ntfy', server: 'https://a.test', topic: 'x' }),
    ).toBeUndefined();
    expect(problemOf(before, { kind: 'slack' })?.path).toBe('settings.kind');
  });
});
