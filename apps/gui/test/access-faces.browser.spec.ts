import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page, WebSocketRoute } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember } from './member.ts';
import { Panel } from './panel.ts';

let panel: Panel;
let page: Page;
let web: { id: string; name: string };
let tania: string;
let isCut = false;
const sockets = new Set<WebSocketRoute>();

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  ({ id: tania } = await addMember(panel, 'tania', 'Tania Sokolova'));
  const { items } = await panel.api<{ items: (typeof web)[] }>('GET', '/containers?status=running');
  const [first] = items;
  if (!first) throw new Error('The demo has no running container.');
  web = first;
  await grant('observer', 0);
  page = await panel.page();
  // The socket of the page goes through here, so that it can be cut.
  await page.routeWebSocket(/./, (socket) => {
    if (isCut) return void socket.close();
    sockets.add(socket);
    socket.connectToServer();
  });
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const grant = (role: string, version: number) =>
  panel.api('POST', '/access/changes', {
    changes: [
      {
        op: 'grant',
        principal: { kind: 'user', id: tania },
        target: { kind: 'container', id: web.id },
        role,
        allow: [],
        deny: [],
        expiresAt: null,
        version,
      },
    ],
  });
const address = (): string => `/containers/${web.id}/access`;
const role = (): Locator => page.getByRole('combobox', { name: 'Role of Tania Sokolova' });
const bar = (): Locator => page.getByRole('region', { name: 'Unsaved changes of access' });
/** Coming back to the page reads it again. */
const comeBack = () => page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));

describe('access that could not be read again', () => {
  it('stays on the page, says that it may be old and why, and is read again on request', async () => {
    await panel.open(page, address());
    await page.route('**/api/v1/access/on*', (route) =>
      route.fulfill({ status: 500, json: { code: 'internal', message: 'Broken.', requestId: 'req' } }),
    );
    await comeBack();
    const notice = page.getByRole('alert').filter({ hasText: 'This may be old: access could not be read again' });
    await notice.waitFor();
    expect(await role().inputValue()).toBe('observer');
    await look(page, 'access-not-read');
    await page.unroute('**/api/v1/access/on*');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await notice.waitFor({ state: 'detached' });
  }, 90_000);
});

describe('a page that hears nothing from the panel', () => {
  it('shows access as it was, keeps what is not saved, and reads it again by itself', async () => {
    await panel.open(page, address());
    await role().selectOption('operator');
    await bar().getByText('1 unsaved change').waitFor();
    isCut = true;
    for (const socket of sockets) await socket.close();
    const notice = page.getByText(/^Not connected: this was read/);
    await notice.waitFor({ timeout: 60_000 });
    await page.getByText('What you have not saved is kept.').waitFor();
    await look(page, 'access-stale');
    // Somebody else changes the same meanwhile: the page learns it without being asked.
    await grant('developer', 1);
    isCut = false;
    await notice.waitFor({ state: 'detached', timeout: 30_000 });
    await page.getByText('Tania Sokolova has now: Developer').waitFor();
    expect(await role().inputValue()).toBe('operator');
    await bar().getByRole('button', { name: 'Discard' }).click();
  }, 150_000);
});

describe('a core that is away', () => {
  it('is told to whoever opens the page, instead of a matrix of nobody', async () => {
    await panel.stopCore();
    await page.goto(panel.url + address());
    await page.getByRole('heading', { name: 'The core is offline' }).waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
    await look(page, 'access-core-away');
  }, 90_000);
});

it('has no accessibility violation and fits a phone in all of these states', () => {
  expect(problems()).toEqual([]);
});
