import { describe, expect, it } from '@jest/globals';
import { knownAction, readDetails } from './audit-event.rules.ts';

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

describe('an action', () => {
  it('is known or it is not', () => {
    expect(knownAction('people.update')).toBe('people.update');
    expect(knownAction('people.juggle')).toBeUndefined();
  });
});
