import { describe, expect, it } from '@jest/globals';
import type { AccessRequest } from '@bailiwick/contract';
import { findPending, isToAnswer, latestOf, readTab, requestsIn, tabAddress } from './request.rules.ts';

const TANIA = 'usr_taniaaaaaaaaaaaa';
const ADA = 'usr_adaaaaaaaaaaaaaa';

const aRequest = (overrides: Partial<AccessRequest> = {}): AccessRequest => ({
  id: 'ask_aaaaaaaaaaaaaaaa',
  user: { id: TANIA, name: 'Tania' },
  target: { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa' },
  targetName: 'web',
  capabilities: ['containers.restart'],
  reason: 'The shop is down.',
  durationMs: 3_600_000,
  state: 'pending',
  createdAt: '2026-01-01T00:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
  note: null,
  grantId: null,
  rights: { can: ['containers.manageAccess'], why: {} },
  ...overrides,
});

describe('a request', () => {
  it('waits for who may answer it, and for nobody once it is answered', () => {
    expect(isToAnswer(aRequest(), ADA)).toBe(true);
    expect(isToAnswer(aRequest({ state: 'denied' }), ADA)).toBe(false);
    expect(isToAnswer(aRequest({ rights: { can: [], why: {} } }), ADA)).toBe(false);
  });

  it('is never answered by who asks', () => expect(isToAnswer(aRequest(), TANIA)).toBe(false));

  it('is found again by who asked, for the same thing and the same right', () => {
    const asked = { me: TANIA, target: 'ct_aaaaaaaaaaaaaaaa', capability: 'containers.restart' as const };
    expect(findPending([aRequest()], asked)).toBeDefined();
    expect(findPending([aRequest()], { ...asked, me: ADA })).toBeUndefined();
    expect(findPending([aRequest()], { ...asked, target: 'ct_bbbbbbbbbbbbbbbb' })).toBeUndefined();
    expect(findPending([aRequest()], { ...asked, capability: 'containers.stop' })).toBeUndefined();
    expect(findPending([aRequest({ state: 'withdrawn' })], asked)).toBeUndefined();
  });

  it('is shown as it is now, and as it was read until it is followed', () => {
    const read = aRequest();
    const now = aRequest({ state: 'approved' });
    expect(latestOf([now], read)).toBe(now);
    expect(latestOf([], read)).toBe(read);
  });
});

describe('the inbox', () => {
  it('shows what waits first, then the newest, and keeps one’s own apart', () => {
    const waiting = aRequest({ id: 'ask_bbbbbbbbbbbbbbbb' });
    const newer = aRequest({ id: 'ask_cccccccccccccccc', state: 'denied', createdAt: '2026-03-01T00:00:00.000Z' });
    const older = aRequest({ id: 'ask_dddddddddddddddd', state: 'approved', createdAt: '2026-02-01T00:00:00.000Z' });
    const own = aRequest({ id: 'ask_eeeeeeeeeeeeeeee', user: { id: ADA, name: 'Ada' } });
    const all = [older, own, newer, waiting];
    expect(requestsIn('answer', all, ADA)).toEqual([waiting, newer, older]);
    expect(requestsIn('mine', all, ADA)).toEqual([own]);
  });

  it('opens on what is to answer, whatever an address says', () => {
    expect([readTab('mine'), readTab('nonsense'), readTab(undefined)]).toEqual(['mine', 'answer', 'answer']);
    expect([tabAddress('answer'), tabAddress('mine')]).toEqual(['/access/requests', '/access/requests?tab=mine']);
  });
});
