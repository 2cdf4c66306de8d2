import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepLook, settle } from './look.ts';
import { Panel } from './panel.ts';
import { violations } from './violations.ts';

let panel: Panel;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  await panel.api('POST', '/tenants', { slug: 'acme', name: 'Acme Works' });
  await panel.api('POST', '/users', { tenant: 'acme', username: 'alice', displayName: 'Alice Liddell' });
}, 90_000);
afterAll(() => panel.stop(), 60_000);

describe('what opens above a page', () => {
  it.each(['light', 'dark'] as const)(
    'has no accessibility violation in %s',
    async (colorScheme) => {
      const page = await panel.page({ colorScheme });
      const found: string[] = [];
      const look = async (what: string, within?: string) => {
        await settle(page);
        await keepLook(page, `above-${what}-${colorScheme}`);
        found.push(
          ...(await violations(page, within === undefined ? {} : { within })).map(
            (violation) => `${what}: ${violation}`,
          ),
        );
        await page.keyboard.press('Escape');
      };
      await panel.open(page, '/containers?q=shop');
      await page.getByRole('button', { name: 'Actions for shop-web' }).click();
      await page.getByRole('menu').waitFor();
      // While a menu is open the page behind it is hidden from screen readers and out of the keyboard's reach.
      await look('row-menu', '[role=menu]');
      await page.getByRole('button', { name: 'Actions for shop-web' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByText('This stays').waitFor();
      await look('delete');
      await page.getByRole('checkbox', { name: /^Select all/ }).check();
      await page.getByRole('button', { name: /^Restart \d/ }).click();
      await page.getByRole('dialog').waitFor();
      await look('confirm');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      await look('palette');
      await page.locator('h1').focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await look('shortcuts');
      await page.keyboard.press('Control+.');
      await page.getByRole('dialog').waitFor();
      await look('drawer');
      for (const { path, button } of [
        { path: '/people', button: 'Add person' },
        { path: '/people', button: 'Import' },
        { path: '/tenants', button: 'New tenant' },
        { path: '/access/roles', button: 'Add role' },
        { path: '/teams', button: 'New team' },
        { path: '/projects', button: 'New project' },
      ]) {
        await panel.open(page, path);
        await page.getByRole('button', { name: button }).click();
        await page.getByRole('dialog').waitFor();
        await look(button.toLowerCase().replace(' ', '-'));
      }
      await panel.open(page, '/people');
      await page.getByRole('button', { name: 'Actions for Alice Liddell' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByText('This goes for good').waitFor();
      await look('delete-person');
      await page.context().close();
      expect(found).toEqual([]);
    },
    180_000,
  );
});
