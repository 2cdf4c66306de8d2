import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

  it('know where workspaces are for the engine’s host', () => {
    const BAILIWICK_STORAGE_DIR = '/srv/panel';
    expect(readConfig({ BAILIWICK_STORAGE_DIR }).workspacesHostDir).toBe('/srv/panel/workspaces');
    const BAILIWICK_STORAGE_HOST_DIR = '/var/lib/docker/volumes/x/_data';
    const { storageDir, workspacesHostDir } = readConfig({ BAILIWICK_STORAGE_DIR, BAILIWICK_STORAGE_HOST_DIR });
    expect({ storageDir, workspacesHostDir }).toEqual({
      storageDir: BAILIWICK_STORAGE_DIR,
      workspacesHostDir: '/var/lib/docker/volumes/x/_data/workspaces',
    });
    for (const folder of ['storage', '/srv/../etc', '/srv/a:b', '/srv/a,b', ''])
      expect(refuse({ BAILIWICK_STORAGE_HOST_DIR: folder })).toMatch(/^BAILIWICK_STORAGE_HOST_DIR: /);
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
    ['BAILIWICK_PORT_RANGE', '80-90'],
    ['BAILIWICK_PORT_RANGE', '50000-49999'],
    ['BAILIWICK_PORT_RANGE', '49152-65536'],
    ['BAILIWICK_PORT_RANGE', 'many'],
    ['BAILIWICK_NETWORK_POOL', '10.240.0.0/12,10.9.8.0/25'],
    ['BAILIWICK_NETWORK_POOL', ','],
    ['BAILIWICK_NETWORK_BITS', '30'],
  ])('refuse %s=%s by its name', (name, value) => {
    expect(refuse({ [name]: value })).toMatch(new RegExp(`^${name}: `));
  });

  it.each(['10.240.0.0', 'fd00::/8'])('refuse %s as a place for networks', (pool) => {
    expect(refuse({ BAILIWICK_NETWORK_POOL: pool })).toMatch(/^BAILIWICK_NETWORK_POOL\.0: /);
  });

  it('make the cookie secure exactly where the panel is on https, unless told otherwise', () => {
    expect(readConfig({ BAILIWICK_PUBLIC_URL: 'https://panel.example' }).cookieSecure).toBe(true);
    expect(readConfig({ BAILIWICK_PUBLIC_URL: 'http://panel.example' }).cookieSecure).toBe(false);
    expect(readConfig({ BAILIWICK_COOKIE_SECURE: 'on' }).cookieSecure).toBe(true);
    expect(readConfig({ BAILIWICK_PUBLIC_URL: 'https://x.example', BAILIWICK_COOKIE_SECURE: 'off' }).cookieSecure).toBe(
      false,
    );
  });

  const withFile = (mode: number, text: string, work: (file: string) => void) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    const file = path.join(folder, 'secret');
    writeFileSync(file, text);
    chmodSync(file, mode);
    try {
      work(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  describe('of the mail server', () => {
    const SERVER = { BAILIWICK_SMTP_HOST: 'mail.example.org' };

    it('are none, or a server with encryption and a sender named after the panel', () => {
      expect(readConfig({}).smtp).toBeUndefined();
      expect(readConfig({ ...SERVER, BAILIWICK_PUBLIC_URL: 'https://panel.example.org' }).smtp).toEqual({
        host: 'mail.example.org',
        port: 587,
        tls: 'starttls',
        from: 'no-reply@panel.example.org',
        login: undefined,
      });
    });

    it('take the password from a file only its owner can read', () => {
      withFile(0o400, 'open sesame\n', (file) => {
        const login = { BAILIWICK_SMTP_USER: 'panel', BAILIWICK_SMTP_PASSWORD_FILE: file };
        expect(readConfig({ ...SERVER, ...login }).smtp?.login).toEqual({ user: 'panel', password: 'open sesame' });
        expect(refuse(login)).toMatch(/^BAILIWICK_SMTP_HOST: /);
        expect(refuse({ ...SERVER, BAILIWICK_SMTP_USER: 'panel' })).toMatch(/set both or neither$/);
        expect(refuse({ ...SERVER, ...login, BAILIWICK_SMTP_TLS: 'none' })).toMatch(/^BAILIWICK_SMTP_TLS: /);
      });
      withFile(0o444, 'open sesame', (file) => {
        const message = refuse({ ...SERVER, BAILIWICK_SMTP_USER: 'panel', BAILIWICK_SMTP_PASSWORD_FILE: file });
        expect(message).toMatch(/readable by others. Run: chmod 400/);
        expect(message).not.toContain('sesame');
      });
      withFile(0o400, '', (file) => {
        expect(refuse({ ...SERVER, BAILIWICK_SMTP_USER: 'panel', BAILIWICK_SMTP_PASSWORD_FILE: file })).toMatch(/is empty$/); // prettier-ignore
      });
    });
  });

  describe('of a receiver of traces', () => {
    const RECEIVER = { BAILIWICK_OTLP_URL: 'https://otlp.example.org/base/' };

    it('are none, or an address', () => {
      expect(readConfig({}).otlp).toBeUndefined();
      expect(readConfig(RECEIVER).otlp).toEqual({ url: 'https://otlp.example.org/base', headers: {}, everyMs: 10_000 });
    });

    it.each(['ftp://otlp.example.org', 'https://me:hushed@otlp.example.org', 'https://otlp.example.org/?key=hushed'])(
      'refuse %s',
      (address) => {
        const message = refuse({ BAILIWICK_OTLP_URL: address });
        expect(message).toMatch(/^BAILIWICK_OTLP_URL: /);
        expect(message).not.toContain('hushed');
      },
    );

    it('take headers from a file only its owner can read, and send them over https only', () => {
      withFile(0o400, 'Authorization: Bearer hushed\nX-Team: blue\n', (file) => {
        const own = { BAILIWICK_OTLP_HEADERS_FILE: file };
        expect(readConfig({ ...RECEIVER, ...own }).otlp?.headers).toEqual({ Authorization: 'Bearer hushed', 'X-Team': 'blue' }); // prettier-ignore
        expect(readConfig({ BAILIWICK_OTLP_URL: 'http://127.0.0.1:4318', ...own }).otlp?.headers['X-Team']).toBe(
          'blue',
        );
        expect(refuse(own)).toMatch(/^BAILIWICK_OTLP_URL: /);
        expect(refuse({ BAILIWICK_OTLP_URL: 'http://otlp.example.org', ...own })).toMatch(/over https only$/);
      });
      withFile(0o444, 'X-Team: blue', (file) => {
        expect(refuse({ ...RECEIVER, BAILIWICK_OTLP_HEADERS_FILE: file })).toMatch(/readable by others/);
      });
      withFile(0o400, 'hushed', (file) => {
        const message = refuse({ ...RECEIVER, BAILIWICK_OTLP_HEADERS_FILE: file });
        expect(message).toMatch(/line 1 .* is no header/);
        expect(message).not.toContain('hushed');
      });
    });
  });

  describe('of an SFTP server', () => {
    it('are none, or a host with its port and perhaps a name', () => {
      expect(readConfig({}).sftp).toBeUndefined();
      const host = { BAILIWICK_SFTP_HOST: 'files.example.org' };
      expect(readConfig(host).sftp).toEqual({ host: 'files.example.org', port: 22, username: null });
      const all = { ...host, BAILIWICK_SFTP_PORT: '2022', BAILIWICK_SFTP_USERNAME: 'panel' };
      expect(readConfig(all).sftp).toEqual({ host: 'files.example.org', port: 2022, username: 'panel' });
    });

    it.each([
      [{ BAILIWICK_SFTP_USERNAME: 'panel' }, /^BAILIWICK_SFTP_HOST: name the server/],
      [{ BAILIWICK_SFTP_HOST: 'sftp://files.example.org' }, /^BAILIWICK_SFTP_HOST: /],
      [{ BAILIWICK_SFTP_HOST: 'a b' }, /^BAILIWICK_SFTP_HOST: /],
      [{ BAILIWICK_SFTP_HOST: 'a', BAILIWICK_SFTP_PORT: '0' }, /^BAILIWICK_SFTP_PORT: /],
      [{ BAILIWICK_SFTP_HOST: 'a', BAILIWICK_SFTP_USERNAME: 'a@b' }, /^BAILIWICK_SFTP_USERNAME: /],
    ])('refuse %j', (settings, words) => {
      expect(refuse(settings)).toMatch(words);
    });
  });
});
