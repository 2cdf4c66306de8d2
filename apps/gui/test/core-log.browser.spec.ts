import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { keepPicture, Panel, until } from './panel.ts';
import { violations } from './violations.ts';

let panel: Panel;
let page: Page;
beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

describe('the log of the core (N35, N36)', () => {
  const lines = () => page.locator('[data-slot="log-line"]');
  const last = async () => (await lines().last().textContent()) ?? '';

  it('shows what was said and what is said from now on', async () => {
    await page.goto(`${panel.url}/settings/core-log`);
    await until('it is live', () => page.locator('[data-slot="core-log-state"][data-state="live"]').isVisible());
    const before = await lines().count();
    expect(before).toBeGreaterThan(0);
    await page.evaluate(
      `new WebSocket(location.origin.replace('http', 'ws') + '/api/v1/logs/stream?container=nonsense')`,
    );
    await until('the refusal is told', async () => (await last()).includes('sockets: A socket was refused'));
    expect(await lines().count()).toBeGreaterThan(before);
    await keepPicture(page, 'core-log');
  }, 60_000);

  it('is narrowed by words and by level', async () => {
    await page.getByRole('searchbox', { name: 'Search the log' }).fill('nothing says this');
    await page.getByText('No entry matches').waitFor();
    await page.getByRole('searchbox', { name: 'Search the log' }).fill('');
    await page.getByLabel('Least level').selectOption('fatal');
    await page.getByText('No entry matches').waitFor();
    await page.getByLabel('Least level').selectOption('trace');
    expect(await violations(page)).toEqual([]);
  }, 30_000);
});
