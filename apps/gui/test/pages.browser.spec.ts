import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { keepPicture, Panel } from './panel.ts';
import { violations } from './violations.ts';

let panel: Panel;
let pages: { name: string; path: string; text: RegExp }[];

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  const { items } = await panel.api<{ items: { id: string; name: string }[] }>('GET', '/containers?q=shop-web');
  const [shop] = items;
  if (!shop) throw new Error('The demo has no shop-web.');
  const container = `/containers/${shop.id}`;
  const { operation } = await panel.api<{ operation: { id: string } }>('POST', '/containers/bulk', {
    action: 'restart',
    ids: [shop.id],
  });
  const { item: grace } = await panel.api<{ item: { id: string } }>('POST', '/users', {
    username: 'grace',
    displayName: 'Grace',
  });
  await panel.api('PATCH', `/users/${grace.id}`, { displayName: 'Grace Hopper' });
  const { items: events } = await panel.api<{ items: { id: string }[] }>('GET', '/audit?action=people.update');
  const [changed] = events;
  if (!changed) throw new Error('The change of a person left no row.');
  await panel.api('POST', '/tenants', { slug: 'acme', name: 'Acme Works' });
  const { item: alice } = await panel.api<{ item: { id: string } }>('POST', '/users', {
    tenant: 'acme',
    username: 'alice',
    displayName: 'Alice Liddell',
    roleTag: 'tester',
  });
  const person = `/people/${alice.id}`;
  const { user } = await panel.api<{ user: { id: string } }>('GET', '/me');
  pages = [
    { name: 'containers', path: '/containers', text: /shop-web/ },
    { name: 'containers-filtered-away', path: '/containers?q=nothing-is-called-this', text: /No container matches/ },
    { name: 'peek', path: `/containers?peek=${shop.id}`, text: /shop-web/ },
    { name: 'container', path: container, text: /Restart policy/ },
    { name: 'container-logs', path: `${container}/logs`, text: /shop-web/ },
    { name: 'container-inspect', path: `${container}/inspect`, text: /What the engine says/ },
    { name: 'container-activity', path: `${container}/activity`, text: /shop-web/ },
    { name: 'gone', path: '/containers/ct_aaaaaaaaaaaaaaaa', text: /This container is gone/ },
    { name: 'catalogue', path: '/catalogue', text: /Tea shop[^]*broken\.json/ },
    { name: 'deploy', path: '/deploy/tea-shop', text: /Greeting/ },
    { name: 'activity', path: '/activity', text: /Ada Lovelace/ },
    { name: 'operation', path: `/activity/${operation.id}`, text: /Steps/ },
    { name: 'environments', path: '/environments', text: /Environments/ },
    { name: 'audit', path: '/audit', text: /Set up the panel/ },
    { name: 'audit-filtered', path: '/audit?action=people.update&via=panel', text: /Change a person[^]*grace/ },
    { name: 'audit-nothing', path: '/audit?q=nothing-is-called-this', text: /No event matches/ },
    { name: 'audit-event', path: `/audit/${changed.id}`, text: /Before[^]*After[^]*Grace/ },
    { name: 'profile', path: '/account/profile', text: /User name[^]*ada/ },
    { name: 'security', path: '/account/security', text: /every other session[^]*Where you are signed in/ },
    { name: 'own-activity', path: '/account/activity', text: /Set up the panel/ },
    { name: 'people', path: '/people', text: /Ada Lovelace[^]*Alice Liddell/ },
    { name: 'people-filtered-away', path: '/people?q=nobody-is-called-this', text: /Nobody matches 1 filter/ },
    { name: 'person', path: person, text: /Alice Liddell[^]*Keep them out/ },
    { name: 'person-access', path: `${person}/access`, text: /Role on the panel/ },
    { name: 'person-sessions', path: `/people/${user.id}/sessions`, text: /Last used/ },
    { name: 'person-without-sessions', path: `${person}/sessions`, text: /Signed in nowhere/ },
    { name: 'oneself', path: `/people/${user.id}/access`, text: /This is your own account/ },
    { name: 'person-tokens', path: `${person}/tokens`, text: /No tokens/ },
    { name: 'person-activity', path: `${person}/activity`, text: /Add a person[^]*You/ },
    { name: 'settings-sign-in', path: '/settings/sign-in', text: /Needed for/ },
    { name: 'person-gone', path: '/people/usr_aaaaaaaaaaaaaaaa', text: /This person is gone/ },
    { name: 'roles', path: '/roles', text: /moderator/ },
    { name: 'tenants', path: '/tenants', text: /Acme Works/ },
    { name: 'appearance', path: '/account/appearance', text: /Appearance/ },
    { name: 'tokens', path: '/account/tokens', text: /Access tokens/ },
    { name: 'nowhere', path: '/nowhere', text: /There is nothing here/ },
  ];
}, 90_000);
afterAll(() => panel.stop(), 60_000);

