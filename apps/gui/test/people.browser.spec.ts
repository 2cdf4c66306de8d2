import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { keepPicture, Panel, PASSWORD, until } from './panel.ts';

const ALICE = { name: 'Alice Liddell', username: 'alice', password: 'nine brown foxes swim' };
let panel: Panel;
let page: Page;
/** Alice's own browser. */
let hers: Page;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  page = await panel.page();
  hers = await panel.page({ signedIn: false });
}, 90_000);
afterAll(() => panel.stop(), 60_000);

const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const row = (name: string): Locator => page.getByRole('row').filter({ hasText: name });
const choose = async (name: string, item: string): Promise<void> => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

describe('a tenant', () => {
  it('is created from its name, and cannot take the short name of another', async () => {
    await open('/tenants', 'Tenants');
    await page.getByRole('button', { name: 'New tenant' }).click();
    await page.getByLabel('Name', { exact: false }).first().fill('Default');
    await page.getByRole('button', { name: 'Create tenant' }).click();
    await page.getByText('There is a tenant of this short name already.').waitFor();
    await keepPicture(page, 'people-1-tenant-taken');
    await dialog('New tenant').getByLabel('Name').first().fill('Acme Works');
    expect(await dialog('New tenant').getByLabel('Short name').inputValue()).toBe('acme-works');
    await page.getByRole('button', { name: 'Create tenant' }).click();
    await row('Acme Works').getByText('Active').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  }, 60_000);
});

