import { describe, expect, it } from '@jest/globals';
import { aUser } from '../../../test/people.ts';
import { problemsIn } from '../shell/form.rules.ts';
import {
  NEW_PERSON,
  NEW_PERSON_FIELDS,
  NEW_PERSON_RULES,
  toCreateUser,
  toProfile,
  toUpdateUser,
} from './person-form.rules.ts';

describe('a new person', () => {
  it('needs a name and a username, and nothing else', () => {
    expect(problemsIn(NEW_PERSON, NEW_PERSON_RULES, NEW_PERSON_FIELDS)).toEqual({
      displayName: 'format',
      username: 'format',
    });
    const named = { ...NEW_PERSON, displayName: 'Alice', username: 'alice' };
    expect(problemsIn(named, NEW_PERSON_RULES, NEW_PERSON_FIELDS)).toEqual({});
  });

  it.each([
    ['username', 'Alice'],
    ['username', 'a'],
    ['email', 'alice'],
    ['email', 'alice@home'],
    ['password', 'short'],
  ] as const)('cannot have the %s %j', (field, value) => {
    expect(problemsIn({ ...NEW_PERSON, [field]: value }, NEW_PERSON_RULES, [field])).toEqual({ [field]: 'format' });
  });

  it('is sent without what was left empty', () => {
    expect(toCreateUser({ ...NEW_PERSON, displayName: ' Alice ', username: 'alice' })).toEqual({
      tenant: 'default',
      username: 'alice',
      displayName: 'Alice',
      platformRole: 'member',
    });
    const whole = { email: 'a@b.test', roleTag: 'tester', password: 'seven quiet herons', tenant: 'acme' };
    expect(toCreateUser({ ...NEW_PERSON, ...whole, platformRole: 'viewer' })).toMatchObject({
      ...whole,
      platformRole: 'viewer',
    });
  });
});

describe('a changed profile', () => {
  const user = aUser({ email: 'alice@acme.test', roleTag: 'tester' });

  it('is sent as what differs, and nothing where nothing does', () => {
    expect(toUpdateUser(user, toProfile(user))).toEqual({});
    expect(toUpdateUser(user, { ...toProfile(user), username: 'al' })).toEqual({ username: 'al' });
  });

  it('empties what was emptied', () => {
    expect(toUpdateUser(user, { ...toProfile(user), email: '', roleTag: '' })).toEqual({ email: null, roleTag: null });
  });
});
