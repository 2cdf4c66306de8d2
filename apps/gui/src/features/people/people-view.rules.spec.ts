import { describe, expect, it } from '@jest/globals';
import { aUser } from '../../../test/people.ts';
import { EVERYBODY, filterCount, readPeopleView, selectPeople, writePeopleView } from './people-view.rules.ts';

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
    const view = { q: 'a & b', tenant: 'acme', role: 'viewer', state: 'disabled' } as const;
    expect(readPeopleView(Object.fromEntries(new URLSearchParams(writePeopleView(view))))).toEqual(view);
    expect(writePeopleView(EVERYBODY)).toBe('');
  });

  it('is plain where the address says nothing that is known', () => {
    expect(readPeopleView({ role: 'king', state: ['gone', 'active'], other: 'x' })).toEqual(EVERYBODY);
  });

  it('counts its filters, a blank search not among them', () => {
    expect(filterCount({ q: '  ', tenant: 'acme', role: '', state: 'active' })).toBe(2);
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
});
