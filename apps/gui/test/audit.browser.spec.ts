import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Panel } from './panel.ts';

let panel: Panel;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  const { item } = await panel.api<{ item: { id: string } }>('POST', '/users', {
    username: 'grace',
    displayName: 'Grace',
  });
  await panel.api('PATCH', `/users/${item.id}`, { displayName: '=Grace Hopper' });
  await panel.api('POST', '/tenants', { slug: 'acme', name: 'Acme' });
  for (let turn = 0; turn < 60; turn += 1) await panel.api('PUT', '/tenants/acme/name', { name: `Acme ${turn}` });
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const rows = (page: Page) => page.locator('[data-slot="audit-row"]');
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(panel.url + path);
  await page.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
};

describe('the audit log', () => {
  it('is filtered by its address, opens an event, and leads to similar ones and back', async () => {
    const page = await panel.page();
    await open(page, '/containers');
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.waitForURL(/\/audit$/);
    await page.getByRole('combobox', { name: 'About' }).selectOption('people');
    await page.waitForURL(/noun=people/);
    await page.waitForFunction(() => document.querySelectorAll('[data-slot="audit-row"]').length === 2);
    await page.getByRole('link', { name: 'Change a person' }).click();
    await page.waitForURL(/audit\/aud_/);
    const change = page.getByRole('row', { name: /displayName/ });
    expect(await change.getByRole('cell').allTextContents()).toEqual(['displayName', 'Grace', '=Grace Hopper']);
    await page.getByRole('link', { name: 'Similar events' }).click();
    await page.waitForURL(/action=people\.update.*target=usr_/);
    await rows(page).first().waitFor();
    expect(await rows(page).count()).toBe(1);
    await page.getByRole('link', { name: /^Clear/ }).click();
    await page.waitForURL(/\/audit$/);
    await page.getByRole('searchbox').fill('acme');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=acme/);
    await page.context().close();
  }, 90_000);

  it('goes on to older events by itself, and by a link without scripts', async () => {
    const page = await panel.page();
    await open(page, '/audit?noun=tenants');
    await page.locator('[data-slot="audit-row"]').last().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelectorAll('[data-slot="audit-row"]').length === 61);
    await page.context().close();
    const plain = await panel.page({ javaScriptEnabled: false });
    await plain.goto(`${panel.url}/audit?noun=tenants`);
    expect(await rows(plain).count()).toBe(50);
    await plain.getByRole('link', { name: 'Show more' }).click();
    expect(await rows(plain).count()).toBe(11);
    await plain.getByRole('combobox', { name: 'About' }).selectOption('people');
    await plain.getByRole('button', { name: 'Apply' }).click();
    expect(await rows(plain).count()).toBe(2);
    await plain.context().close();
  }, 90_000);

  it('is exported as it is filtered', async () => {
    const page = await panel.page();
    await open(page, '/audit?noun=people');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await page.waitForURL(/activity\/op_/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(download.suggestedFilename()).toMatch(/^audit-.*\.csv$/);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('people.update');
    await page.context().close();
  }, 90_000);

  it('tells a refused try by the right it took, and keeps its name for programs', async () => {
    const { token } = await panel.api<{ token: string }>('POST', '/me/tokens', {
      name: 'narrow',
      capabilities: ['containers.see'],
    });
    const refused = await fetch(`${panel.url}/api/v1/audit`, { headers: { authorization: `Bearer ${token}` } });
    expect(refused.status).toBe(403);
    const page = await panel.page();
    await open(page, '/audit?outcome=refused');
    await page.getByRole('link', { name: 'Read the audit trail' }).click();
    await page.waitForURL(/audit\/aud_/);
    const named = page.locator('[data-slot="event-details"] dd[title="audit.see"]');
    expect(await named.textContent()).toBe('Read the audit trail');
    await page.context().close();
  }, 60_000);

  it('is for who may see it', async () => {
    const page = await panel.page({ signedIn: false });
    await page.goto(`${panel.url}/audit`);
    await page.waitForURL(/login/);
    await page.context().close();
  }, 30_000);
});
