import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { engine, makeContainer } from './engine-api.ts';
import { keepPicture, Panel, until } from './panel.ts';
import { freePort } from './running-pair.ts';

const RUNNING = 11;
let panel: Panel;
let page: Page;
let occupier: net.Server;
let prefix: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  prefix = `bulk-${panel.label.slice(-6)}`;
  const port = await freePort();
  occupier = await occupy(port);
  for (let number = 1; number <= RUNNING; number += 1) await makeContainer(`${prefix}-${number}`, panel.label);
  await makeContainer(`${prefix}-blocked`, panel.label, { start: false, hostPort: port });
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  occupier.close();
  await panel.stop();
}, 120_000);

describe('a bulk action over twelve containers of which one cannot obey', () => {
  it('names all twelve before it reaches them', async () => {
    await panel.open(page, `/containers?q=${prefix}`);
    await until('all twelve are listed', async () => (await rows().count()) === 12);
    await page.getByRole('checkbox', { name: /^Select all/ }).check();
    const bar = page.getByRole('region', { name: 'Chosen containers' });
    await bar.getByText('12 selected').waitFor();
    await keepPicture(page, 'f3-1-chosen');
    await bar.getByRole('button', { name: 'Restart 12' }).click();
    const dialog = page.getByRole('dialog', { name: 'Restart 12 containers' });
    expect(await dialog.getByRole('listitem').allTextContents()).toHaveLength(12);
    await keepPicture(page, 'f3-2-confirm');
  }, 60_000);

  it('changes nothing when it is not confirmed', async () => {
    const before = await startedAt(`${prefix}-1`);
    await page.getByRole('button', { name: 'Keep as it is' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await startedAt(`${prefix}-1`)).toBe(before);
  }, 30_000);

  it('restarts eleven, says once that one failed, and marks the one with its reason', async () => {
    const before = await startedAt(`${prefix}-1`);
    await page.getByRole('button', { name: 'Restart 12' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restart 12 containers' }).click();
    await page.getByText('Restart: 11 done, 1 failed').last().waitFor({ timeout: 60_000 });
    const blocked = rows().filter({ hasText: `${prefix}-blocked` });
    await blocked.getByText(/Not restarted: .*[Pp]ort/).waitFor();
    expect(await page.getByText(/Not restarted/).count()).toBe(1);
    await page.locator('[data-sonner-toast]').getByText('Restart: 11 done, 1 failed').waitFor();
    await keepPicture(page, 'f3-3-one-failed');
    expect(await startedAt(`${prefix}-1`)).not.toBe(before);
    await blocked.getByRole('button', { name: /^Dismiss/ }).click();
    await page.getByText(/Not restarted/).waitFor({ state: 'detached' });
  }, 90_000);

  it('keeps every answer on the page of the operation', async () => {
    await page.getByRole('button', { name: 'Details' }).click();
    await page.waitForURL(/\/activity\/op_/);
    await page.reload();
    expect(await page.locator('[data-slot="bulk-item"][data-ok="true"]').count()).toBe(RUNNING);
    const [failed] = await page.locator('[data-slot="bulk-item"][data-ok="false"]').allTextContents();
    expect(failed).toContain(`${prefix}-blocked`);
    await keepPicture(page, 'f3-4-operation');
  }, 60_000);

  it("keeps the filtered list behind the browser's Back", async () => {
    await page.goBack();
    await page.waitForURL(new RegExp(`q=${prefix}`));
    await until('all twelve are listed again', async () => (await rows().count()) === 12);
  }, 30_000);
});

describe('the list under the keyboard', () => {
  it('moves, chooses a range and stops without a mouse', async () => {
    await panel.open(page, `/containers?q=${prefix}`);
    await until('all are listed', async () => (await rows().count()) === 12);
    await page.locator('h1').focus();
    for (const key of ['j', 'x', 'j', 'j', 'Shift+X']) await page.keyboard.press(key);
    await page.getByText('3 selected').waitFor();
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await page.locator('h1').focus();
    await page.keyboard.press('j');
    const first = rows().first();
    await first.locator('[data-row-link]:focus').waitFor();
    await page.keyboard.press('Shift+S');
    await keepPicture(page, 'list-stopping');
    await first.getByText('Stopped').waitFor({ timeout: 20_000 });
    await page.keyboard.press('p');
    await page.waitForURL(/peek=ct_/);
    await page
      .getByText(/^line \d+/)
      .first()
      .waitFor();
    await keepPicture(page, 'list-peek');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/containers\/ct_/);
    await page.keyboard.press('u');
    await page.waitForURL(new RegExp(`/containers\\?q=${prefix}`));
  }, 90_000);

  it('shows what somebody else did, without a reload', async () => {
    await panel.open(page, `/containers?q=${prefix}-2`);
    const row = rows().filter({ has: page.getByRole('link', { name: `${prefix}-2`, exact: true }) });
    await row.getByText('Running').waitFor();
    await engine('POST', `/containers/${prefix}-2/kill?signal=SIGKILL`);
    await row.getByText('Exited (137)').waitFor();
    await engine('DELETE', `/containers/${prefix}-2`);
    await row.waitFor({ state: 'detached' });
  }, 60_000);
});

const rows = () => page.locator('[data-slot="container-row"]');

async function startedAt(name: string): Promise<string> {
  const { State } = await engine<{ State: { StartedAt: string } }>('GET', `/containers/${name}/json`);
  return State.StartedAt;
}

function occupy(port: number): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
