import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

describe('the file of sign-in providers', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-providers-'));
    file = path.join(folder, 'providers.json');
    writeFileSync(path.join(folder, 'secret'), 'a very secret word\n', { mode: 0o600 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const provider = (more: object = {}) => ({
    id: 'corp',
    kind: 'oidc',
    label: 'Corp',
    issuer: 'https://idp.example',
    clientId: 'bailiwick',
    clientSecretFile: 'secret',
    ...more,
  });
  const read = (content: unknown, mode = 0o600) => {
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    chmodSync(file, mode);
    return readConfig({ BAILIWICK_SIGN_IN_PROVIDERS_FILE: file }).signInProviders;
  };
  const refuse = (content: unknown, mode?: number): string => {
    try {
      read(content, mode);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    throw new Error('It was accepted.');
  };

  it('may be missing: nobody else is asked then', () => {
    expect(readConfig({}).signInProviders).toEqual([]);
  });

  it('says who is asked, trusting nobody more than it says', () => {
    expect(read({ providers: [provider()] })).toEqual([
      {
        ...provider(),
        clientSecret: 'a very secret word',
        scopes: ['openid', 'profile', 'email'],
        tenant: 'default',
        createPeople: false,
        linkByVerifiedEmail: false,
        defaultRole: 'viewer',
        groupClaim: 'groups',
        roles: [],
      },
    ]);
  });

  it('knows where Google and GitHub are', () => {
    const { issuer: _, ...rest } = provider();
    const known = read({
      providers: [
        { ...rest, id: 'g', kind: 'google' },
        { ...rest, id: 'h', kind: 'github' },
      ],
    });
    expect(known.map(({ issuer }) => issuer)).toEqual(['https://accounts.google.com', 'https://github.com']);
  });

  it.each<[string, object, RegExp]>([
    ['a field nobody knows', provider({ clientSecret: 'x' }), /providers\.0\.clientSecret: no such field/],
    ['plain http elsewhere', provider({ issuer: 'http://idp.example' }), /providers\.0\.issuer: has to be https/],
    ['a group that makes owners', provider({ roles: [{ group: 'a', platformRole: 'owner' }] }), /providers\.0\.roles\.0\.platformRole: /], // prettier-ignore
    ['every directory of Entra', provider({ kind: 'entra', issuer: 'https://login.microsoftonline.com/common/v2.0' }), /providers\.0\.issuer: has to name one directory/], // prettier-ignore
    ['groups of GitHub', provider({ kind: 'github', roles: [] }), /providers\.0\.roles: no such field/],
    ['a bad id', provider({ id: '../x' }), /providers\.0\.id: /],
    ['a secret that is not there', provider({ clientSecretFile: 'nothing' }), /nothing cannot be read/],
  ])('refuses %s by its path', (_, wrong, words) => {
    const message = refuse({ providers: [wrong] });
    expect(message).toMatch(/^BAILIWICK_SIGN_IN_PROVIDERS_FILE: /);
    expect(message).toMatch(words);
    expect(message).not.toContain('a very secret word');
  });

  it('refuses two providers of one id, and what is no JSON', () => {
    expect(refuse({ providers: [provider(), provider()] })).toMatch(/providers: two of them have the same id/);
    expect(refuse('{')).toMatch(/is not JSON/);
  });

  it('refuses to be readable by others, and so do the secrets', () => {
    expect(refuse({ providers: [] }, 0o644)).toMatch(/providers\.json is open to others\. Run: chmod 600 /);
    chmodSync(path.join(folder, 'secret'), 0o640);
    expect(refuse({ providers: [provider()] })).toMatch(/secret is open to others\. Run: chmod 600 /);
  });
});