describe('a person', () => {
  it('is added; a wrong field is told at the field, and what was typed stays', async () => {
    await open('/people', 'People');
    await page.getByRole('button', { name: 'Add person' }).click();
    const form = dialog('Add person');
    await form.getByLabel('Name', { exact: false }).first().fill(ALICE.name);
    await form.getByLabel('Username').fill('Alice Liddell');
    await form.getByLabel('E-mail').fill('alice@acme.test');
    await form.getByLabel('Tenant', { exact: true }).selectOption({ label: 'Acme Works' });
    await form.getByLabel('Role in the tenant').selectOption('tester');
    await form.getByLabel('Password', { exact: true }).fill(ALICE.password);
    await form.getByRole('button', { name: 'Add person' }).click();
    await form.getByText(/starting with a letter or digit/).waitFor();
    expect(await form.getByLabel('Username').evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await form.getByLabel('E-mail').inputValue()).toBe('alice@acme.test');
    await keepPicture(page, 'people-2-wrong-field');
    await form.getByLabel('Username').fill(ALICE.username);
  }, 60_000);

  it('is asked for only after the password, and the same request goes on', async () => {
    // The core asks again five minutes after the sign-in; the first answer is what it would say then.
    const keys: (string | undefined)[] = [];
    await page.route('**/api/v1/users', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      return route.fulfill({
        status: 403,
        json: { code: 'step_up_required', message: 'Confirm.', requestId: 'req' },
      });
    });
    await dialog('Add person').getByRole('button', { name: 'Add person' }).click();
    const ask = dialog('Confirm that it is you');
    await ask.getByLabel('Your password').fill('something else entirely');
    await ask.getByRole('button', { name: 'Confirm' }).click();
    await ask.getByText('That is not your password.').waitFor();
    await keepPicture(page, 'people-3-step-up');
    await ask.getByLabel('Your password').fill(PASSWORD);
    await ask.getByRole('button', { name: 'Confirm' }).click();
    await row(ALICE.username).getByText('Active').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    await page.unroute('**/api/v1/users');
    await row(ALICE.username).getByText('Acme Works').waitFor();
    await row(ALICE.username).getByText('Never signed in').waitFor();
  }, 60_000);

  it('signs in through the door of the tenant, which this browser remembers', async () => {
    await hers.goto(`${panel.url}/login`);
    await hers.getByRole('button', { name: 'My team has its own tenant' }).click();
    await hers.getByLabel('Tenant').fill('acme-works');
    await hers.getByLabel('User name').fill(ALICE.username);
    await hers.getByLabel('Password', { exact: true }).fill(ALICE.password);
    await keepPicture(hers, 'people-4-sign-in');
    await hers.getByRole('button', { name: 'Sign in' }).click();
    await hers.getByRole('heading', { level: 1, name: /^Hello, / }).waitFor();
    expect(await hers.getByRole('link', { name: 'People' }).count()).toBe(0);
    await hers.goto(`${panel.url}/people`);
    await hers.getByText('You may not see this').waitFor();
    await hers.getByText('It needs the right “See people”.').waitFor();
    await deployAs(hers, 'tea-of-alice');
  }, 60_000);

  it('is found by name, tenant, role and state, in the address', async () => {
    await open('/people?tenant=acme-works&q=lid', 'People');
    await row(ALICE.username).waitFor();
    expect(await page.getByRole('link', { name: 'Ada Lovelace' }).count()).toBe(0);
    await page.getByRole('combobox', { name: 'Status' }).selectOption('disabled');
    await page.getByText('Nobody matches 3 filters').waitFor();
    expect(new URL(page.url()).searchParams.get('state')).toBe('disabled');
    await page.getByRole('button', { name: 'Clear 3 filters' }).first().click();
    await row('ada').waitFor();
  }, 60_000);

  it('is thrown out the moment they are disabled, and may come back', async () => {
    await hers.goto(`${panel.url}/containers`);
    await hers.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
    await choose(ALICE.name, 'Disable');
    await row(ALICE.username).getByText('Disabled').waitFor();
    await hers.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await hers.goto(`${panel.url}/login`);
    expect(await hers.getByLabel('Tenant').inputValue()).toBe('acme-works');
    await signInAgain(hers);
    await hers.getByText('The user name or the password is wrong.').waitFor();
    await choose(ALICE.name, 'Enable');
    await row(ALICE.username).getByText('Active').waitFor();
    await signInAgain(hers);
    // Their one container is where they land.
    await hers.getByRole('heading', { level: 1, name: 'tea-of-alice' }).waitFor();
  }, 60_000);

  it('keeps a changed profile, and is told at the field when a name is taken', async () => {
    await page.getByRole('link', { name: ALICE.name }).click();
    await page.getByRole('heading', { level: 1, name: ALICE.name }).waitFor();
    const profile = page.getByRole('region', { name: 'Profile' });
    await profile.getByLabel('Name', { exact: false }).first().fill('Alice P. Liddell');
    await profile.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Alice P. Liddell' }).waitFor();
    await profile.getByLabel('Name', { exact: false }).first().fill(ALICE.name);
    await profile.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: ALICE.name, exact: true }).waitFor();
    await keepPicture(page, 'people-5-profile');
  }, 60_000);

  it('shows where they are signed in, and ends it', async () => {
    await page
      .getByRole('navigation', { name: /^Pages of/ })
      .getByRole('link', { name: 'Sessions' })
      .click();
    await page.getByText('Chrome on Linux').first().waitFor();
    await keepPicture(page, 'people-6-sessions');
    await page.getByRole('button', { name: 'End all sessions' }).click();
    await page.getByText('Signed in nowhere').waitFor();
    await hers.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  }, 60_000);

  it('moves to another tenant, with the operation beside it', async () => {
    await page
      .getByRole('navigation', { name: /^Pages of/ })
      .getByRole('link', { name: 'Access', exact: true })
      .click();
    const access = page.getByRole('region', { name: 'Access' });
    await access.getByLabel('Tenant').selectOption({ label: 'Default' });
    await access.getByRole('button', { name: 'Apply' }).click();
    await page.locator('[data-slot="person-move"][data-state="done"]').waitFor();
    await page.locator('header').getByText('Default', { exact: true }).waitFor();
    await keepPicture(page, 'people-7-moved');
    // Also to who comes by the address alone.
    const again = await panel.page();
    await again.goto(page.url());
    await again.locator('[data-slot="person-move"][data-state="done"]').waitFor();
    await again.getByRole('link', { name: 'Follow it' }).click();
    await again.getByRole('heading', { level: 1, name: 'Move alice' }).waitFor();
    await again.context().close();
  }, 60_000);

  it('is deleted only when their name is typed and somebody gets their things', async () => {
    await open('/people', 'People');
    await choose(ALICE.name, 'Delete');
    const confirm = dialog(`Delete ${ALICE.name}`);
    await confirm.getByText('tea-of-alice').waitFor();
    const remove = confirm.getByRole('button', { name: `Delete ${ALICE.name}` });
    expect(await confirm.getByRole('button', { name: 'Keep' }).evaluate((it) => it === document.activeElement)).toBe(
      true,
    );
    await confirm.getByLabel(/^Type/).fill(ALICE.username);
    expect(await remove.isDisabled()).toBe(true);
    await confirm.getByLabel('New owner').selectOption({ label: 'Ada Lovelace · ada · Default' });
    await keepPicture(page, 'people-8-delete');
    await remove.click();
    await confirm.waitFor({ state: 'detached' });
    await until('she is off the list', async () => (await row(ALICE.username).count()) === 0);
    const { items } = await panel.api<{ items: { name: string; owner: { displayName: string } | null }[] }>(
      'GET',
      '/containers?q=tea-of-alice',
    );
    expect(items[0]?.owner?.displayName).toBe('Ada Lovelace');
  }, 60_000);
});

