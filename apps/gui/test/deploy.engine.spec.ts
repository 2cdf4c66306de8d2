import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { keepPicture, Panel } from './panel.ts';
import { freePort } from './running-pair.ts';

let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  page = await panel.page();
}, 60_000);
afterAll(() => panel.stop(), 60_000);

/** What a field holds once it takes what is typed: until then the server's form is shown, without the draft. */
async function valueOf(field: Locator): Promise<string> {
  await field.click({ trial: true });
  return field.inputValue();
}

describe('the deploy form', () => {
  it('says at the field what the core found, and lets it be mended there', async () => {
    const port = await freePort();
    const occupier = net.createServer().listen(port, '127.0.0.1');
    await page.goto(`${panel.url}/deploy/tea-shop`);
    const field = page.getByLabel('Shop (8080/tcp)');
    await field.fill(String(port));
    await page.getByText(`Port ${port} is in use.`).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: 'Review' }).click();
    expect(page.url()).not.toContain('step=review');
    await keepPicture(page, 'deploy-port-taken');
    occupier.close();
    await field.fill('99');
    await field.blur();
    await page.getByText('Use a port from 1024 to 65535').waitFor();
    await field.fill('');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.waitForURL(/step=review/);
  }, 60_000);

  it('keeps what was entered over Back and over a reload, but no secret', async () => {
    await page.goto(`${panel.url}/deploy/tea-shop`);
    await page.getByLabel('Name').fill('tea-corner');
    await page.getByLabel('Greeting').fill('Good day');
    await page.getByLabel('Password', { exact: true }).fill('not for the disk');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.waitForURL(/step=review/);
    await page.goBack();
    expect(await valueOf(page.getByLabel('Password', { exact: true }))).toBe('not for the disk');
    await page.reload();
    expect(await valueOf(page.getByLabel('Name'))).toBe('tea-corner');
    expect(await valueOf(page.getByLabel('Greeting'))).toBe('Good day');
    expect(await valueOf(page.getByLabel('Password', { exact: true }))).toBe('');
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain('the disk');
  }, 60_000);

  it('proposes another name where its own is taken', async () => {
    await deploy('tea-shop');
    await page.getByText('tea-shop is running').waitFor({ timeout: 30_000 });
    const other = await panel.page();
    await other.goto(`${panel.url}/deploy/tea-shop`);
    expect(await valueOf(other.getByLabel('Name'))).toBe('tea-shop-2');
    await other.getByLabel('Name').fill('tea-shop');
    await other.getByRole('region', { name: 'Basics' }).getByText('The name tea-shop is taken.').waitFor();
    await other.context().close();
  }, 60_000);
});

describe('a deployment that fails', () => {
  it('names the step, shows its last words, and leaves nothing behind', async () => {
    await deploy('doomed');
    await page.getByText('It failed at the step: Wait until it is well').waitFor({ timeout: 30_000 });
    await page.getByText('no water').waitFor();
    await keepPicture(page, 'deploy-failed');
    const { items } = await panel.api<{ items: unknown[] }>('GET', '/containers?q=doomed');
    expect(items).toEqual([]);
  }, 60_000);

  it('leads back to the form, and reads the same on its own page', async () => {
    await page.getByRole('button', { name: 'Edit and try again' }).click();
    expect(await valueOf(page.getByLabel('Name'))).toBe('doomed');
    await page.goto(`${panel.url}/activity?state=failed`);
    await page.getByRole('link', { name: 'Deploy doomed' }).click();
    await page.getByText('no water').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  }, 60_000);

  it('is in the drawer of the top bar', async () => {
    await page.goto(`${panel.url}/containers`);
    await page.getByRole('button', { name: 'Activity' }).click();
    const drawer = page.getByRole('dialog', { name: 'Activity' });
    await drawer.getByRole('link', { name: 'Deploy doomed' }).waitFor();
    await keepPicture(page, 'activity-drawer');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  }, 60_000);
});

async function deploy(preset: string): Promise<void> {
  await page.goto(`${panel.url}/deploy/${preset}`);
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Deploy' }).click();
}
