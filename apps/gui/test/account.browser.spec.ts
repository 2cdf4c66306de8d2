import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { OWNER, Panel, PASSWORD } from './panel.ts';

const NEW_PASSWORD = 'nine loud geese fly south';
let panel: Panel;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
}, 90_000);
afterAll(() => panel.stop(), 60_000);

/** Another browser of the same person. */
async function enter(password: string): Promise<Page> {
  const page = await panel.page({ signedIn: false });
  await page.goto(`${panel.url}/login`);
  await page.getByLabel('User name').fill(OWNER.username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(({ pathname }) => pathname === '/');
  return page;
}

const open = async (page: Page, tab: string): Promise<void> => {
  await page.goto(`${panel.url}/account/${tab}`);
  await page.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
};

describe('the account', () => {
  it('is reached from its menu, and takes a new name', async () => {
    const page = await panel.page();
    await page.goto(`${panel.url}/containers`);
    await page.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    await page.waitForURL(/account\/profile/);
    await page.getByLabel('Display name').fill('  ');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write a name of 1 to 80 characters.').waitFor();
    await page.getByLabel('Display name').fill('Countess Lovelace');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Account of Countess Lovelace' }).waitFor();
    await page.getByRole('link', { name: 'Activity', exact: true }).last().click();
    await page.waitForURL(/account\/activity/);
    const row = page.locator('[data-slot="activity-row"]').filter({ hasText: 'Change the own profile' });
    await row.getByText('Details').click();
    await row.getByRole('cell', { name: OWNER.displayName }).first().waitFor();
    await page.context().close();
  }, 60_000);

  it('ends one session, and then all others', async () => {
    const page = await panel.page();
    const [first, second, third] = [await enter(PASSWORD), await enter(PASSWORD), await enter(PASSWORD)];
    await open(page, 'security');
    const rows = page.locator('[data-slot="session-row"]');
    await rows.nth(3).waitFor();
    await page
      .getByRole('button', { name: /^End the session of/ })
      .first()
      .click();
    await page.getByText('The session has ended.').first().waitFor();
    await page.getByRole('button', { name: 'End 2 other sessions' }).click();
    await page.getByText('You are signed in nowhere else.').waitFor();
    expect(await rows.count()).toBe(1);
    for (const other of [first, second, third]) {
      await other.goto(`${panel.url}/containers`);
      await other.waitForURL(/login/);
      await other.context().close();
    }
    await page.context().close();
  }, 90_000);

  it('takes a new password, says what was wrong, and ends the other sessions', async () => {
    const page = await panel.page();
    const other = await enter(PASSWORD);
    await open(page, 'security');
    const change = async (current: string, password: string) => {
      await page.getByLabel('Current password').fill(current);
      await page.getByLabel('New password').fill(password);
      await page.getByRole('button', { name: 'Change password' }).click();
    };
    await change(PASSWORD, 'short');
    await page.getByText('Write 12 to 128 characters.').waitFor();
    await change('not my password', NEW_PASSWORD);
    await page.getByText('That is not your password.').waitFor();
    await change(PASSWORD, 'passwordpassword');
    await page.getByText('This is easy to guess.').waitFor();
    await change(PASSWORD, NEW_PASSWORD);
    await page.getByText('Every other session has ended.').first().waitFor();
    await page.getByText('You are signed in nowhere else.').waitFor();
    await other.goto(`${panel.url}/containers`);
    await other.waitForURL(/login/);
    await (await enter(NEW_PASSWORD)).context().close();
    await page.context().close();
    await other.context().close();
  }, 90_000);

  it('came from one address all along, through the pages and through what they ask', async () => {
    const { items } = await panel.api<{ items: { action: string }[] }>('GET', '/audit?stream=connections');
    expect(items.filter(({ action }) => action !== 'connections.unauthenticated')).toEqual([]);
  });
});
