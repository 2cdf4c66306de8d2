import { describe, expect, it } from '@jest/globals';
import type { Alert } from '@bailiwick/contract';
import { alertsIn, merged, readTab, rings, tabAddress, thingAddress } from './alert.rules.ts';

const NOW = Date.parse('2026-01-01T00:00:00.000Z');
const anAlert = (overrides: Partial<Alert> = {}): Alert => ({
  id: 'alr_aaaaaaaaaaaaaaaa',
  rule: 'container_stopped',
  severity: 'critical',
  thing: { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa' },
  label: 'web',
  tenantId: null,
  environmentId: null,
  containerId: 'ct_aaaaaaaaaaaaaaaa',
  state: 'open',
  count: 1,
  facts: {},
  openedAt: '2026-01-01T00:00:00.000Z',
  lastAt: '2026-01-01T00:00:00.000Z',
  closedAt: null,
  end: null,
  acknowledged: null,
  silencedUntil: null,
  silence: null,
  rights: { can: [], why: {} },
  ...overrides,
});

describe('an alert', () => {
  it('rings until somebody sees to it, silences it, or it is over', () => {
    expect(rings(anAlert(), NOW)).toBe(true);
    expect(rings(anAlert({ state: 'closed' }), NOW)).toBe(false);
    const by = { id: 'usr_aaaaaaaaaaaaaaaa' as const, name: 'Ada' };
    expect(rings(anAlert({ acknowledged: { by, at: '2026-01-01T00:00:00.000Z' } }), NOW)).toBe(false);
    expect(rings(anAlert({ silencedUntil: '2026-01-01T01:00:00.000Z' }), NOW)).toBe(false);
    expect(rings(anAlert({ silencedUntil: '2025-12-31T23:00:00.000Z' }), NOW)).toBe(true);
  });

  it('leads to what it is about', () => {
    expect(thingAddress(anAlert())).toBe('/containers/ct_aaaaaaaaaaaaaaaa');
    expect(thingAddress(anAlert({ facts: { operationId: 'op_aaaaaaaaaaaaaaaa' } }))).toBe('/activity/op_aaaaaaaaaaaaaaaa'); // prettier-ignore
    const request = { thing: { kind: 'accessRequest' as const, id: 'ask_aaaaaaaaaaaaaaaa' }, containerId: null };
    expect(thingAddress(anAlert(request))).toBe('/access/requests/ask_aaaaaaaaaaaaaaaa');
    expect(thingAddress(anAlert({ thing: { kind: 'environment', id: 'env_a' }, containerId: null }))).toBe('/environments'); // prettier-ignore
  });
});

describe('the list', () => {
  it('shows each alert once as it was told last, the newest first', () => {
    const newer = anAlert({ id: 'alr_bbbbbbbbbbbbbbbb', lastAt: '2026-02-01T00:00:00.000Z' });
    const now = anAlert({ state: 'closed' });
    expect(merged([anAlert()], [now, newer])).toEqual([newer, now]);
  });

  it('shows a tab and what holds the text', () => {
    const all = [anAlert(), anAlert({ id: 'alr_bbbbbbbbbbbbbbbb', label: 'shop', state: 'closed' })];
    const toWords = ({ label }: Alert) => label;
    expect(alertsIn('open', all, { text: ' WE', toWords })).toEqual([all[0]]);
    expect(alertsIn('open', all, { text: 'shop', toWords })).toEqual([]);
    expect([readTab('closed'), readTab('nonsense'), tabAddress('open'), tabAddress('closed')]).toEqual(['closed', 'open', '/alerts', '/alerts?tab=closed']); // prettier-ignore
  });
});
