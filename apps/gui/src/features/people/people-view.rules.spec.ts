import { describe, expect, it } from '@jest/globals';
import { aUser } from '../../../test/people.ts';
import { EVERYBODY, filterCount, inOrder, readPeopleView, selectPeople, writePeopleView } from './people-view.rules.ts';

const alice = aUser();
const bob = aUser({
  id: 'usr_bbbbbbbbbbbbbbbb',
  username: 'bob',
  displayName: 'Bob Stone',
  email: 'bob@beta.test',
  platformRole: 'administrator',
  roleTag: 'tester',
  tenant: { id: 'ten_bbbbbbbbbbbbbbbb', slug: 'beta', name: 'Beta Works' },
  active: false,
});
const shown = (view: Partial<typeof EVERYBODY>) =>
  selectPeople([alice, bob], { ...EVERYBODY, ...view }).map(({ username }) => username);

describe('the view of people', () => {
  it('is the same after a trip through the address', () => {
    const view = { q: 'a & b', tenant: 'acme', role: 'viewer', state: 'disabled', twoFactor: 'off' } as const;
    expect(readPeopleView(Object.fromEntries(new URLSearchParams(writePeopleView(view))))).toEqual(view);
    expect(writePeopleView(EVERYBODY)).toBe('');
  });

  it('is plain where the address says nothing that is known', () => {
    expect(readPeopleView({ role: 'king', state: ['gone', 'active'], twoFactor: 'often', other: 'x' })).toEqual(
      EVERYBODY,
    );
  });

  it('counts its filters, a blank search not among them', () => {
    expect(filterCount({ ...EVERYBODY, q: '  ', tenant: 'acme', state: 'active', twoFactor: 'off' })).toBe(3);
  });

  it('finds people by every word of the search, wherever it stands', () => {
    expect(shown({ q: 'lid ali' })).toEqual(['alice']);
    expect(shown({ q: 'WORKS tester' })).toEqual(['bob']);
    expect(shown({ q: 'bob alice' })).toEqual([]);
  });

  it('keeps to tenant, role and state', () => {
    expect(shown({ tenant: 'acme' })).toEqual(['alice']);
    expect(shown({ tenant: 'ten_bbbbbbbbbbbbbbbb' })).toEqual(['bob']);
    expect(shown({ role: 'administrator' })).toEqual(['bob']);
    expect(shown({ state: 'active' })).toEqual(['alice']);
    expect(shown({ role: 'administrator', state: 'active' })).toEqual([]);
  });

  it('tells who has a second factor, who has none, and who needs one and has none', () => {
    const on = aUser({ twoFactor: { enabledAt: '2026-01-02T00:00:00.000Z', missing: false } });
    const off = aUser({ id: 'usr_bbbbbbbbbbbbbbbb' });
    const missing = aUser({ id: 'usr_cccccccccccccccc', twoFactor: { enabledAt: null, missing: true } });
    const meant = (twoFactor: 'on' | 'off' | 'missing') =>
      selectPeople([on, off, missing], { ...EVERYBODY, twoFactor });
    expect(meant('on')).toEqual([on]);
    expect(meant('off')).toEqual([off, missing]);
    expect(meant('missing')).toEqual([missing]);
  });

  it('puts whoever comes into the order of names', () => {
    const carl = aUser({ id: 'usr_cccccccccccccccc', displayName: 'carl 10' });
    const carla = aUser({ id: 'usr_dddddddddddddddd', displayName: 'Carl 9' });
    expect(inOrder([carl, bob, carla, alice])).toEqual([alice, bob, carla, carl]);
  });
});
