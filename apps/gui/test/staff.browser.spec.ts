import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel, PASSWORD, until } from './panel.ts';
import { totp } from './totp.ts';

let panel: Panel;
let page: Page;
let bobs: Page;
let bob: { id: string };
let secret = '';

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  bob = await add('bob', 'Bob Stone');
  await add('mia', 'Mia Lund');
  page = await panel.page();
  bobs = await panel.page({ signedIn: false });
}, 90_000);
afterAll(() => panel.stop(), 60_000);

const add = async (username: string, displayName: string) =>
  (await panel.api<{ item: { id: string } }>('POST', '/users', { username, displayName, password: PASSWORD })).item;
const row = (name: string, on = page): Locator => on.getByRole('row').filter({ hasText: name });
const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });

describe('a rule that a role needs two-factor sign-in', () => {
  it('says before it is saved how many people it stops', async () => {
    await page.goto(`${panel.url}/containers`);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign-in settings' }).waitFor();
    const card = page.getByRole('region', { name: 'Two-factor sign-in' });
    await look(page, 'staff-settings-before');
    await card.getByRole('checkbox', { name: /^Owner/ }).check();
    await card.getByText('Saving sends 1 person to set it up').waitFor();
    await card.getByText('You are one of them.').waitFor();
    await card.getByRole('checkbox', { name: /^Owner/ }).uncheck();
    await card.getByRole('checkbox', { name: /^Member/ }).check();
    await card.getByText('Saving sends 2 people to set it up').waitFor();
    expect(await card.getByText('You are one of them.').count()).toBe(0);
    await look(page, 'staff-settings-changed');
  }, 90_000);

  it('is saved after a proof, and sends them to set it up in the page they have open', async () => {
    await signIn(bobs, 'bob');
    await bobs.getByRole('heading', { level: 1, name: /^Hello, / }).waitFor();
    const asked = await askOnce('PUT', '**/api/v1/settings/two-factor');
    await page.getByRole('button', { name: 'Save' }).click();
    const ask = dialog('Confirm that it is you');
    await ask.getByLabel('Your password').fill(PASSWORD);
    await look(page, 'staff-step-up-password');
    await ask.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('status').getByText('Saved').waitFor();
    expect(asked()).toBe(2);
    await page.unroute('**/api/v1/settings/two-factor');

    await bobs.goto(`${panel.url}/activity`);
    await bobs.getByRole('heading', { name: 'Set up two-factor sign-in' }).waitFor();
    // Their session is old by then as well: the same dialog asks.
    await askOnce('POST', '**/api/v1/me/two-factor', bobs);
    await bobs.getByRole('button', { name: 'Set up' }).click();
    await bobs.getByRole('dialog').getByLabel('Your password').fill(PASSWORD);
    await bobs.getByRole('button', { name: 'Confirm' }).click();
    secret = await turnOn(bobs);
    await bobs.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
  }, 120_000);

  it('is not shown to who may not see it', async () => {
    expect(await bobs.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await bobs.goto(`${panel.url}/settings/sign-in`);
    await bobs.getByText('You may not see this').waitFor();
  }, 60_000);
});

describe('the list of people', () => {
  it('shows who has two-factor and who should, and filters by it in the address', async () => {
    await page.goto(`${panel.url}/people`);
    await row('bob').getByText('On', { exact: true }).waitFor();
    await row('mia').getByText('Missing').waitFor();
    await row('ada').getByText('Off', { exact: true }).waitFor();
    await look(page, 'staff-people-two-factor');
    await page.getByRole('combobox', { name: 'Two-factor sign-in' }).selectOption({ label: 'Without two-factor' });
    await until('bob is left out', async () => (await row('bob').count()) === 0);
    expect(new URL(page.url()).searchParams.get('twoFactor')).toBe('off');
    await page.reload();
    await row('mia').waitFor();
    await row('ada').waitFor();
    expect(await row('bob').count()).toBe(0);
    await page.goto(`${panel.url}/people?twoFactor=missing`);
    await row('mia').waitFor();
    expect(await row('ada').count()).toBe(0);
  }, 90_000);

  it('changes by itself in a second browser, and so does the page of who is changed', async () => {
    const other = await panel.page();
    await other.goto(`${panel.url}/people`);
    await live(other);
    await page.goto(`${panel.url}/people`);
    await live(page);
    await panel.api('POST', '/users', { username: 'zoe', displayName: 'Zoe Ames', password: PASSWORD });
    await row('zoe', other).getByText('Active').waitFor();
    await row('zoe').getByText('Active').waitFor();
    await other.getByText('4 people', { exact: true }).waitFor();
    await other.getByRole('link', { name: 'Zoe Ames' }).click();
    await other.getByRole('heading', { level: 1, name: 'Zoe Ames' }).waitFor();
    await page.getByRole('button', { name: 'Actions for Zoe Ames' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await other.getByRole('banner').or(other.locator('main header')).getByText('Disabled').first().waitFor();
    await other.getByRole('button', { name: 'Enable' }).waitFor();
    await page.getByRole('button', { name: 'Actions for Zoe Ames' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog('Delete Zoe Ames').getByRole('textbox').fill('zoe');
    await dialog('Delete Zoe Ames').getByRole('button', { name: 'Delete Zoe Ames' }).click();
    await other.getByText('This person is gone').waitFor();
    await until('the row goes', async () => (await row('zoe').count()) === 0);
    await other.context().close();
  }, 120_000);

  it('shows tenants and roles as they change elsewhere', async () => {
    await page.goto(`${panel.url}/tenants`);
    await live(page);
    const { item } = await panel.api<{ item: { id: string } }>('POST', '/tenants', { slug: 'acme', name: 'Acme' });
    await row('acme').getByText('Active').waitFor();
    await panel.api('PUT', `/tenants/${item.id}/name`, { name: 'Acme Works' });
    await row('Acme Works').waitFor();
    await page.goto(`${panel.url}/access/roles`);
    await live(page);
    await panel.api('PUT', '/roles/cook', { description: 'Cooks for all.' });
    await row('cook').getByText('Cooks for all.').waitFor();
    await panel.api('DELETE', '/roles/cook');
    await until('the role goes', async () => (await row('cook').count()) === 0);
  }, 90_000);
});

describe('the page of a person', () => {
  it('resets their two-factor sign-in with a reason, after a proof by the own app', async () => {
    // Whoever resets it has one as well: then a code proves it, and the password still does.
    const own = await panel.page();
    await own.goto(`${panel.url}/account/two-factor`);
    await own.getByRole('button', { name: 'Set up' }).click();
    const ownSecret = await turnOn(own);
    await own.context().close();

    await page.goto(`${panel.url}/people/${bob.id}`);
    const card = page.getByRole('region', { name: 'Two-factor sign-in' });
    await card.getByText(/^Turned on/).waitFor();
    await look(page, 'staff-person');
    await askOnce('DELETE', `**/api/v1/users/${bob.id}/two-factor`);
    await card.getByRole('button', { name: 'Reset two-factor' }).click();
    const reset = dialog('Reset the two-factor sign-in of Bob Stone');
    await reset.getByLabel('Reason').fill('Lost the phone');
    await look(page, 'staff-reset-two-factor');
    await reset.getByRole('button', { name: 'Reset two-factor' }).click();
    const ask = dialog('Confirm that it is you');
    const field = ask.getByLabel('Code of your authenticator app');
    expect(await field.evaluate((it) => it === document.activeElement)).toBe(true);
    await field.fill('12');
    await field.press('Enter');
    await ask.getByText('A code has six digits.').waitFor();
    await look(page, 'staff-step-up-code');
    await ask.getByRole('button', { name: 'Use the password' }).click();
    await ask.getByLabel('Your password').waitFor();
    await ask.getByRole('button', { name: 'Use a code' }).click();
    await field.fill(totp(ownSecret, 1));
    await field.press('Enter');
    await card.getByText('Missing').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await bobs.goto(`${panel.url}/activity`);
    await bobs.getByRole('heading', { name: 'Set up two-factor sign-in' }).waitFor();
    await page.getByRole('link', { name: 'Activity', exact: true }).last().click();
    const reason = page.locator('[data-slot=activity-row]').first();
    await reason.getByText('Details').click();
    await reason.getByText('Lost the phone').waitFor();
    await look(page, 'staff-person-activity');
    expect(secret).not.toBe('');
  }, 120_000);

  it('shows their access tokens, and a revoked one stops working at once', async () => {
    await panel.api('PUT', '/settings/two-factor', { requiredFor: [] });
    await signIn(bobs, 'bob');
    const token = await bobs.evaluate(async () => {
      const me = (await (await fetch('/api/v1/me')).json()) as { csrf: string };
      const answer = await fetch('/api/v1/me/tokens', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf': me.csrf },
        body: JSON.stringify({ name: 'Nightly', capabilities: ['containers.see'] }),
      });
      return ((await answer.json()) as { token: string }).token;
    });
    expect((await asBearer(token, '/containers')).status).toBe(200);
    await page.goto(`${panel.url}/people/${bob.id}/tokens`);
    await page.getByText('Containers: see').waitFor();
    await look(page, 'staff-person-tokens');
    await page.getByRole('button', { name: 'Revoke Nightly' }).click();
    await dialog('Revoke Nightly?').getByRole('button', { name: 'Revoke Nightly' }).click();
    await page.getByText('No tokens', { exact: true }).waitFor();
    expect((await asBearer(token, '/containers')).status).toBe(401);
    await look(page, 'staff-person-no-tokens');
  }, 90_000);
});

describe('a token for chosen things', () => {
  it('says what it will reach, reaches that, and is refused elsewhere', async () => {
    const { items } = await panel.api<{ items: { id: string; name: string }[] }>('GET', '/containers');
    const [one, other] = items;
    if (!one || !other) throw new Error('The demo has no two containers.');
    await page.goto(`${panel.url}/account/tokens`);
    await page.getByRole('button', { name: 'Create token' }).click();
    const form = dialog('Create an access token');
    const reach = form.getByRole('region', { name: 'This token will reach' });
    await reach.getByText('Nothing yet.').waitFor();
    await form.getByRole('textbox', { name: 'Name' }).fill('Watcher');
    await form.getByRole('checkbox', { name: 'restart', exact: true }).check();
    await form.getByRole('checkbox', { name: 'All of Roles' }).check();
    await reach.getByText('Everywhere you can reach').waitFor();
    await form.getByRole('radio', { name: 'Only on chosen containers and tenants' }).check();
    await form.getByRole('button', { name: 'Create token' }).click();
    await form.getByText('Choose at least one container or tenant.').waitFor();
    const search = form.getByRole('searchbox', { name: 'Search containers and tenants' });
    await search.fill('nothing is called so');
    await form.getByText('Nothing you can reach matches').waitFor();
    await search.fill(one.name);
    await form
      .getByRole('list', { name: 'Containers and tenants' })
      .getByRole('checkbox', { name: new RegExp(`^${one.name} `) })
      .check();
    await reach.getByText('Containers: see and restart').waitFor();
    await reach.getByText(`Only these containers: ${one.name}`).waitFor();
    await reach.getByText(/^Not Roles:/).waitFor();
    await reach.scrollIntoViewIfNeeded();
    await look(page, 'staff-token-targets');
    await form.getByRole('button', { name: 'Create token' }).click();
    const token = (await page.getByRole('textbox', { name: 'The token Watcher' }).innerText()).trim();
    const seen = (await (await asBearer(token, '/containers')).json()) as { items: { id: string }[] };
    expect(seen.items.map(({ id }) => id)).toEqual([one.id]);
    expect((await asBearer(token, `/containers/${one.id}`)).status).toBe(200);
    expect((await asBearer(token, `/containers/${other.id}`)).status).toBe(404);
    expect((await asBearer(token, '/roles')).status).toBe(403);
  }, 120_000);
});

it('has no accessibility violation and fits a phone on all of these pages', () => {
  expect(problems()).toEqual([]);
});

/** The core asks for a proof five minutes after the sign-in; the first answer is what it would say then. */
async function askOnce(method: string, address: string, on = page): Promise<() => number> {
  let asked = 0;
  await on.route(address, async (route) => {
    if (route.request().method() !== method) return route.continue();
    asked += 1;
    if (asked > 1) return route.continue();
    return route.fulfill({ status: 403, json: { code: 'step_up_required', message: 'Confirm.', requestId: 'req' } });
  });
  return () => asked;
}

async function signIn(on: Page, username: string): Promise<void> {
  await on.context().clearCookies();
  await on.goto(`${panel.url}/login`);
  await on.getByLabel('User name').fill(username);
  await on.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await on.getByRole('button', { name: 'Sign in' }).click();
  await on.waitForURL(({ pathname }) => pathname !== '/login');
}

/** From the secret on the screen to the codes that are kept. */
async function turnOn(on: Page): Promise<string> {
  const shown = await on.locator('[data-slot=two-factor-secret]').innerText();
  const given = shown.replaceAll(' ', '');
  await on.getByLabel('Code of the app').fill(totp(given));
  await on.getByRole('button', { name: 'Turn on' }).click();
  await on.getByRole('button', { name: 'I have kept them' }).click();
  return given;
}

const asBearer = (token: string, address: string) =>
  fetch(`${panel.url}/api/v1${address}`, { headers: { authorization: `Bearer ${token}` } });

const live = (on: Page) =>
  on.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
