import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { look, problems } from './look.ts';
import { CLIENT, OidcServer } from './oidc-server.ts';
import { Panel } from './panel.ts';

let panel: Panel;
let oidc: OidcServer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-providers-'));
  oidc = await OidcServer.start();
  const file = path.join(folder, 'providers.json');
  const provider = {
    id: 'corp',
    kind: 'oidc',
    label: 'Corp',
    issuer: oidc.issuer,
    clientId: CLIENT.id,
    clientSecretFile: 'secret',
    createPeople: true,
    defaultRole: 'member',
  };
  writeFileSync(path.join(folder, 'secret'), CLIENT.secret, { mode: 0o600 });
  writeFileSync(file, JSON.stringify({ providers: [provider] }), { mode: 0o600 });
  panel = await Panel.start({ engine: 'fake', env: { BAILIWICK_SIGN_IN_PROVIDERS_FILE: file } });
  oidc.serve(`${panel.url}/api/v1/sign-in/providers/corp/callback`);
  await panel.claim();
}, 90_000);
afterAll(async () => {
  await panel.stop();
  await oidc.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('signing in at a provider', () => {
  it('tells who was not let in there, on the page where they can try again', async () => {
    const page = await panel.page({ signedIn: false });
    await page.goto(`${panel.url}/login?next=${encodeURIComponent('/activity')}`);
    await look(page, 'sign-in-providers');
    await page.getByRole('link', { name: 'Sign in with Corp' }).click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('You were not let in there.').waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/activity');
    await look(page, 'sign-in-provider-refused');
    await page.context().close();
  }, 90_000);

  it('makes an account of who comes, and leads to the page they wanted', async () => {
    const page = await panel.page({ signedIn: false });
    await page.goto(`${panel.url}/login?next=${encodeURIComponent('/account/profile')}`);
    await page.getByRole('link', { name: 'Sign in with Corp' }).click();
    await page.getByRole('button', { name: 'Continue as grace' }).click();
    await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
    expect(await page.getByLabel('Display name').inputValue()).toBe('Grace Hopper');
    const names = (await page.context().cookies(panel.url)).map(({ name }) => name);
    expect(names).toContain('bw_session');
    expect(names).not.toContain('bw_sign_in');
    await page.context().close();
  }, 90_000);

  it('knows them again the next time', async () => {
    const { items } = await panel.api<{ items: { username: string }[] }>('GET', '/users');
    expect(items.filter(({ username }) => username.startsWith('grace'))).toHaveLength(1);
    const page = await panel.page({ signedIn: false });
    await page.goto(`${panel.url}/login`);
    await page.getByRole('link', { name: 'Sign in with Corp' }).click();
    await page.getByRole('button', { name: 'Continue as grace' }).click();
    await page.waitForURL((url) => url.origin === panel.url && url.pathname !== '/login');
    const again = await panel.api<{ items: { username: string }[] }>('GET', '/users');
    expect(again.items.filter(({ username }) => username.startsWith('grace'))).toHaveLength(1);
    await page.context().close();
  }, 90_000);

  it('has no accessibility violation and fits a phone in every one of these states', () => {
    expect(problems()).toEqual([]);
  });
});
