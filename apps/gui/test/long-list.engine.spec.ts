import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { makeContainer } from './engine-api.ts';
import { keepPicture, Panel, until } from './panel.ts';

const COUNT = 120;
const AT_ONCE = 8;
let panel: Panel;
let page: Page;
let prefix: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  prefix = `long-${panel.label.slice(-6)}`;
  const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
        await makeContainer(`${prefix}-${number}`, panel.label, { start: false });
      }
    }),
  );
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 120_000);

describe('a list longer than the screen', () => {
  it('knows all rows and draws those near the window', async () => {
    await panel.open(page, `/containers?q=${prefix}`);
    await page.getByText(`${COUNT} of`).waitFor();
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    expect(await rows().count()).toBeLessThan(80);
    await page.getByRole('link', { name: `${prefix}-1`, exact: true }).waitFor();
  }, 60_000);

  it('draws the last rows when they are scrolled to, with the heading still in sight', async () => {
    await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight }));
    await page.getByRole('link', { name: `${prefix}-${COUNT}`, exact: true }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Name' }).isVisible()).toBe(true);
    const box = await page.getByRole('columnheader', { name: 'Name' }).boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    await keepPicture(page, 'long-list-end');
  }, 60_000);

  it('chooses all of them, also those that are not drawn', async () => {
    await page.evaluate(() => window.scrollTo({ top: 0 }));
    await page.getByRole('checkbox', { name: `Select all ${COUNT} shown` }).check();
    await page.getByText(`${COUNT} selected`).waitFor();
    await page.getByRole('button', { name: 'Clear selection' }).click();
  }, 60_000);

  it('is walked by the keyboard beyond what is drawn', async () => {
    await page.locator('h1').focus();
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('j');
    await until('the sixtieth row has the focus', async () => {
      const focused = await page.evaluate(() => document.activeElement?.textContent);
      return focused === `${prefix}-60`;
    });
    const isInSight = await page.evaluate(() => {
      const box = document.activeElement?.getBoundingClientRect();
      return (
        box !== undefined && document.elementFromPoint(box.x + 4, box.y + box.height / 2) === document.activeElement
      );
    });
    expect(isInSight).toBe(true);
  }, 60_000);
});

const rows = () => page.locator('[data-slot="container-row"]');
