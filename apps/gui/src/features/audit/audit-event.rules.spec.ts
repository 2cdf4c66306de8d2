import { describe, expect, it } from '@jest/globals';
import type { AuditEvent } from '@bailiwick/contract';
import { foldBegun, knownAction, readDetails } from './audit-event.rules.ts';

describe('the details of an event', () => {
  it('are what was before and after, and the rest', () => {
    const details = { displayName: { from: 'Ada', to: 'Ada L.' }, email: { from: null, to: 'a@b.c' }, sessions: 2 };
    expect(readDetails({ details })).toEqual({
      changes: [
        { field: 'displayName', from: 'Ada', to: 'Ada L.' },
        { field: 'email', from: '', to: 'a@b.c' },
      ],
      others: [{ name: 'sessions', value: '2' }],
    });
  });

  it('of a rename are one change', () => {
    expect(readDetails({ details: { from: 'web', to: 'shop', code: 'name_taken' } })).toEqual({
      changes: [{ field: 'name', from: 'web', to: 'shop' }],
      others: [{ name: 'code', value: 'name_taken' }],
    });
  });

  it('may be anything', () => {
    expect(readDetails({ details: {} })).toEqual({ changes: [], others: [] });
    expect(readDetails({ details: { list: [1, { a: true }] } }).others).toEqual([
      { name: 'list', value: '[1,{"a":true}]' },
    ]);
  });
});

describe('the details of an event that name rights', () => {
  it('tell them from other words, one or many', () => {
    const details = {
      capability: 'people.see',
      capabilities: ['containers.see', 'containers.stop'],
      code: 'forbidden',
    };
    expect(readDetails({ details }).others).toEqual([
      { name: 'capability', value: 'people.see', capabilities: ['people.see'] },
      {
        name: 'capabilities',
        value: '["containers.see","containers.stop"]',
        capabilities: ['containers.see', 'containers.stop'],
      },
      { name: 'code', value: 'forbidden' },
    ]);
  });

  it('are shown as they are where they hold anything else', () => {
    expect(readDetails({ details: { capabilities: [], allow: [1], deny: null } }).others).toEqual([
      { name: 'capabilities', value: '[]' },
      { name: 'allow', value: '[1]' },
      { name: 'deny', value: '' },
    ]);
  });
});

describe('an action', () => {
  it('is known or it is not', () => {
    expect(knownAction('people.update')).toBe('people.update');
    expect(knownAction('people.juggle')).toBeUndefined();
  });
});

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
  target: { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa', label: 'web' },
  outcome: 'done',
  operationId: null,
  requestId: 'r1',
  details: {},
  ...overrides,
});

describe('a list of events', () => {
  it('shows an action once, by its end', () => {
    const done = anEvent({});
    expect(foldBegun([done, anEvent({ outcome: 'intent' })])).toEqual([done]);
  });

  it('keeps what was begun and never ended, and the same action of another request or on another thing', () => {
    const other = { kind: 'container', id: 'ct_bbbbbbbbbbbbbbbb', label: 'shop' };
    const rows = [
      anEvent({}),
      anEvent({ outcome: 'intent', requestId: 'r2' }),
      anEvent({ outcome: 'intent', target: other }),
    ];
    expect(foldBegun(rows)).toEqual(rows);
  });
});
