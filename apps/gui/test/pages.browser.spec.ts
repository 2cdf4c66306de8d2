import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { keepLook, settle } from './look.ts';
import { give } from './member.ts';
import { Panel } from './panel.ts';
import { IN_THE_DARK, violations } from './violations.ts';

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
  const { item: team } = await panel.api<{ item: { id: string } }>('POST', '/teams', {
    name: 'Backend',
    members: [grace.id],
  });
  const { item: project } = await panel.api<{ item: { id: string } }>('POST', '/projects', {
    name: 'Web shop',
    tags: ['web'],
  });
  await panel.api('POST', `/projects/${project.id}/containers/link`, { ids: [shop.id] });
  await give(panel, { kind: 'team', id: team.id }, { kind: 'project', id: project.id }, null);
  const person = `/people/${alice.id}`;
  const { user } = await panel.api<{ user: { id: string } }>('GET', '/me');
  pages = [
    { name: 'home', path: '/', text: /Needs attention/ },
    { name: 'containers', path: '/containers', text: /shop-web/ },
    { name: 'containers-of-nobody', path: '/containers?owner=me', text: /No container matches/ },
    { name: 'requests', path: '/access/requests', text: /Nobody asks you for anything/ },
    { name: 'requests-mine', path: '/access/requests?tab=mine', text: /You have not asked for anything/ },
    { name: 'request-gone', path: '/access/requests/ask_aaaaaaaaaaaaaaaa', text: /This request is gone/ },
    { name: 'explain', path: '/access/explain', text: /Explain access/ },
    { name: 'own-access', path: '/account/access', text: /What you can reach/ },
    { name: 'containers-filtered-away', path: '/containers?q=nothing-is-called-this', text: /No container matches/ },
    { name: 'peek', path: `/containers?peek=${shop.id}`, text: /shop-web/ },
    { name: 'container', path: container, text: /Restart policy/ },
    { name: 'container-logs', path: `${container}/logs`, text: /shop-web/ },
    { name: 'container-inspect', path: `${container}/inspect`, text: /What the engine says/ },
    { name: 'container-activity', path: `${container}/activity`, text: /shop-web/ },
    { name: 'container-access', path: `${container}/access`, text: /What roles mean here/ },
    { name: 'gone', path: '/containers/ct_aaaaaaaaaaaaaaaa', text: /This container is gone/ },
    { name: 'catalogue', path: '/catalogue', text: /Tea shop[^]*broken\.json/ },
    { name: 'deploy', path: '/deploy/tea-shop', text: /Greeting/ },
    { name: 'activity', path: '/activity', text: /Ada Lovelace/ },
    { name: 'operation', path: `/activity/${operation.id}`, text: /Steps/ },
    { name: 'statistics', path: '/statistics', text: /Statistics[^]*Set up the panel/ },
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
    { name: 'roles', path: '/access/roles', text: /moderator/ },
    { name: 'role', path: '/access/roles/developer', text: /it cannot be changed[^]*Hand on access/ },
    { name: 'role-gone', path: '/access/roles/nobody', text: /This role is gone/ },
    { name: 'teams', path: '/teams', text: /Backend[^]*Grace Hopper/ },
    { name: 'teams-filtered-away', path: '/teams?q=nothing-is-called-this', text: /No team matches 1 filter/ },
    { name: 'team', path: `/teams/${team.id}`, text: /What it was given[^]*lower number counts/ },
    { name: 'team-gone', path: '/teams/tea_aaaaaaaaaaaaaaaa', text: /This team is gone/ },
    { name: 'projects', path: '/projects', text: /Web shop/ },
    { name: 'projects-archived', path: '/projects?tab=archived', text: /No archived projects/ },
    { name: 'projects-filtered-away', path: '/projects?q=nothing-is-called-this', text: /No project matches 1 filter/ },
    { name: 'project', path: `/projects/${project.id}`, text: /shop-web/ },
    { name: 'project-members', path: `/projects/${project.id}/members`, text: /Backend[^]*Default role/ },
    { name: 'project-settings', path: `/projects/${project.id}/settings`, text: /Quota/ },
    { name: 'project-gone', path: '/projects/prj_aaaaaaaaaaaaaaaa', text: /There is no such project for you/ },
    { name: 'containers-of-project', path: `/containers?project=${project.id}`, text: /shop-web/ },
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

  describe('on a desk', () => {
    const titles = new Set<string>();
    const found = {
      violations: [] as string[],
      headings: [] as string[],
      strangers: [] as string[],
      errors: [] as string[],
    };
    beforeAll(async () => {
      const page = await panel.page({ colorScheme: 'light' });
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol !== 'data:' && protocol !== 'blob:' && origin !== panel.url) found.strangers.push(request.url());
      });
      page.on('pageerror', (error) => found.errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 404/.test(message.text())) found.errors.push(message.text());
      });
      for (const { name, path } of pages) {
        await panel.open(page, path);
        titles.add(await page.title());
        const headings = await page.locator('h1').count();
        if (headings !== 1) found.headings.push(`${path}: ${headings}`);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await settle(page);
          await keepLook(page, `page-${name}-${colorScheme}`);
          const rules = colorScheme === 'dark' ? IN_THE_DARK : [];
          found.violations.push(
            ...(await violations(page, { rules })).map((each) => `${path} ${colorScheme}: ${each}`),
          );
        }
      }
      await page.context().close();
    }, 240_000);

    it('has no accessibility violation, and contrast enough in the dark, too', () =>
      expect(found.violations).toEqual([]));

    it('has one main heading and a title of its own', () => {
      expect(found.headings).toEqual([]);
      expect(titles.size).toBeGreaterThan(8);
    });

    it('asks nobody but the panel', () => expect(found.strangers).toEqual([]));

    it('breaks nothing in the console', () => expect(found.errors).toEqual([]));
  });

  it('fits a phone without scrolling sideways, also there without violations', async () => {
    const page = await panel.page({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const found: string[] = [];
    for (const { name, path } of pages.filter((each) => each.name !== 'peek')) {
      await panel.open(page, path);
      await keepLook(page, `page-${name}-phone`);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (excess > 0) found.push(`${path}: ${excess} px too wide`);
      found.push(...(await violations(page)).map((violation) => `${path}: ${violation}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
  }, 240_000);
});

describe('light and dark', () => {
  it('follow the system on the first visit', async () => {
    for (const [colorScheme, isDark] of [
      ['dark', true],
      ['light', false],
    ] as const) {
      const page = await panel.page({ colorScheme });
      await panel.open(page, '/containers');
      expect((await brightness(page)) < 128).toBe(isDark);
      await page.context().close();
    }
  }, 60_000);

  it('persist over a reload once chosen', async () => {
    const page = await panel.page({ colorScheme: 'light' });
    await panel.open(page, '/containers');
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
    await panel.open(page, '/containers');
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
