import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessChange, Explanation } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, type Member } from './member.ts';
import { Panel } from './panel.ts';

let panel: Panel;
let page: Page;
let tania: Member;
let lena: Member;
let web: { id: string; name: string };
let crowded: { id: string; name: string };

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  tania = await addMember(panel, 'tania', 'Tania Sokolova');
  lena = await addMember(panel, 'lena', 'Lena Vogt');
  const { items } = await panel.api<{ items: (typeof web)[] }>('GET', '/containers?status=running');
  const [first, second] = items;
  if (!first || !second) throw new Error('The demo has too few running containers.');
  [web, crowded] = [first, second];
  await change([grant(web, 'user', lena.id), grant(web, 'user', tania.id)]);
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const change = (changes: readonly unknown[]) => panel.api('POST', '/access/changes', { changes });
const grant = ({ id }: { id: string }, kind: 'user' | 'team', who: string) => ({
  op: 'grant',
  principal: { kind, id: who },
  target: { kind: 'container', id },
  role: 'observer',
  allow: [],
  deny: [],
  expiresAt: null,
  version: 0,
});
const bar = (): Locator => page.getByRole('region', { name: 'Unsaved changes of access' });
const chosen = (): Locator => page.getByRole('grid').locator('[role=gridcell][aria-selected=true]');
const openTab = async ({ id, name }: { id: string; name: string }): Promise<void> => {
  await panel.open(page, `/containers/${id}/access`);
  await page.getByRole('grid', { name: `Access to ${name}: who may do what` }).waitFor();
};
const press = async (key: string, times = 1): Promise<void> => {
  for (let at = 0; at < times; at += 1) await page.keyboard.press(key);
};
const focusedLabel = (): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const spoken = (text: string | RegExp): Promise<void> => page.locator('#announce-polite').getByText(text).waitFor();
const cell = (name: string, what: string): Locator =>
  page.getByRole('grid').getByRole('button', { name: new RegExp(`^${name}: ${what}: `) });
const state = async (name: string, what: string): Promise<string> => {
  return (await cell(name, what).getAttribute('aria-label')) ?? '';
};

describe('several cells', () => {
  it('are chosen with Shift and the arrow keys, changed with one key, and let go with Escape', async () => {
    await openTab(web);
    await page.getByRole('button', { name: 'Operate: show every right' }).click();
    await cell('Lena Vogt', 'Start').focus();
    expect(await page.getByRole('grid').locator('[aria-selected]').count()).toBe(0);
    await press('Shift+ArrowRight');
    await press('Shift+ArrowDown');
    expect(await chosen().count()).toBe(4);
    await spoken('2 rows by 2 columns chosen');
    expect(await focusedLabel()).toMatch(/^Tania Sokolova: Stop: not given/);
    await press('Space');
    await spoken('Allowed in 4 cells.');
    await bar().getByText('4 unsaved changes').waitFor();
    for (const name of ['Lena Vogt', 'Tania Sokolova'])
      for (const what of ['Start', 'Stop'])
        expect(await state(name, what)).toBe(`${name}: ${what}: allowed by exception, not saved yet`);
    await look(page, 'access-range');
    // On the phone the grid was cards, and the focus gone with it.
    await cell('Tania Sokolova', 'Stop').focus();
    await press('Enter');
    await spoken('Denied in 4 cells.');
    expect(await state('Lena Vogt', 'Start')).toContain('denied by exception');
    await press('Escape');
    expect(await chosen().count()).toBe(0);
    await spoken('One cell again');
    await press('Space');
    expect(await state('Tania Sokolova', 'Stop')).toContain('not given');
    expect(await state('Lena Vogt', 'Stop')).toContain('denied by exception');
  }, 120_000);

  it('are taken back step by step', async () => {
    const back = bar().getByRole('button', { name: 'Undo last change' });
    await back.click();
    expect(await state('Tania Sokolova', 'Stop')).toContain('denied by exception');
    await back.click();
    expect(await state('Lena Vogt', 'Start')).toContain('allowed by exception');
    await back.click();
    await bar().waitFor({ state: 'hidden' });
    expect(await state('Lena Vogt', 'Start')).toContain('not given');
  }, 60_000);
});

