import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

const refuse = (environment: NodeJS.ProcessEnv): string => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
};

describe('the settings', () => {
  it.each(['short', 'a'.repeat(64), 'changemechangemechangemechangeme', '12341234123412341234123412341234'])(
    'refuse the weak secret %s by its name, and do not repeat it',
    (secret) => {
      const message = refuse({ BAILIWICK_SECRET_KEY: secret });
      expect(message).toMatch(/^BAILIWICK_SECRET_KEY: .*openssl rand -base64 48$/);
      expect(message).not.toContain(secret);
    },
  );

  it('take a strong secret', () => {
    const secret = 'kX2v9Qe7Lw0sHt4Zb8Nc1Rf6Ym3Jd5GaPuTo=';
    expect(readConfig({ BAILIWICK_SECRET_KEY: secret }).BAILIWICK_SECRET_KEY).toBe(secret);
  });

  it('refuse a name nobody knows, and say which', () => {
    expect(refuse({ BAILIWICK_COOKIE_SECURITY: 'on', PATH: '/bin' })).toBe(
      'BAILIWICK_COOKIE_SECURITY: no such setting',
    );
  });

  it.each([
    ['BAILIWICK_CORE_PORT', '80a'],
    ['BAILIWICK_CORE_PORT', '65536'],
    ['BAILIWICK_COOKIE_SECURE', 'yes'],
    ['BAILIWICK_PUBLIC_URL', 'javascript:alert(1)'],
    ['BAILIWICK_DATABASE_URL', 'mysql://x'],
    ['BAILIWICK_SESSION_IDLE_MIN', '0'],
  ])('refuse %s=%s by its name', (name, value) => {
    expect(refuse({ [name]: value })).toMatch(new RegExp(`^${name}: `));
  });

  it('make the cookie secure exactly where the panel is on https, unless told otherwise', () => {
    expect(readConfig({ BAILIWICK_PUBLIC_URL: 'https://panel.example' }).cookieSecure).toBe(true);
    expect(readConfig({ BAILIWICK_PUBLIC_URL: 'http://panel.example' }).cookieSecure).toBe(false);
    expect(readConfig({ BAILIWICK_COOKIE_SECURE: 'on' }).cookieSecure).toBe(true);
    expect(readConfig({ BAILIWICK_PUBLIC_URL: 'https://x.example', BAILIWICK_COOKIE_SECURE: 'off' }).cookieSecure).toBe(
      false,
    );
  });
});
