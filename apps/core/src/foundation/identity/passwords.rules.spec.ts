import { describe, expect, it } from '@jest/globals';
import { isWeak } from './passwords.rules.js';

describe('a password', () => {
  it.each([
    'password1234',
    'Password1234!',
    'P@ssw0rd2026!!',
    'qwertyuiop123',
    'qwerty123456',
    'letmeinletmein',
    'administrator1',
    'iloveyou1234567',
    'bailiwick2026!',
    'changeme12345',
    'welcome-welcome',
    '123456789012',
    '987654321098',
    'abcdefghijklm',
    'aaaaaaaaaaaa',
    'abababababab',
    '000000000000000',
  ])('%s is refused', (password) => {
    expect(isWeak(password, 'ada')).toBe(true);
  });

  it.each(['ada-has-a-password', 'XXAdaXXqwozn', 'my name is ada!!'])('%s holds the name of its person', (password) => {
    expect(isWeak(password, 'ada')).toBe(true);
  });

  it.each([
    'correct horse battery staple',
    'vT9#kq2LmZ!x',
    'river tulip engine',
    'dragonfly over the marsh',
    'пароль из трёх слов',
    '漢字かな交じり文の合言葉です',
    '7391 2846 5520 1177',
  ])('%s is accepted', (password) => {
    expect(isWeak(password, 'ada')).toBe(false);
  });
});
