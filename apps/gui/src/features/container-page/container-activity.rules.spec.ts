import { describe, expect, it } from '@jest/globals';
import type { AuditEvent } from '@bailiwick/contract';
import { foldBegun, wordOf } from './container-activity.rules.ts';

let seq = 100;
const anEvent = (overrides: Partial<AuditEvent>): AuditEvent => ({
  id: 'aud_aaaaaaaaaaaaaaaa',
  seq: (seq -= 1),
  at: '2026-01-01T00:00:00.000Z',
  tenantId: null,
  actor: { kind: 'user', id: null, name: 'Ada' },
  via: 'panel',
  address: null,
  action: 'containers.stop',
  target: null,
  outcome: 'done',
  operationId: null,
  requestId: 'r1',
  details: {},
  ...overrides,
});

describe('the activity of a container', () => {
  it('shows an action once, by its end', () => {
    const done = anEvent({});
    expect(foldBegun([done, anEvent({ outcome: 'intent' })])).toEqual([done]);
  });

  it('keeps what was begun and never ended, and the same action of another request', () => {
    const rows = [anEvent({}), anEvent({ outcome: 'intent', requestId: 'r2' })];
    expect(foldBegun(rows)).toEqual(rows);
  });

  it('has words for what it knows and none for the rest', () => {
    expect(wordOf('containers.kill')).toBe('kill');
    expect(wordOf('toString')).toBeUndefined();
  });
});
