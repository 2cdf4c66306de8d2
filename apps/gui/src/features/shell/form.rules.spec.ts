import { describe, expect, it } from '@jest/globals';
import type { ErrorEnvelope } from '@bailiwick/contract';
import { problemsIn, problemsOf } from './form.rules.ts';

const FIELDS = ['username', 'email', 'password'] as const;
const RULES = {
  username: (value: string) => value !== '',
  email: () => true,
  password: (value: string) => value.length > 3,
};
const refused = (code: ErrorEnvelope['code'], params?: Record<string, unknown>): ErrorEnvelope => ({
  code,
  message: code,
  requestId: 'req',
  ...(params === undefined ? {} : { params }),
});

describe('the fields of a form', () => {
  it('are wrong where they do not read right, and nowhere else', () => {
    const values = { username: '', email: '', password: 'no' };
    expect(problemsIn(values, RULES, FIELDS)).toEqual({ username: 'format', password: 'format' });
    expect(problemsIn(values, RULES, ['email'])).toEqual({});
  });

  it('are marked when the answer names them', () => {
    const issues = [
      { path: 'email', code: 'invalid_format', message: 'x' },
      { path: 'nothing.of.ours', code: 'x', message: 'x' },
    ];
    expect(problemsOf(refused('invalid_request', { issues }), FIELDS)).toEqual({ email: 'format' });
  });

  it('are marked when somebody else has the name or the address', () => {
    expect(problemsOf(refused('name_taken', { name: 'ada' }), FIELDS)).toEqual({ username: 'taken' });
    expect(problemsOf(refused('name_taken', { name: 'acme' }), ['slug', 'name'])).toEqual({ slug: 'taken' });
    expect(problemsOf(refused('name_taken', { name: 'Shop' }), ['name', 'tags'])).toEqual({ name: 'taken' });
    expect(problemsOf(refused('name_taken', { email: 'a@b.c' }), FIELDS)).toEqual({ email: 'taken' });
  });

  it('are marked when the password is easy to guess', () => {
    expect(problemsOf(refused('weak_password'), FIELDS)).toEqual({ password: 'format' });
  });

  it('are not blamed for what is not about them', () => {
    expect(problemsOf(refused('forbidden'), FIELDS)).toEqual({});
  });
});