describe('a column', () => {
  it('is reached from the cells, and allowed or cleared for all who are shown in one step', async () => {
    await cell('Lena Vogt', 'Restart').focus();
    await press('ArrowUp');
    expect(await focusedLabel()).toBe('Restart: change for all shown');
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Clear the exceptions of all 2 shown' }).waitFor();
    await page.getByRole('menuitem', { name: 'Allow for all 2 shown' }).click();
    await spoken('Allowed in 2 cells.');
    await bar().getByText('2 unsaved changes').waitFor();
    await press('ArrowDown');
    expect(await focusedLabel()).toBe('Lena Vogt: Restart: allowed by exception, not saved yet');
    await bar().getByRole('button', { name: 'Undo last change' }).click();
    await bar().waitFor({ state: 'hidden' });
  }, 90_000);

  it('changes nobody whom the search does not show', async () => {
    await page.getByRole('searchbox', { name: 'Search people and teams' }).fill('lena');
    await page.getByRole('button', { name: 'Restart: change for all shown' }).click();
    await page.getByRole('menuitem', { name: 'Allow for all 1 shown' }).click();
    await bar().getByText('Lena Vogt gains Restart').waitFor();
    await page.getByRole('searchbox', { name: 'Search people and teams' }).fill('');
    expect(await state('Tania Sokolova', 'Restart')).toContain('not given');
    await bar().getByRole('button', { name: 'Discard' }).click();
  }, 60_000);
});

describe('what was lent', () => {
  it('comes again when a revocation is undone', async () => {
    const lend: AccessChange = {
      op: 'lend',
      principal: { kind: 'user', id: tania.id as `usr_${string}` },
      target: { kind: 'container', id: web.id as `ct_${string}` },
      capabilities: ['containers.restart'],
      until: new Date(Date.now() + 3_600_000).toISOString(),
    };
    await change([lend]);
    const mayRestart = async () =>
      (
        await panel.api<Explanation>(
          'GET',
          `/access/explain?principal=${tania.id}&resource=${web.id}&capability=containers.restart`,
        )
      ).allowed;
    expect(await mayRestart()).toBe(true);
    await openTab(web);
    await page.getByRole('button', { name: 'Take everything back from Tania Sokolova' }).click();
    await bar().getByRole('button', { name: 'Review and save' }).click();
    const review = page.getByRole('dialog', { name: /^Save 1 change/ });
    await review.locator('[data-slot=access-preview]').waitFor();
    await review.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Access saved').waitFor();
    expect(await mayRestart()).toBe(false);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('Access is as it was').waitFor();
    expect(await mayRestart()).toBe(true);
    await page
      .getByRole('grid')
      .getByText(/^Restart until /)
      .waitFor();
  }, 90_000);
});

describe('a matrix of many', () => {
  it('draws what is seen, says how many there are, and is walked through from end to end with the keys', async () => {
    const teams = await Promise.all(
      [...Array(90).keys()].map((at) =>
        panel.api<{ item: { id: string } }>('POST', '/teams', { name: `Team ${String(at).padStart(2, '0')}` }),
      ),
    );
    await change(teams.map(({ item }) => grant(crowded, 'team', item.id)));
    await openTab(crowded);
    const grid = page.getByRole('grid');
    const rows = grid.locator('[data-slot=access-row][data-index]');
    expect(await rows.count()).toBeLessThan(90);
    const total = Number(await grid.getAttribute('aria-rowcount'));
    expect(total).toBeGreaterThan(92);
    await grid.getByRole('button', { name: /^Team 00: See: / }).focus();
    await press('ArrowDown', 89);
    const row = page.locator('[data-slot=access-row]').filter({ has: page.locator(':focus') });
    expect(await row.getAttribute('aria-rowindex')).toBe('91');
    expect(await rows.count()).toBeLessThan(90);
    await press('ArrowUp', 89);
    expect(await row.getAttribute('aria-rowindex')).toBe('2');
    await look(page, 'access-many');
  }, 180_000);
});

it('has no accessibility violation in any of these states', () => {
  expect(problems()).toEqual([]);
});
