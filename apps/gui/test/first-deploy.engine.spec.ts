import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { labelled } from './engine-api.ts';
import { keepPicture, OWNER, Panel, PASSWORD, until } from './panel.ts';

const MOST_CLICKS = 5;
let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start();
  page = await panel.page({ signedIn: false });
}, 60_000);
afterAll(() => panel.stop(), 60_000);

describe('from a fresh installation to a running container and back', () => {
  it('lets the first person become owner with the printed token, and nobody after', async () => {
    await page.goto(panel.url);
    await page.waitForURL(/\/setup/);
    await page.getByLabel('Setup token').fill(panel.setupToken());
    await page.getByLabel('Your name').fill(OWNER.displayName);
    await page.getByLabel('User name').fill(OWNER.username);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await keepPicture(page, 'f1-1-setup');
    await page.getByRole('button', { name: 'Become owner' }).click();
    for (const [step, link] of [
      ['Protect your account', 'Go on without'],
      ['The engine on this machine', 'Go on'],
      ['Choose how it looks', 'Go on'],
      ['Deploy a first container', 'Not now'],
    ] as const) {
      await page.getByRole('heading', { name: step }).waitFor();
      await page.getByRole('link', { name: link, exact: true }).click();
    }
    await page.getByText('The panel is yours').waitFor();
    await keepPicture(page, 'f1-2-setup-done');
    await panel.adopt(page);

    const late = await panel.page({ signedIn: false });
    await late.goto(`${panel.url}/setup`);
    await late.waitForURL(/\/login/);
    await late.context().close();
  }, 60_000);

  it('runs a preset within five clicks of signing in', async () => {
    await page.context().clearCookies();
    await page.goto(`${panel.url}/login`);
    await page.getByLabel('User name').fill(OWNER.username);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    const clicks = countingClicks();
    await clicks.on(page.getByRole('button', { name: 'Sign in' }));
    await page.waitForURL(({ pathname }) => pathname === '/');
    clicks.reset();

    await clicks.on(page.getByRole('link', { name: 'Catalogue' }).first());
    await clicks.on(page.getByRole('link', { name: 'Tea shop' }));
    await clicks.on(page.getByRole('button', { name: 'Review' }));
    await page.locator('[data-slot="deploy-check"]').first().waitFor();
    await keepPicture(page, 'f1-3-review');
    await clicks.on(page.getByRole('button', { name: 'Deploy' }));
    await page.getByText('tea-shop is running').waitFor({ timeout: 30_000 });
    await keepPicture(page, 'f1-4-running');

    expect(clicks.count()).toBeLessThanOrEqual(MOST_CLICKS);
    await panel.adopt(page);
    const { items } = await panel.api<{ items: { name: string; status: string }[] }>('GET', '/containers?q=tea-shop');
    expect(items).toEqual([expect.objectContaining({ name: 'tea-shop', status: 'running' })]);
  }, 90_000);

  it('shows the generated password once and never again', async () => {
    await page.getByRole('button', { name: 'Show generated secrets' }).click();
    const secret = page.locator('[data-slot="deploy-outcome"] code');
    await secret.waitFor();
    expect((await secret.textContent())?.trim()).toMatch(/^.{24}$/);
    await page.reload();
    await page.getByRole('button', { name: 'Show generated secrets' }).click();
    await page.getByText('it was shown already').waitFor();
  }, 60_000);

  it('follows its log without a reload', async () => {
    await page.goto(await shopPage());
    await page.getByRole('link', { name: 'Logs', exact: true }).click();
    await page.waitForURL(/\/logs/);
    const lines = page.getByText(/^line \d+$/);
    await lines.first().waitFor();
    const newest = async () => Math.max(...(await lines.allTextContents()).map((text) => Number(text.slice(5))));
    const before = await newest();
    await until('new lines arrive', async () => (await newest()) > before + 5);
    await keepPicture(page, 'f1-5-log');
  }, 60_000);

  it('stops it, showing what was asked at once and the truth when it came', async () => {
    await page.goto(await shopPage());
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('[data-slot="container-header"]').getByText('Stopped').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    await keepPicture(page, 'f1-6-stopped');
    expect(await shops()).toEqual([expect.objectContaining({ State: 'exited' })]);
  }, 60_000);

  it('deletes it after naming what goes and what stays, and keeps its memory', async () => {
    await page.goto(await shopPage());
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete tea-shop' });
    await dialog.getByText('The container tea-shop').waitFor();
    await dialog.getByText('The image busybox:local').waitFor();
    await keepPicture(page, 'f1-7-delete');
    await dialog.getByRole('button', { name: 'Delete tea-shop' }).click();
    await page.getByRole('heading', { name: 'tea-shop is gone' }).waitFor();
    await page.getByText(/Deleted by Ada Lovelace/).waitFor();
    await keepPicture(page, 'f1-8-gone');
    expect(await shops()).toEqual([]);
  }, 60_000);
});

async function shops() {
  const { tenant } = await panel.api<{ tenant: { id: string } }>('GET', '/me');
  return labelled(`bailiwick.tenant=${tenant.id}`);
}

async function shopPage(): Promise<string> {
  const { items } = await panel.api<{ items: { id: string }[] }>('GET', '/containers?q=tea-shop');
  const [shop] = items;
  if (!shop) throw new Error('The panel does not know the shop.');
  return `${panel.url}/containers/${shop.id}`;
}

function countingClicks() {
  let clicks = 0;
  return {
    on: async (target: ReturnType<Page['locator']>) => {
      await target.click();
      clicks += 1;
    },
    reset: () => (clicks = 0),
    count: () => clicks,
  };
}
