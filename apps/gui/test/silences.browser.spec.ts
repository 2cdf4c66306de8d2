import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel, PASSWORD } from './panel.ts';

let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  await panel.api('POST', '/users', { username: 'vera', displayName: 'Vera', password: PASSWORD, platformRole: 'viewer' }); // prettier-ignore
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const bell = (text: RegExp) => page.getByRole('button', { name: text });

describe('silences', () => {
  it('begin with none', async () => {
    await page.goto(`${panel.url}/alerts`);
    await bell(/[1-9]\d* open alert/).waitFor();
    await page.getByRole('link', { name: 'Silences', exact: true }).click();
    await page.waitForURL(/\/alerts\/silences$/);
    await page.getByText('Nothing is silenced').waitFor();
    await look(page, 'silences-empty');
  }, 120_000);

  it('of everything leave the bell quiet, and it rings again when one ends', async () => {
    await page.getByRole('button', { name: 'Silence or plan maintenance' }).click();
    const dialog = page.getByRole('dialog', { name: 'Silence alerts' });
    await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
    await dialog.getByText('Say why, in 200 characters at most.').waitFor();
    await dialog.getByLabel('Why').fill('The rack is moved');
    await look(page, 'silences-form');
    await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    const card = page.getByRole('region', { name: 'The rack is moved' });
    await card.getByText('Silent now').waitFor();
    await bell(/No open alerts/).waitFor();
    await page.getByRole('link', { name: /^Open/ }).click();
    await page
      .getByText(/Silent until .*: The rack is moved/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Silences', exact: true }).click();
    await look(page, 'silences-active');
    await card.getByRole('button', { name: 'End it: The rack is moved' }).click();
    await card.waitFor({ state: 'detached' });
    await bell(/[1-9]\d* open alert/).waitFor();
  }, 120_000);

  it('are maintenance windows where they begin later, or come back every week', async () => {
    await page.getByRole('button', { name: 'Silence or plan maintenance' }).click();
    const dialog = page.getByRole('dialog', { name: 'Silence alerts' });
    await dialog.getByLabel('Why').fill('Backups on Sundays');
    await dialog.getByLabel('Where').selectOption('container');
    await dialog.getByLabel('Which one').selectOption({ index: 1 });
    await dialog.getByLabel('When').selectOption('once');
    await look(page, 'silences-form-once');
    await dialog.getByLabel('When').selectOption('weekly');
    await dialog.getByLabel('By the clock of').selectOption('Europe/Berlin');
    await look(page, 'silences-form-weekly');
    await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
    const card = page.getByRole('region', { name: 'Backups on Sundays' });
    await card.getByText('Planned').waitFor();
    await card.getByText(/Every Sunday at 03:00 for 60 minutes, by the clock of Europe\/Berlin/).waitFor();
    await card.getByText(/^Begins/).waitFor();
    await look(page, 'silences-planned');
  }, 120_000);

  it('are not ended by who only looks', async () => {
    const hers = await panel.page({ signedIn: false });
    await hers.goto(`${panel.url}/login`);
    await hers.getByLabel('User name').fill('vera');
    await hers.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await hers.getByRole('button', { name: 'Sign in' }).click();
    await hers.waitForURL(({ pathname }) => pathname !== '/login');
    await hers.goto(`${panel.url}/alerts/silences`);
    await hers.getByText('Nothing is silenced').waitFor();
    expect(await hers.getByRole('button', { name: 'Silence or plan maintenance' }).count()).toBe(0);
    await hers.context().close();
  }, 120_000);
});

it('has nothing to say against any of these pages', () => expect(problems()).toEqual([]));
