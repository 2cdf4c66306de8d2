import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CDPSession, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { OWNER, Panel, PASSWORD } from './panel.ts';

let panel: Panel;
/** Browsers make no passkeys for a bare address. */
let url: string;
let page: Page;
let authenticator: Authenticator;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  url = panel.url.replace('127.0.0.1', 'localhost');
  page = await panel.page({ signedIn: false });
  authenticator = await Authenticator.plugInto(page);
}, 90_000);
afterAll(() => panel.stop(), 60_000);

describe('passkeys', () => {
  it('are made on the security page, under a name, and renamed', async () => {
    await byPassword(page, url);
    await page.goto(`${url}/account/security`);
    await page.getByText('You have no passkey yet.').waitFor();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByText('Write a name of 1 to 60 characters.').waitFor();
    await look(page, 'passkey-add');
    await dialog.getByLabel('Name').fill('Laptop');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await row('Laptop').waitFor();
    expect(await row('Laptop').innerText()).toContain('localhost');
    await page.getByRole('button', { name: 'Rename Laptop' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Work laptop');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await row('Work laptop').waitFor();
    await look(page, 'passkeys');
  }, 120_000);

  it('are not made twice on one device', async () => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Again');
    await page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click();
    await page.getByText('This device has one already').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await page.locator('[data-slot=passkey-row]').count()).toBe(1);
  }, 60_000);

  it('sign their person in without a password, and not where nobody is verified', async () => {
    await signOut();
    await authenticator.verifies(false);
    const button = page.getByRole('button', { name: 'Sign in with a passkey' });
    await button.click();
    await page.getByText('No passkey was used').waitFor();
    await look(page, 'sign-in-passkey-cancelled');
    await authenticator.verifies(true);
    await button.click();
    await page.waitForURL(({ pathname }) => pathname === '/containers');
  }, 120_000);

  it('stand in for the password where it is asked again', async () => {
    await page.goto(`${url}/account/security`);
    // As the core answers some minutes later.
    await page.route(
      '**/api/v1/me/passkeys/creation',
      (route) =>
        route.fulfill({
          status: 403,
          json: { code: 'step_up_required', message: 'Confirm again that it is you.', requestId: 'req_test' },
        }),
      { times: 1 },
    );
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Again');
    await page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click();
    const asked = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await asked.waitFor();
    await look(page, 'step-up-passkey');
    await asked.getByRole('button', { name: 'Use a passkey' }).click();
    // What was asked goes on by itself.
    await page.getByText('This device has one already').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  }, 90_000);

  it('are a way in where a role needs a second factor and there is none yet', async () => {
    await panel.api('POST', '/users', { username: 'bob', displayName: 'Bob', password: PASSWORD });
    await panel.api('PUT', '/settings/two-factor', { requiredFor: ['member'] });
    const his = await panel.page({ signedIn: false });
    await Authenticator.plugInto(his);
    await byPassword(his, url, 'bob');
    await his.getByRole('heading', { name: 'Set up two-factor sign-in' }).waitFor();
    await look(his, 'two-factor-must-passkey');
    await his.getByRole('button', { name: 'Add a passkey' }).click();
    await his.getByRole('dialog').getByLabel('Name').fill('Phone');
    await his.getByRole('dialog').getByRole('button', { name: 'Go on' }).click();
    await his.getByRole('heading', { level: 1, name: 'Containers' }).waitFor();
    await his.context().clearCookies();
    await his.goto(`${url}/login?next=/containers`);
    await his.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await his.getByRole('heading', { level: 1, name: 'Containers' }).waitFor();
    await his.context().close();
  }, 90_000);

  it('open nothing once they are removed', async () => {
    await page.getByRole('button', { name: 'Remove Work laptop' }).click();
    await look(page, 'passkey-remove');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('You have no passkey yet.').waitFor();
    await signOut();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('This passkey was not accepted.').waitFor();
  }, 90_000);

  it('are not offered under a bare address, and it is said why', async () => {
    // Removing the passkey has ended every other session.
    const bare = await panel.page({ signedIn: false });
    await byPassword(bare, panel.url);
    await bare.goto(`${panel.url}/account/security`);
    await bare.getByText('No passkeys at this address').waitFor();
    expect(await bare.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
    await look(bare, 'passkeys-not-here');
    await bare.context().clearCookies();
    await bare.goto(`${panel.url}/login`);
    await bare.getByLabel('User name').waitFor();
    await bare.waitForLoadState('networkidle');
    expect(await bare.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
    await bare.context().close();
  }, 90_000);

  it('have no accessibility violation and fit a phone in every one of these states', () => {
    expect(problems()).toEqual([]);
  });
});

const row = (name: string) => page.locator('[data-slot=passkey-row]', { hasText: name });

async function byPassword(there: Page, address: string, username = OWNER.username): Promise<void> {
  await there.goto(`${address}/login?next=/containers`);
  await there.getByLabel('User name').fill(username);
  await there.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await there.getByRole('button', { name: 'Sign in', exact: true }).click();
  await there.waitForURL(({ pathname }) => pathname === '/containers');
}

async function signOut(): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${url}/login?next=/containers`);
}

/** Chromium's own: a key in the device that asks for its person. */
class Authenticator {
  private constructor(
    private readonly browser: CDPSession,
    private readonly id: string,
  ) {}

  static async plugInto(page: Page): Promise<Authenticator> {
    const browser = await page.context().newCDPSession(page);
    await browser.send('WebAuthn.enable');
    const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Authenticator(browser, authenticatorId);
  }

  async verifies(isUserVerified: boolean): Promise<void> {
    await this.browser.send('WebAuthn.setUserVerified', { authenticatorId: this.id, isUserVerified });
  }
}