describe('an import', () => {
  it('says first what would happen, then does it', async () => {
    await open('/people', 'People');
    await page.getByRole('button', { name: 'Import' }).click();
    const sheet = dialog('Import people');
    await sheet.getByLabel('Table').fill('username,age\nbob,7');
    await sheet.getByRole('button', { name: 'Check' }).click();
    await sheet.getByText(/There is no column age/).waitFor();
    await sheet.locator('input[type=file]').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'username,displayName,email\nbob,Bob Stone,bob@acme.test\nada,Ada,\nbob,Bob again,\nx,X,no\n',
      ),
    });
    await sheet.getByRole('button', { name: 'Check' }).click();
    await sheet.getByText('1 would be added, 1 is there already, 2 cannot be added').waitFor();
    await keepPicture(page, 'people-9-import');
    await sheet.getByRole('button', { name: 'Import 1 person' }).click();
    await sheet.getByText('1 added, 1 was there already, 2 could not be added').waitFor();
    await sheet.getByRole('button', { name: 'Close' }).last().click();
    await row('Bob Stone').getByText('No password yet').waitFor();
  }, 60_000);
});

describe('an archived tenant', () => {
  it('says what happens first, and is open again when restored', async () => {
    await page.locator('h1').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
    await choose('Acme Works', 'Archive');
    await dialog('Archive Acme Works').getByText('Nothing is deleted.').waitFor();
    await keepPicture(page, 'people-10-archive');
    await dialog('Archive Acme Works').getByRole('button', { name: 'Archive Acme Works' }).click();
    await row('Acme Works')
      .getByText(/^Archived/)
      .waitFor();
    await choose('Acme Works', 'Restore');
    await row('Acme Works').getByText('Active').waitFor();
    await page.getByRole('button', { name: 'Actions for Default' }).click();
    await page
      .getByRole('menuitem', { name: 'Archive' })
      .getByText(/It stays/)
      .waitFor();
    await page.keyboard.press('Escape');
  }, 60_000);
});

describe('on a phone', () => {
  it('people and tenants are behind More', async () => {
    const phone = await panel.page({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await phone.goto(`${panel.url}/containers`);
    await phone.getByRole('button', { name: 'More' }).click();
    await phone.getByRole('menuitem', { name: 'Tenants' }).waitFor();
    await phone.getByRole('menuitem', { name: 'People' }).click();
    await phone.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    await phone.context().close();
  }, 60_000);
});

async function open(path: string, title: string): Promise<void> {
  await page.goto(panel.url + path);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
}

async function signInAgain(their: Page): Promise<void> {
  await their.getByLabel('User name').fill(ALICE.username);
  await their.getByLabel('Password', { exact: true }).fill(ALICE.password);
  await their.getByRole('button', { name: 'Sign in' }).click();
}

/** As whoever is signed in on that page, and until it runs. */
async function deployAs(their: Page, name: string): Promise<void> {
  const accepted = await their.evaluate(async (wanted) => {
    const me = (await (await fetch('/api/v1/me')).json()) as { csrf: string };
    const answer = await fetch('/api/v1/deployments', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf': me.csrf },
      body: JSON.stringify({ preset: 'tea-shop', name: wanted }),
    });
    return { status: answer.status, text: await answer.text() };
  }, name);
  expect(accepted).toMatchObject({ status: 202 });
  await until(`${name} runs`, async () => {
    const { items } = await panel.api<{ items: { state: string }[] }>('GET', `/containers?q=${name}`);
    return items[0]?.state === 'running';
  });
}
