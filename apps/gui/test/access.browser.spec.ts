import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AccessChange,
  type Capability,
  type Explanation,
  FLAGS,
  isOffered,
  type TargetAccess,
} from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel, PASSWORD, until } from './panel.ts';

let panel: Panel;
let page: Page;
/** Tania's own browser, and Lena's. */
let hers: Page;
let lenas: Page;
let tania: { id: string };
let lena: { id: string };
let containers: { id: string; name: string }[];

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  tania = await add('tania', 'Tania Sokolova');
  lena = await add('lena', 'Lena Vogt');
  await add('ben', 'Ben Okafor');
  containers = (await panel.api<{ items: typeof containers }>('GET', '/containers?status=running')).items;
  page = await panel.page();
  hers = await panel.page({ signedIn: false });
  lenas = await panel.page({ signedIn: false });
  await signIn(hers, 'tania');
  await signIn(lenas, 'lena');
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const add = async (username: string, displayName: string) =>
  (await panel.api<{ item: { id: string } }>('POST', '/users', { username, displayName, password: PASSWORD })).item;
const thing = (at: number): { id: string; name: string } => {
  const found = containers[at];
  if (!found) throw new Error('The demo has too few running containers.');
  return found;
};
const cell = (name: string, what: string, on = page): Locator =>
  on.getByRole('grid').getByRole('button', { name: new RegExp(`^${name}: ${what}: `) });
const bar = (on = page): Locator => on.getByRole('region', { name: 'Unsaved changes of access' });
const dialog = (name: string | RegExp, on = page): Locator => on.getByRole('dialog', { name });
const openTab = async ({ id, name }: { id: string; name: string }, on = page): Promise<void> => {
  await panel.open(on, `/containers/${id}/access`);
  await on.getByRole('grid', { name: `Access to ${name}: who may do what` }).waitFor();
};
const save = async (on = page): Promise<void> => {
  await bar(on).getByRole('button', { name: 'Review and save' }).click();
  const review = dialog(/^Save \d+ change/, on);
  await review.locator('[data-slot=access-preview]').waitFor();
  await review.getByRole('button', { name: 'Save', exact: true }).click();
  await review.waitFor({ state: 'hidden' });
  await bar(on).waitFor({ state: 'hidden' });
};
const grant = (target: { id: string }, who: { id: string }, more: object) =>
  panel.api('POST', '/access/changes', {
    changes: [
      {
        op: 'grant',
        principal: { kind: 'user', id: who.id },
        target: { kind: 'container', id: target.id },
        role: null,
        allow: [],
        deny: [],
        expiresAt: null,
        version: 0,
        ...more,
      },
    ] as AccessChange[],
  });
const may = async (who: { id: string }, on: { id: string }, capability: Capability): Promise<boolean> =>
  (
    await panel.api<Explanation>(
      'GET',
      `/access/explain?principal=${who.id}&resource=${on.id}&capability=${capability}`,
    )
  ).allowed;
/** What a person's own browser is answered. */
const post = (on: Page, address: string): Promise<number> =>
  on.evaluate(async (path) => {
    const me = (await (await fetch('/api/v1/me')).json()) as { csrf: string };
    const headers = { 'content-type': 'application/json', 'x-csrf': me.csrf };
    return (await fetch(`/api/v1${path}`, { method: 'POST', headers, body: '{}' })).status;
  }, address);

