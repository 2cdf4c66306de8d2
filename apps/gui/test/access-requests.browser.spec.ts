import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessChange, Capability } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel, PASSWORD, until } from './panel.ts';

interface Named {
  id: string;
  name: string;
}

let panel: Panel;
/** The owner's browser, Tania's, and that of somebody who may only look. */
let page: Page;
let hers: Page;
let tania: { id: string };
let vera: { id: string };
let ben: { id: string };
let things: Named[];

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  tania = await add('tania', 'Tania Sokolova');
  vera = await add('vera', 'Vera Lindqvist', 'viewer');
  ben = await add('ben', 'Ben Okafor');
  things = (await panel.api<{ items: Named[] }>('GET', '/containers?status=running')).items;
  await give(tania, thing(0), { role: 'operator', deny: ['containers.restart'] });
  await give(tania, thing(1), { role: 'observer' });
  await give(vera, thing(2), { role: 'observer' });
  page = await panel.page();
  hers = await panel.page({ signedIn: false });
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const add = async (username: string, displayName: string, platformRole = 'member') =>
  (
    await panel.api<{ item: { id: string } }>('POST', '/users', {
      username,
      displayName,
      password: PASSWORD,
      platformRole,
    })
  ).item;
const thing = (at: number): Named => {
  const found = things[at];
  if (!found) throw new Error('The demo has too few running containers.');
  return found;
};
const give = (who: { id: string }, target: Named, more: object) =>
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
const dialog = (name: string | RegExp, on: Page) => on.getByRole('dialog', { name });
const asks = (capability: Capability, reason: string): Promise<string> =>
  hers.evaluate(
    async (body) => {
      const me = (await (await fetch('/api/v1/me')).json()) as { csrf: string };
      const headers = { 'content-type': 'application/json', 'x-csrf': me.csrf };
      const response = await fetch('/api/v1/access/requests', { method: 'POST', headers, body: JSON.stringify(body) });
      return ((await response.json()) as { item: { id: string } }).item.id;
    },
    { target: { kind: 'container', id: thing(0).id }, capabilities: [capability], reason },
  );

async function signIn(on: Page, username: string): Promise<void> {
  await on.goto(`${panel.url}/login`);
  await on.getByLabel('User name').fill(username);
  await on.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await on.getByRole('button', { name: 'Sign in' }).click();
  await on.waitForURL(({ pathname }) => pathname !== '/login');
}

