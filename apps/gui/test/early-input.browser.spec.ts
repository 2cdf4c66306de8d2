import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Panel } from './panel.ts';

let panel: Panel;
let page: Page;
beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

/** The page as the server sent it: its scripts come when the returned function is called. */
async function openUnheard(address: string): Promise<() => Promise<void>> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(panel.url + address, { waitUntil: 'commit' });
  return async () => {
    release();
    await page.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor();
    await page.unroute('**/_next/static/**/*.js');
  };
}

it('chooses the rows that were ticked before the page listened', async () => {
  const listen = await openUnheard('/containers');
  await page.getByRole('checkbox', { name: /^Select all/ }).check();
  expect(await page.getByRole('region', { name: 'Chosen containers' }).count()).toBe(0);
  await listen();
  await page
    .getByRole('region', { name: 'Chosen containers' })
    .getByText(/\d+ selected/)
    .waitFor();
  expect(await page.getByRole('checkbox', { name: /^Select all/ }).isChecked()).toBe(true);
}, 60_000);

it('filters by what was typed before the page listened', async () => {
  const listen = await openUnheard('/alerts');
  await page.getByLabel('Filter alerts').fill('no such thing');
  await listen();
  await page.getByText('No alert matches').waitFor();
}, 60_000);
