import { expect, it } from '@jest/globals';
import { secretsCheck } from './secrets-check.rules.js';

const questions = [{ type: 'secret' as const, name: 'password', label: 'Password', required: true, length: 24 }];
const weakIn = (env: Record<string, string>) => secretsCheck({ questions: [] }, {}, env).params['names'] ?? [];

it.each([
  [{ DB_PASSWORD: 'hunter2' }, ['DB_PASSWORD']],
  [{ API_TOKEN: 'abcdefghijklmnop' }, ['API_TOKEN']],
  [{ SECRET_KEY: 'aaaaaaaaaaaaaaaa' }, ['SECRET_KEY']],
  [{ MONKEY: 'see', PWD: '/x', KEYBOARD: 'qwerty' }, []],
  [{ POSTGRES_PASSWORD_FILE: '/run/x', ALLOW_EMPTY_PASSWORD: 'yes', TOKEN: '' }, []],
  [{ DB_PASSWORD: 'seven quiet herons wade' }, []],
])('what is guessed first is named: %j', (env, names) => {
  expect(weakIn(env)).toEqual(names);
});

it('what nobody typed is generated and fine', () => {
  expect(secretsCheck({ questions }, {}).outcome).toBe('ok');
  expect(secretsCheck({ questions }, { password: 'letmein12345' })).toMatchObject({ params: { names: ['Password'] } });
});
