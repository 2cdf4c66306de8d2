import { describe, expect, it } from '@jest/globals';
import { toExternalPerson, toUsername } from './external-person.rules.js';

const read = (claims: object) => toExternalPerson('https://idp.example', 'groups', { sub: 's', ...claims });

describe('somebody a provider describes', () => {
  it('has no address unless the provider says that it has verified it', () => {
    for (const email_verified of [undefined, false, 'false', null, 1, 'maybe'])
      expect(read({ email: 'ada@a.example', email_verified }).verifiedEmail).toBeNull();
    for (const email_verified of [true, 'true'])
      expect(read({ email: 'Ada@A.example', email_verified }).verifiedEmail).toBe('ada@a.example');
  });

  it('is in the groups the named claim lists, and in none where it is something else', () => {
    expect(read({ groups: ['a', 'b'] }).groups).toEqual(['a', 'b']);
    expect(read({ groups: 'a' }).groups).toEqual(['a']);
    for (const groups of [undefined, 7, { a: true }, [1]]) expect(read({ groups }).groups).toEqual([]);
    expect(toExternalPerson('i', 'sub', { sub: 's' }).groups).toEqual(['s']);
  });

  it('is nobody without a subject', () => {
    expect(() => toExternalPerson('i', 'groups', { email: 'a@a.example' })).toThrow();
  });
});

describe('a user name made of theirs', () => {
  it.each([
    ['ada', 'ada'],
    ['Ada Lovelace', 'ada-lovelace'],
    ['ada@corp.example', 'ada'],
    ['Zoë.Müller', 'zoe.muller'],
    ['__x--y__', 'x--y'],
    ['a'.repeat(60), 'a'.repeat(28)],
  ])('of %j is %s', (theirs, ours) => expect(toUsername(theirs)).toBe(ours));
  it.each([null, '', '@', '李', '---', 'a'])('of %j is none', (theirs) => expect(toUsername(theirs)).toBeUndefined());
});