describe('every page', () => {
  it('has its content in HTML with JavaScript off', async () => {
    const page = await panel.page({ javaScriptEnabled: false });
    // The framework sends the 404 of an unknown address as a script.
    for (const { path, text } of pages.filter((each) => each.name !== 'nowhere')) {
      await page.goto(panel.url + path);
      expect({ path, text: await page.locator('main').innerText() }).toEqual({
        path,
        text: expect.stringMatching(text),
      });
    }
    await page.context().close();
  }, 240_000);

  it.each(['light', 'dark'] as const)(
    'has no accessibility violation in %s',
    async (colorScheme) => {
      const page = await panel.page({ colorScheme });
      const found: string[] = [];
      for (const { name, path } of pages) {
        await open(page, path);
        await keepPicture(page, `page-${name}-${colorScheme}`);
        found.push(...(await violations(page)).map((violation) => `${path}: ${violation}`));
      }
      await page.context().close();
      expect(found).toEqual([]);
    },
    240_000,
  );

  it('fits a phone without scrolling sideways, also there without violations', async () => {
    const page = await panel.page({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const found: string[] = [];
    for (const { name, path } of pages.filter((each) => each.name !== 'peek')) {
      await open(page, path);
      await keepPicture(page, `page-${name}-phone`);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (excess > 0) found.push(`${path}: ${excess} px too wide`);
      found.push(...(await violations(page)).map((violation) => `${path}: ${violation}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
  }, 240_000);

  it.each(['light', 'dark'] as const)(
    'has no violation in what opens above it in %s',
    async (colorScheme) => {
      const page = await panel.page({ colorScheme });
      const found: string[] = [];
      const look = async (what: string, within = 'html') => {
        await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
        await keepPicture(page, `above-${what}-${colorScheme}`);
        found.push(...(await violations(page, within)).map((violation) => `${what}: ${violation}`));
        await page.keyboard.press('Escape');
      };
      await open(page, '/containers?q=shop');
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
        { path: '/roles', button: 'Add role' },
      ]) {
        await open(page, path);
        await page.getByRole('button', { name: button }).click();
        await page.getByRole('dialog').waitFor();
        await look(button.toLowerCase().replace(' ', '-'));
      }
      await open(page, '/people');
      await page.getByRole('button', { name: 'Actions for Alice Liddell' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByText('This goes for good').waitFor();
      await look('delete-person');
      await page.context().close();
      expect(found).toEqual([]);
    },
    180_000,
  );

  it('has one main heading and a title of its own', async () => {
    const page = await panel.page();
    const titles = new Set<string>();
    for (const { path } of pages) {
      await open(page, path);
      expect({ path, headings: await page.locator('h1').count() }).toEqual({ path, headings: 1 });
      titles.add(await page.title());
    }
    expect(titles.size).toBeGreaterThan(8);
    await page.context().close();
  }, 240_000);

  it('asks nobody but the panel', async () => {
    const page = await panel.page();
    const strangers: string[] = [];
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:' && origin !== panel.url) strangers.push(request.url());
    });
    for (const { path } of pages) await open(page, path);
    expect(strangers).toEqual([]);
    await page.context().close();
  }, 240_000);

  it('breaks nothing in the console', async () => {
    const page = await panel.page();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 404/.test(message.text())) errors.push(message.text());
    });
    for (const { path } of pages) await open(page, path);
    expect(errors).toEqual([]);
    await page.context().close();
  }, 240_000);
});

describe('light and dark', () => {
  it('follow the system on the first visit', async () => {
    for (const [colorScheme, isDark] of [
      ['dark', true],
      ['light', false],
    ] as const) {
      const page = await panel.page({ colorScheme });
      await open(page, '/containers');
      expect((await brightness(page)) < 128).toBe(isDark);
      await page.context().close();
    }
  }, 60_000);

  it('persist over a reload once chosen', async () => {
    const page = await panel.page({ colorScheme: 'light' });
    await open(page, '/containers');
    await page.keyboard.press('Control+Shift+L');
    await page.locator('html[data-mode="dark"]').waitFor();
    await page.reload();
    expect(await brightness(page)).toBeLessThan(128);
    await page.keyboard.press('Control+Shift+L');
    await page.locator('html[data-mode="light"]').waitFor();
    await panel.api('PUT', '/me/appearance', { theme: 'cobalt', mode: 'system', density: 'regular', motion: 'system' });
    await page.context().close();
  }, 60_000);
});

describe('the address of a list', () => {
  it('brings the same view in another browser', async () => {
    const page = await panel.page();
    await open(page, '/containers');
    await page.getByRole('searchbox').fill('shop');
    await page.getByRole('combobox', { name: 'Status' }).selectOption('running');
    await page.getByRole('link', { name: 'Image', exact: true }).click();
    await page.waitForURL(/sort=image/);
    await page.locator('th[aria-sort="ascending"]').filter({ hasText: 'Image' }).waitFor();
    await settled(page, 4);
    const names = await rowNames(page);
    expect(names).toEqual(['shop-web', 'shop-db', 'shop-cache', 'shop-api']);
    const other = await panel.page();
    await other.goto(page.url());
    await settled(other, 4);
    expect(await rowNames(other)).toEqual(names);
    await page.context().close();
    await other.context().close();
  }, 60_000);
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(panel.url + path);
  await page.locator('h1').first().waitFor();
  await page.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
}

/** Until the list shows so many rows: what was asked for is drawn a moment later. */
const settled = (page: Page, rows: number) =>
  page.waitForFunction((count) => document.querySelectorAll('[data-row-link]').length === count, rows);
const rowNames = (page: Page): Promise<string[]> => page.locator('[data-row-link]').allTextContents();

/** Of the page's own ground, 0 black to 255 white. */
const brightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const channels =
      getComputedStyle(document.body)
        .backgroundColor.match(/[\d.]+/g)
        ?.slice(0, 3)
        .map(Number) ?? [];
    return channels.reduce((sum, channel) => sum + channel, 0) / channels.length;
  });
