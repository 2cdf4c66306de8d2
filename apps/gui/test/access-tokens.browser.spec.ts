import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { keepLook } from './look.ts';
import { Panel } from './panel.ts';
import { violations } from './violations.ts';

let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
}, 90_000);
afterAll(() => panel.stop(), 60_000);

const make = (wish: object) =>
  panel.api('POST', '/me/tokens', { name: 'metrics', capabilities: ['containers.see'], ...wish });
const asBearer = (token: string) =>
  fetch(`${panel.url}/api/v1/containers`, { headers: { authorization: `Bearer ${token}` } });

async function open(page: Page): Promise<void> {
  await page.goto(`${panel.url}/account/tokens`);
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
}

async function violationsAtRest(page: Page): Promise<string[]> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  return violations(page);
}

describe('the page of access tokens', () => {
  it('makes a token, shows it once, and the token works until it is revoked', async () => {
    const page = await panel.page();
    await open(page);
    await page.getByRole('heading', { name: 'No tokens yet' }).waitFor();
    await page.getByRole('button', { name: 'Create token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create token' }).click();
    await dialog.getByText('Give it a name.').waitFor();
    await dialog.getByText('Choose at least one.').waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly restart');
    await dialog.getByRole('checkbox', { name: 'restart', exact: true }).check();
    await dialog.getByLabel('Expires in').selectOption('7');
    await dialog.getByRole('button', { name: 'Create token' }).click();
    const told = dialog.getByRole('textbox', { name: 'The token Nightly restart' });
    const token = (await told.innerText()).trim();
    expect(token).toMatch(/^bw_[\w-]{49}$/);
    expect((await asBearer(token)).status).toBe(200);
    // Neither a key nor a click beside it loses what is shown only now.
    await page.keyboard.press('Escape');
    await told.waitFor();
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    const row = page.getByRole('list', { name: 'Your access tokens' });
    await row.getByText('Containers: see and restart').waitFor();
    await row.getByText(/^Expires in [67] days$/).waitFor();
    expect(await page.content()).not.toContain(token);
    await page.getByRole('button', { name: 'Revoke Nightly restart' }).click();
    expect(await dialog.getByRole('button', { name: 'Keep it' }).evaluate((it) => it === document.activeElement)).toBe(
      true,
    );
    await dialog.getByRole('button', { name: 'Revoke Nightly restart' }).click();
    await page.getByRole('heading', { name: 'No tokens yet' }).waitFor();
    expect((await asBearer(token)).status).toBe(401);
    await page.context().close();
  }, 60_000);

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'is without violation in %s at %i, with its dialogs',
    async (colorScheme, width) => {
      await make({ name: `For ${colorScheme} at ${width}`, grave: true, expiresInDays: 7 });
      await make({
        name: `A name as long as somebody may want it, ${colorScheme} at ${width} pixels`,
        capabilities: ['containers.create', 'containers.start', 'containers.stop', 'operations.see', 'people.see'],
      });
      const page = await panel.page({ colorScheme, viewport: { width, height: 844 } });
      await open(page);
      const found: string[] = [];
      const look = async (what: string) => {
        found.push(...(await violationsAtRest(page)).map((violation) => `${what}: ${violation}`));
        await keepLook(page, `tokens-${what}-${colorScheme}-${width}`);
      };
      await look('list');
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(excess).toBeLessThanOrEqual(0);
      await page.getByRole('button', { name: 'Create token' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Name' }).fill('shown');
      await dialog.getByRole('checkbox', { name: 'All of Containers' }).check();
      await look('create');
      await dialog.getByRole('button', { name: 'Create token' }).click();
      await dialog.getByRole('button', { name: 'I have copied it' }).waitFor();
      await look('made');
      await dialog.getByRole('button', { name: 'I have copied it' }).click();
      await page.getByRole('button', { name: 'Revoke shown' }).first().click();
      await dialog.waitFor();
      await look('revoke');
      await page.context().close();
      expect(found).toEqual([]);
    },
    90_000,
  );
});