describe('giving access', () => {
  it('says at first that nobody has any, and is done from the keyboard alone', async () => {
    await openTab(thing(0));
    await page.getByText('Nobody has been given anything here').waitFor();
    await look(page, 'access-nobody');
    await page.getByRole('button', { name: 'Give access' }).first().focus();
    await page.keyboard.press('Enter');
    const give = dialog(`Give access to ${thing(0).name}`);
    await give.getByRole('option', { name: /Tania Sokolova/ }).waitFor();
    await page.keyboard.type('tan');
    await until('one is left', async () => (await give.getByRole('listbox').getByRole('option').count()) === 1);
    await look(page, 'access-give');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('o');
    await page.keyboard.press('p');
    expect(await give.getByLabel('Role').inputValue()).toBe('operator');
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await bar().getByText('1 unsaved change').waitFor();

    // From the only stop of the grid with the arrow keys.
    await page.getByRole('grid').locator('[tabindex="0"]').focus();
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('ArrowRight');
    expect(await focusedLabel()).toMatch(/^Tania Sokolova: Operate: 7 of 8 allowed/);
    await page.keyboard.press('?');
    expect(await focusedLabel()).toMatch(/^Tania Sokolova: Start: allowed by the role/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    expect(await focusedLabel()).toBe('Tania Sokolova: Stop: denied by exception, not saved yet');
    await page.getByText('minus Stop').first().waitFor();
    await look(page, 'access-staged');
    await bar().getByRole('button', { name: 'Review and save' }).focus();
    await page.keyboard.press('Enter');
    const review = dialog('Save 1 change of access');
    await review.getByText('The rights of 1 person change.').waitFor();
    await review.getByText('Tania Sokolova').waitFor();
    await review.getByLabel('Reason').fill('Nobody stops the shop');
    await look(page, 'access-review');
    await review.getByLabel('Reason').press('Tab');
    for (const name of ['Keep editing', 'Save']) {
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(name);
      if (name !== 'Save') await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByText('Access saved').waitFor();
    await bar().waitFor({ state: 'hidden' });
    expect(await may(tania, thing(0), 'containers.restart')).toBe(true);
    expect(await may(tania, thing(0), 'containers.stop')).toBe(false);
  }, 180_000);

  it('explains every cell: which rule decided, who set it and why, and what would change it', async () => {
    await openTab(thing(0));
    await page.getByRole('button', { name: 'Operate: show every right' }).click();
    await cell('Tania Sokolova', 'Stop').focus();
    await page.keyboard.press('?');
    const why = page.locator('[data-slot=explain]');
    await why.getByRole('heading', { name: 'Tania Sokolova may not use “Stop” here' }).waitFor();
    const winning = why.locator('[data-wins=true]');
    await winning.getByText('decides').waitFor();
    await winning
      .getByText('Operator, minus Stop, given to Tania Sokolova by Ada Lovelace', { exact: false })
      .waitFor();
    await winning.getByText('Reason: Nobody stops the shop').waitFor();
    await look(page, 'access-explain');
    await why.getByRole('button', { name: 'Remove the exception' }).click();
    await bar().getByText('Tania Sokolova gains Stop').waitFor();
    expect(await focusedLabel()).toBe('Tania Sokolova: Stop: allowed by the role, not saved yet');
    await bar().getByRole('button', { name: 'Discard' }).click();
    await bar().waitFor({ state: 'hidden' });
    await page.goto(`${panel.url}/containers/${thing(0).id}/access?explain=${tania.id}.containers.start`);
    const linked = page.getByRole('dialog').getByRole('heading', { name: 'Tania Sokolova may use “Start” here' });
    await linked.waitFor();
    await look(page, 'access-explain-link');
    await page.keyboard.press('Escape');
    await linked.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).search).toBe('');
  }, 120_000);

  it('is taken back within half a minute', async () => {
    await openTab(thing(0));
    await page.getByRole('button', { name: 'Take everything back from Tania Sokolova' }).click();
    await bar()
      .getByText(/Tania Sokolova loses \d+ rights/)
      .waitFor();
    await save();
    await page.getByText('Nobody has been given anything here').waitFor();
    expect(await may(tania, thing(0), 'containers.see')).toBe(false);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Access is as it was').waitFor();
    await page.getByRole('grid').getByText('minus Stop').waitFor();
    expect(await may(tania, thing(0), 'containers.restart')).toBe(true);
    expect(await may(tania, thing(0), 'containers.stop')).toBe(false);
  }, 90_000);
});

