import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { makeContainer } from './engine-api.ts';
import { keepPicture, Panel } from './panel.ts';

let panel: Panel;
let page: Page;
let name: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  name = `outage-${panel.label.slice(-6)}`;
  await makeContainer(name, panel.label);
  page = await panel.page();
}, 60_000);
afterAll(() => panel.stop(), 60_000);

const row = () => page.locator('[data-slot="container-row"]').filter({ hasText: name });
const chip = () => page.locator('[data-slot="live-chip"]');

describe('an engine that goes away and comes back', () => {
  it('leaves the last known list on the screen, says since when, and offers nothing that cannot be done', async () => {
    await page.goto(`${panel.url}/containers?q=${name}`);
    await row().getByText('Running').waitFor();
    await panel.line.cut();
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor({ timeout: 20_000 });
    await row().getByText('Unknown').waitFor();
    await row()
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await page.getByRole('menuitem', { name: /Stop/ }).getByText('Its engine does not answer.').waitFor();
    await page.keyboard.press('Escape');
    await keepPicture(page, 'f11-1-engine-offline');
  }, 60_000);

  it('shows the container page from what was last known', async () => {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText('this is what was last known').waitFor();
    expect(await page.getByRole('button', { name: 'Restart' }).isDisabled()).toBe(true);
    await keepPicture(page, 'f11-2-container-offline');
  }, 60_000);

  it('tells the truth again within ten seconds of its return, without a reload', async () => {
    await panel.line.mend();
    await page.locator('[data-slot="container-header"]').getByText('Running').waitFor({ timeout: 10_000 });
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor({ state: 'detached' });
    await keepPicture(page, 'f11-3-back');
  }, 60_000);
});

describe('a core that goes away and comes back', () => {
  it('keeps the page, says that it is reconnecting, and is live again by itself', async () => {
    await page.goto(`${panel.url}/containers?q=${name}`);
    await row().getByText('Running').waitFor();
    await panel.stopCore();
    await chip()
      .getByText(/Reconnecting/)
      .waitFor();
    await row().getByText('Running').waitFor();
    await keepPicture(page, 'core-1-reconnecting');
    await panel.startCore();
    await chip().getByText('Live').waitFor({ timeout: 20_000 });
  }, 90_000);

  it('shows that it is away to whoever opens a page now, and shows the page when it is back', async () => {
    await panel.stopCore();
    await page.goto(`${panel.url}/containers?q=${name}`);
    await page.getByRole('heading', { name: 'The core is offline' }).waitFor();
    await keepPicture(page, 'core-2-offline');
    await panel.startCore();
    await row().getByText('Running').waitFor({ timeout: 30_000 });
  }, 90_000);
});