describe('asking for access', () => {
  const restart = () =>
    hers.locator('[data-slot="container-header"]').getByRole('button', { name: 'Restart', exact: true });

  it('starts at the button that is disabled, and tells why', async () => {
    await signIn(hers, 'tania');
    await panel.open(hers, `/containers/${thing(0).id}`);
    expect(await restart().isDisabled()).toBe(true);
    await hers.getByRole('button', { name: /^Why not “Restart”/ }).click();
    await hers.getByRole('heading', { name: /^You may not use “Restart/ }).waitFor();
    await hers.getByRole('button', { name: 'Request access' }).click();
    const ask = dialog(`Request access to ${thing(0).name}`, hers);
    await ask.getByRole('button', { name: 'Send request' }).click();
    await ask.getByText('Say why you need it.').waitFor();
    expect(await ask.locator('input[value="containers.restart"]').isChecked()).toBe(true);
    await look(hers, 'request-ask');
    await ask.getByLabel('Reason').fill('The shop hangs.');
    await hers.keyboard.press('Enter');
    await hers.getByText('Request sent').waitFor();
    await hers.getByRole('button', { name: /^Why not “Restart”/ }).click();
    await hers.getByText(/^You asked for it/).waitFor();
    await hers.keyboard.press('Escape');
  }, 120_000);

  it('shows at once to who may answer, from the keyboard alone, and enables the button without a reload', async () => {
    await panel.open(page, '/containers');
    await page.getByRole('button', { name: '1 request waits for your answer' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/access\/requests$/);
    const request = page.getByRole('article', { name: `Tania Sokolova asks for access to container ${thing(0).name}` });
    await request.getByText('The shop hangs.').waitFor();
    await request.getByText(/^For 1 hour/).waitFor();
    await look(page, 'requests');
    await hers.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
    await request.getByRole('button', { name: 'Approve' }).focus();
    await page.keyboard.press('Enter');
    const approve = dialog('Approve what Tania Sokolova asks for', page);
    await approve.getByLabel('Note').fill('Once.');
    await look(page, 'request-approve');
    await page.keyboard.press('Enter');
    await page.getByText('Approved. Tania Sokolova has it now.').waitFor();
    await request.getByText('Approved', { exact: true }).waitFor();
    await until('the button is enabled', () => restart().isEnabled());
    expect(await hers.locator('body').getAttribute('data-not-reloaded')).toBe('');
    const [answer] = await Promise.all([
      hers.waitForResponse((response) => response.url().endsWith(`/containers/${thing(0).id}/restart`)),
      restart().click(),
    ]);
    expect(answer.status()).toBe(200);
  }, 120_000);

  it('is denied only with a reason, which who asked reads', async () => {
    await asks('containers.rename', 'A nicer name.');
    const request = page.getByRole('article').filter({ hasText: 'A nicer name.' });
    await request.getByRole('button', { name: 'Deny' }).click();
    const deny = dialog('Deny what Tania Sokolova asks for', page);
    await deny.getByRole('button', { name: 'Deny' }).click();
    await deny.getByText('Say why, so that they know what to do instead.').waitFor();
    await deny.getByLabel('Reason').fill('Names stay.');
    await page.keyboard.press('Enter');
    await request.getByText('Denied', { exact: true }).waitFor();
    await panel.open(hers, '/access/requests?tab=mine');
    await hers.getByText('“Names stay.”').waitFor();
    await look(hers, 'requests-mine');
  }, 90_000);

  it('is given in part where a right is dropped', async () => {
    await asks('containers.delete', 'Clean up.');
    const request = page.getByRole('article').filter({ hasText: 'Clean up.' });
    await request.getByRole('button', { name: 'Approve' }).click();
    const approve = dialog('Approve what Tania Sokolova asks for', page);
    await approve.locator('input[value="containers.delete"]').uncheck();
    await approve.getByText('Give one right at least').waitFor();
    expect(await approve.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
  }, 60_000);

  it('is on her home while it waits, and can be taken back there', async () => {
    await panel.open(hers, '/');
    await hers.getByRole('heading', { name: 'What you asked for' }).waitFor();
    await hers.getByRole('button', { name: 'Withdraw' }).click();
    await dialog('Withdraw this request?', hers).getByRole('button', { name: 'Withdraw' }).click();
    await hers.getByRole('heading', { name: 'What you asked for' }).waitFor({ state: 'hidden' });
    await page.getByRole('article').filter({ hasText: 'Clean up.' }).getByText('Withdrawn', { exact: true }).waitFor();
  }, 60_000);

  it('has an address of its own, which is nothing for everybody else', async () => {
    const id = await asks('containers.rename', 'Please.');
    await panel.open(page, `/access/requests/${id}`);
    await page.getByRole('heading', { level: 1, name: /^Tania Sokolova asks for access/ }).waitFor();
    await look(page, 'request');
    const bens = await panel.page({ signedIn: false });
    await signIn(bens, 'ben');
    await panel.open(bens, `/access/requests/${id}`);
    await bens.getByText('This request is gone').waitFor();
    await bens.context().close();
  }, 90_000);
});

describe('explaining', () => {
  it('answers who may what where, names everybody who can, and keeps the question in the address', async () => {
    await panel.open(page, '/access/explain');
    await page.getByLabel('Who').selectOption({ label: 'Tania Sokolova' });
    await page.waitForURL(/who=usr_/);
    await page.getByLabel('Where').selectOption({ label: thing(1).name });
    await page.waitForURL(/what=ct_/);
    await page.getByLabel('May').selectOption('containers.restart');
    await page.waitForURL(/can=containers.restart/);
    await page.getByRole('heading', { name: /^Tania Sokolova may not use “Restart/ }).waitFor();
    const who = page.locator('[data-slot="who-can"]');
    await who.getByText('Ada Lovelace').waitFor();
    expect(await who.getByText('Tania Sokolova').count()).toBe(0);
    await look(page, 'explain');
  }, 90_000);

  it('is about oneself for who answers for nothing', async () => {
    await panel.open(hers, `/access/explain?what=${thing(1).id}&can=containers.see`);
    await hers.getByRole('heading', { name: /^You may use “/ }).waitFor();
    expect(await hers.getByLabel('Who').locator('option').count()).toBe(1);
    expect(await hers.locator('[data-slot="who-can"]').count()).toBe(0);
  }, 60_000);

  it('shows what somebody reaches: for staff on their page, for everybody on their own', async () => {
    await panel.open(page, `/people/${tania.id}/access`);
    const reach = page.locator('[data-slot="reach"]');
    await reach.getByText(thing(0).name, { exact: true }).first().waitFor();
    expect(await reach.getByText(thing(2).name, { exact: true }).count()).toBe(0);
    await look(page, 'reach');
    await panel.open(hers, '/account/access');
    await hers.getByText('What you can reach', { exact: true }).waitFor();
    await look(hers, 'reach-own');
  }, 90_000);
});

describe('looking as somebody else', () => {
  it('is seen on every page, also after a reload, changes nothing, and ends where it began', async () => {
    await panel.open(page, `/people/${tania.id}`);
    await page.getByRole('button', { name: 'View as Tania Sokolova' }).click();
    await page.waitForURL(({ pathname }) => pathname === '/');
    const banner = page.locator('[data-slot="viewing"]');
    await banner.getByText('You see the panel as Tania Sokolova.').waitFor();
    await look(page, 'view-as-home');
    await panel.open(page, `/containers/${thing(0).id}`);
    await banner.waitFor();
    await page.reload();
    await banner.waitFor();
    const stop = page.locator('[data-slot="container-header"]').getByRole('button', { name: 'Stop', exact: true });
    expect(await stop.isDisabled()).toBe(true);
    expect(await page.content()).toContain('You are looking as somebody else.');
    expect(await page.getByText(thing(2).name).count()).toBe(0);
    const status = await page.evaluate(async (id) => {
      const me = (await (await fetch('/api/v1/me')).json()) as { csrf: string };
      const headers = { 'content-type': 'application/json', 'x-csrf': me.csrf };
      return (await fetch(`/api/v1/containers/${id}/stop`, { method: 'POST', headers, body: '{}' })).status;
    }, thing(0).id);
    expect(status).toBe(403);
    await look(page, 'view-as-container');
    await page.getByRole('button', { name: /^Account of/ }).click();
    expect(await page.getByRole('menuitem', { name: 'Sign out' }).count()).toBe(0);
    await page.getByRole('menuitem', { name: 'Stop viewing' }).waitFor();
    await page.keyboard.press('Escape');
    await banner.getByRole('button', { name: 'Stop viewing' }).click();
    await page.waitForURL(({ pathname }) => pathname === `/people/${tania.id}`);
    await page.getByRole('button', { name: 'View as Tania Sokolova' }).waitFor();
    expect(await banner.count()).toBe(0);
  }, 120_000);
});

describe('home', () => {
  it('shows somebody their things with what they may do, and nothing else', async () => {
    await panel.open(hers, '/');
    expect(await hers.locator('[data-slot="thing"]').count()).toBe(2);
    const card = (at: number) => hers.getByRole('article', { name: thing(at).name });
    await card(0).getByRole('button', { name: 'Restart' }).waitFor();
    expect(await card(1).getByRole('button').count()).toBe(0);
    await card(1)
      .getByRole('link', { name: `Logs of ${thing(1).name}` })
      .waitFor();
    await look(hers, 'home');
  }, 60_000);

  it('leads whoever has one thing there, and tells of nothing and nobody else', async () => {
    const their = await panel.page({ signedIn: false });
    const heard: string[] = [];
    const reading: Promise<unknown>[] = [];
    their.on('response', (response) => {
      reading.push(
        response.text().then(
          (text) => heard.push(text),
          () => undefined,
        ),
      ); // redirects have no body
    });
    their.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    await signIn(their, 'vera');
    await their.waitForURL(({ pathname }) => pathname === `/containers/${thing(2).id}`);
    await their.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
    await their.getByText('Restart policy').waitFor();
    heard.push(await their.content());
    await Promise.all(reading);
    const others = things.filter(({ id }) => id !== thing(2).id);
    const told = heard.join('\n');
    expect(told).toContain(thing(2).id);
    for (const { id, name } of others) {
      expect({ name, id: told.includes(id), named: told.includes(`"${name}"`) }).toEqual({
        name,
        id: false,
        named: false,
      });
    }
    for (const secret of [tania.id, 'Tania', 'Ben Okafor']) expect(told.includes(secret) ? secret : '').toBe('');
    await their.context().close();
  }, 90_000);

  it('tells whom to ask where nothing was shared', async () => {
    const bens = await panel.page({ signedIn: false });
    await signIn(bens, 'ben');
    await bens.getByText('Nobody has shared a container with you yet').waitFor();
    await look(bens, 'home-empty');
    for (const address of ['/admin', '/admin-dashboard/']) {
      await bens.goto(panel.url + address);
      await bens.getByText('There is nothing here').waitFor();
    }
    await bens.context().close();
  }, 90_000);

  it('leads there also who may deploy, with the catalogue beside it', async () => {
    await give(ben, thing(2), { role: 'observer' });
    const bens = await panel.page({ signedIn: false });
    await signIn(bens, 'ben');
    await bens.waitForURL(({ pathname }) => pathname === `/containers/${thing(2).id}`);
    await bens.getByRole('navigation').getByRole('link', { name: 'Catalogue' }).first().waitFor();
    await look(bens, 'home-one-thing');
    await bens.context().close();
  }, 90_000);

  it('tells owners what needs attention, also by the addresses of older panels', async () => {
    for (const address of ['/admin', '/admin-dashboard/']) {
      await page.goto(panel.url + address);
      await page.waitForURL(({ pathname }) => pathname === '/');
      await page.getByRole('heading', { name: 'Needs attention' }).waitFor();
    }
    await page.getByText('1 request waits for your answer').first().waitFor();
    await look(page, 'home-staff');
  }, 90_000);
});

describe('everybody’s containers', () => {
  it('are filtered by owner and status in the address, for staff', async () => {
    await panel.open(page, '/containers?status=running');
    await page.getByLabel('Owner').selectOption({ label: 'Mine' });
    await page.waitForURL(/status=running.*owner=me/);
    await page.getByText('No container matches').waitFor();
    await panel.open(hers, '/containers');
    expect(await hers.getByLabel('Owner').count()).toBe(0);
  }, 60_000);
});

it('has no accessibility violation and fits a phone in all of these states', () => {
  expect(problems()).toEqual([]);
});