describe('whoever was given Operator, minus Stop', () => {
  it('reads it on the page, finds Stop disabled, and learns from there why and whom to ask', async () => {
    await panel.open(hers, `/containers/${thing(0).id}`);
    await hers.getByRole('button', { name: 'Your access: Operator, minus Stop' }).waitFor();
    expect(await hers.getByRole('button', { name: 'Stop', exact: true }).isDisabled()).toBe(true);
    expect(await hers.getByRole('button', { name: 'Restart', exact: true }).isDisabled()).toBe(false);
    expect(await post(hers, `/containers/${thing(0).id}/stop`)).toBe(403);
    const ask = hers.getByRole('button', { name: 'Why not “Stop”?' });
    await ask.focus();
    await hers.keyboard.press('Enter');
    const why = hers.locator('[data-slot=explain]');
    await why.getByRole('heading', { name: 'You may not use “Stop” here' }).waitFor();
    await why.getByText('Remove the exception: ask an owner of the panel or an administrator').waitFor();
    expect(await why.getByRole('button', { name: 'Remove the exception' }).count()).toBe(0);
    await look(hers, 'access-why');
    await hers.keyboard.press('Escape');
    await until('it is where it came from', () => ask.evaluate((it) => it === document.activeElement));
    await hers.getByRole('button', { name: 'More actions' }).click();
    await hers.getByRole('menuitem', { name: /Delete.*Why\?/ }).click();
    const asking = hers.getByRole('dialog');
    await asking.getByRole('heading', { name: 'You may not use “Delete containers” here' }).waitFor();
    await asking.getByRole('button', { name: 'Request access' }).click();
    await asking.getByRole('button', { name: 'Send request' }).click();
    await asking.getByText('Say why you need it.').waitFor();
    await asking.getByLabel('Reason').fill('The probe moves');
    await look(hers, 'access-request');
    await asking.getByRole('button', { name: 'Send request' }).click();
    await hers.getByText('Request sent').waitFor();
    const { items } = await panel.api<{ items: { reason: string; state: string }[] }>('GET', '/access/requests');
    expect(items).toMatchObject([{ reason: 'The probe moves', state: 'pending' }]);
    await hers.keyboard.press('Escape');
  }, 90_000);

  it('has no access tab, and is told at its address which right it takes', async () => {
    expect(await hers.getByRole('link', { name: 'Access', exact: true }).count()).toBe(0);
    await hers.goto(`${panel.url}/containers/${thing(0).id}/access`);
    await hers.getByText('You may not see this').waitFor();
    await hers.getByText(/Hand on access/).waitFor();
    await hers.getByText('Ask an owner of the panel or an administrator.').waitFor();
    await look(hers, 'access-forbidden');
  }, 60_000);
});

describe('what a role means on one container', () => {
  it('is switched for each of the eight flags, one by one, and the others stay as they are', async () => {
    const web = thing(1);
    await grant(web, tania, { role: 'user' });
    await openTab(web);
    await page.getByRole('button', { name: 'Show every right', exact: true }).click();
    const flags = Object.entries(FLAGS).map(([flag, all]) => ({ flag, capabilities: all.filter(isOffered) }));
    const answers = async (): Promise<Record<string, boolean>> =>
      Object.fromEntries(
        await Promise.all(
          flags.flatMap(({ capabilities }) =>
            capabilities.map(async (capability) => [capability, await answer(capability)] as const),
          ),
        ),
      );
    const answer = async (capability: Capability): Promise<boolean> => {
      const action = /^containers\.(start|stop|restart)$/.exec(capability)?.[1];
      const allowed = await may(tania, web, capability);
      // Whether it may is asked before whether it can be done now.
      if (action === 'start') expect((await post(hers, `/containers/${web.id}/start`)) !== 403).toBe(allowed);
      return allowed;
    };
    const before = await answers();
    for (const { flag, capabilities } of flags) {
      for (const capability of capabilities) await switchCell(capability);
      await save();
      const flipped = Object.fromEntries(
        Object.entries(before).map(([capability, was]) => [
          capability,
          capabilities.some((each) => each === capability) ? !was : was,
        ]),
      );
      expect({ flag, answers: await answers() }).toEqual({ flag, answers: flipped });
      if (flag === 'allow_settings') {
        expect(await post(hers, `/containers/${web.id}/restart`)).toBe(200);
        expect(await post(hers, `/containers/${web.id}/stop`)).toBe(200);
        expect(await post(hers, `/containers/${web.id}/start`)).toBe(200);
        await look(page, 'access-role-changed');
      }
      for (const capability of capabilities) await switchBack(capability);
      await save();
      expect({ flag, answers: await answers() }).toEqual({ flag, answers: before });
      if (flag === 'allow_settings') {
        for (const action of ['start', 'stop', 'restart'])
          expect(await post(hers, `/containers/${web.id}/${action}`)).toBe(403);
      }
    }

    function roleCell(capability: Capability): Locator {
      return page.getByRole('grid').locator(`[data-row="user"][data-col="${capability}"]`);
    }
    /** Denied where the role gives it, allowed where it does not. */
    async function switchCell(capability: Capability): Promise<void> {
      const given = /allowed by the role/.test((await roleCell(capability).getAttribute('aria-label')) ?? '');
      await roleCell(capability).click();
      if (given) await roleCell(capability).click();
    }
    async function switchBack(capability: Capability): Promise<void> {
      const denied = /denied/.test((await roleCell(capability).getAttribute('aria-label')) ?? '');
      await roleCell(capability).click();
      if (!denied) await roleCell(capability).click();
    }
  }, 300_000);
});

describe('what is not saved', () => {
  it('is asked about before a link leads away, and stays where somebody stays', async () => {
    await openTab(thing(1));
    await page.getByRole('combobox', { name: 'Role of Tania Sokolova' }).selectOption('operator');
    await page.getByRole('combobox', { name: 'End of the access of Tania Sokolova' }).selectOption('week');
    await bar().getByText('2 unsaved changes').waitFor();
    await page.getByRole('link', { name: 'Logs', exact: true }).click();
    await dialog('Leave without saving?').getByText('2 changes of access are not saved').waitFor();
    await look(page, 'access-leave');
    await page.getByRole('button', { name: 'Stay' }).click();
    await bar().getByText('2 unsaved changes').waitFor();
    await page.getByRole('link', { name: 'Logs', exact: true }).click();
    await page.getByRole('button', { name: 'Leave and discard' }).click();
    await page.waitForURL(/\/logs$/);
    const pages = page.getByRole('navigation', { name: /^Pages of/ });
    await pages.getByRole('link', { name: 'Access', exact: true }).click();
    await page.getByRole('grid').waitFor();
    expect(await bar().count()).toBe(0);
    expect(await page.getByRole('combobox', { name: 'Role of Tania Sokolova' }).inputValue()).toBe('user');
  }, 90_000);

  it('is kept when somebody else was faster, beside what they did, also where nothing is heard of it', async () => {
    const deaf = await panel.page();
    let isDeaf = false;
    await deaf.routeWebSocket(/socket\.io/, (socket) => {
      socket.connectToServer().onMessage((message) => {
        if (!isDeaf) socket.send(message);
      });
    });
    await openTab(thing(1), deaf);
    isDeaf = true;
    await deaf.getByRole('combobox', { name: 'Role of Tania Sokolova' }).selectOption('operator');
    await grant(thing(1), tania, { role: 'developer', version: 1 });
    await bar(deaf).getByRole('button', { name: 'Review and save' }).click();
    const review = dialog(/^Save 1 change/, deaf);
    await review.getByText('Changed meanwhile by somebody else').waitFor();
    expect(await review.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await review.getByRole('button', { name: 'Keep editing' }).first().click();
    await deaf.getByText('Tania Sokolova has now: Developer').waitFor();
    await look(deaf, 'access-conflict');
    expect(await deaf.getByRole('combobox', { name: 'Role of Tania Sokolova' }).inputValue()).toBe('operator');
    await deaf.getByRole('button', { name: 'Keep mine' }).click();
    await save(deaf);
    await deaf.context().close();
    expect(await may(tania, thing(1), 'containers.settingsPorts')).toBe(false);
    expect(await may(tania, thing(1), 'containers.restart')).toBe(true);
  }, 90_000);

  it('stands beside what somebody else saves meanwhile, which is shown at once', async () => {
    await openTab(thing(1));
    const role = (name: string) => page.getByRole('combobox', { name: `Role of ${name}` });
    expect(await role('Lena Vogt').count()).toBe(0);
    await grant(thing(1), lena, { role: 'observer' });
    await role('Lena Vogt').waitFor();
    await role('Lena Vogt').selectOption('operator');
    await grant(thing(1), lena, { role: 'developer', version: 1 });
    await page.getByText('Lena Vogt has now: Developer').waitFor();
    expect(await role('Lena Vogt').inputValue()).toBe('operator');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await bar().waitFor({ state: 'hidden' });
    expect(await role('Lena Vogt').inputValue()).toBe('developer');
    const { grants } = await panel.api<TargetAccess>('GET', `/access/on?resource=${thing(1).id}`);
    const given = grants.find(({ principal }) => principal.id === lena.id);
    if (!given) throw new Error('What was given to Lena is gone.');
    await panel.api('POST', '/access/changes', {
      changes: [{ op: 'revoke', grantId: given.id, version: given.version }] satisfies AccessChange[],
    });
    await role('Lena Vogt').waitFor({ state: 'hidden' });
  }, 90_000);
});

describe('who hands on without being staff', () => {
  it('gives what they hold; what they do not hold is locked and says so', async () => {
    const web = thing(2);
    await grant(web, lena, { role: 'maintainer' });
    await grant(web, tania, { role: 'observer' });
    await openTab(web, lenas);
    await lenas.getByRole('button', { name: 'Show every right', exact: true }).click();
    const inspect = cell('Tania Sokolova', 'Inspect', lenas);
    expect(await inspect.getAttribute('aria-disabled')).toBe('true');
    expect(await inspect.getAttribute('aria-label')).toContain('You do not hold “Inspect” here');
    await inspect.click({ force: true });
    expect(await bar(lenas).count()).toBe(0);
    await look(lenas, 'access-maintainer');
    await cell('Tania Sokolova', 'Restart', lenas).click();
    await bar(lenas).getByText('Tania Sokolova gains Restart').waitFor();
    await save(lenas);
    expect(await may(tania, web, 'containers.restart')).toBe(true);
    expect(await may(tania, web, 'containers.inspect')).toBe(false);
    await lenas.getByRole('button', { name: 'Take everything back from Lena Vogt' }).click();
    await bar(lenas).getByRole('button', { name: 'Review and save' }).click();
    await dialog(/^Save 1 change/, lenas)
      .getByText('You take rights from yourself')
      .waitFor();
    await look(lenas, 'access-own-rights');
    await lenas.keyboard.press('Escape');
    await bar(lenas).getByRole('button', { name: 'Discard' }).click();
  }, 120_000);

  it('finds rows by name and by what they have, in the address', async () => {
    await lenas.getByRole('searchbox', { name: 'Search people and teams' }).fill('lena');
    await until('one is left', async () => (await lenas.getByRole('combobox', { name: /^Role of/ }).count()) === 1);
    await lenas.getByRole('combobox', { name: 'Show' }).selectOption('exceptions');
    await lenas.getByText('Nobody matches').waitFor();
    await look(lenas, 'access-nothing-found');
    expect(new URL(lenas.url()).search).toBe('?q=lena&show=exceptions');
    await lenas.getByRole('button', { name: 'Show everybody' }).click();
    await until('all are there', async () => (await lenas.getByRole('combobox', { name: /^Role of/ }).count()) === 2);
  }, 60_000);
});

describe('what is inherited', () => {
  it('is told apart, says where it comes from, and can be excepted here', async () => {
    const { tenant } = await panel.api<{ tenant: { id: string } }>('GET', '/me');
    await grant(thing(2), lena, { target: { kind: 'tenant', id: tenant.id }, role: 'operator' });
    await panel.api('POST', '/deployments', { preset: 'tea-shop', name: 'tea' });
    let tea: { id: string; name: string; state: string } | undefined;
    await until('tea runs', async () => {
      [tea] = (
        await panel.api<{ items: [{ id: string; name: string; state: string }] }>('GET', '/containers?q=tea')
      ).items;
      return tea?.state === 'running';
    });
    if (!tea) throw new Error('There is no tea.');
    await openTab(tea);
    await page
      .getByText(/^from tenant .*: Operator$/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Operate: show every right' }).click();
    const stop = cell('Lena Vogt', 'Stop');
    expect(await stop.getAttribute('aria-label')).toMatch(/: allowed, inherited from tenant /);
    await stop.click();
    await stop.click();
    await bar().getByText('Lena Vogt loses Stop').waitFor();
    await look(page, 'access-inherited');
    await save();
    expect(await may(lena, tea, 'containers.stop')).toBe(false);
    expect(await may(lena, tea, 'containers.restart')).toBe(true);
  }, 90_000);
});

describe('on a phone', () => {
  it('is a card for each, with a fold for each group, and does the same', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${panel.url}/containers/${thing(2).id}/access`);
    const card = page.locator('[data-slot=access-card]').filter({ hasText: 'Tania Sokolova' });
    await card.getByRole('button', { name: /^Operate/ }).click();
    expect(await page.getByRole('grid').count()).toBe(0);
    const stop = card.getByRole('button', { name: /^Tania Sokolova: Stop:/ });
    const box = await stop.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await stop.click();
    await bar().getByText('Tania Sokolova gains Stop').waitFor();
    await look(page, 'access-cards');
    await page.setViewportSize({ width: 390, height: 844 });
    await save();
    expect(await may(tania, thing(2), 'containers.stop')).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
  }, 90_000);
});

it('has no accessibility violation and fits a phone in all of these states', () => {
  expect(problems()).toEqual([]);
});

const focusedLabel = (): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

async function signIn(on: Page, username: string): Promise<void> {
  await on.goto(`${panel.url}/login`);
  await on.getByLabel('User name').fill(username);
  await on.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await on.getByRole('button', { name: 'Sign in' }).click();
  await on.waitForURL(({ pathname }) => pathname !== '/login');
}
