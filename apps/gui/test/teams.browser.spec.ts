import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, give, type Member, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;
let tania: Member;
let marek: Member;
let shop: { id: string; name: string };

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  tania = await addMember(panel, 'tania', 'Tania Sokolova');
  marek = await addMember(panel, 'marek', 'Marek Nowak');
  const { items } = await panel.api<{ items: { id: string; name: string }[] }>('GET', '/containers?q=shop-web');
  const [found] = items;
  if (!found) throw new Error('The demo has no shop-web.');
  shop = found;
  await panel.api('POST', '/tenants', { slug: 'acme', name: 'Acme Works' });
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const dialog = (name: string): Locator => page.getByRole('dialog', { name });
const row = (name: string): Locator => page.getByRole('row').filter({ hasText: name });
const teamId = (): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

describe('a team', () => {
  it('is made in a tenant, of its people, with a name of its own there', async () => {
    await panel.open(page, '/people');
    await page
      .getByRole('navigation', { name: 'People, teams and invitations' })
      .getByRole('link', { name: 'Teams' })
      .click();
    await page.getByText('No teams yet').waitFor();
    await look(page, 'teams-empty');
    await panel.api('POST', '/teams', { name: 'Support' });
    await row('Support').getByText('Nobody yet').waitFor();
    await page.getByRole('button', { name: 'New team' }).click();
    const form = dialog('Create team');
    await form.getByLabel('Name').fill('SUPPORT');
    await form.getByRole('searchbox', { name: 'Search people' }).fill('sokol');
    await form.getByRole('checkbox', { name: /^Tania/ }).check();
    expect(await form.getByRole('checkbox').count()).toBe(1);
    await look(page, 'team-new');
    await form.getByRole('button', { name: 'Create team' }).click();
    await form.getByText('There is a team of this name in the tenant already.').waitFor();
    await form.getByLabel('Name').fill('Backend');
    await form.getByRole('button', { name: 'Create team' }).click();
    await page.getByRole('heading', { level: 1, name: 'Backend' }).waitFor();
    await page.getByText('1 person, given nothing').waitFor();
  }, 90_000);

  it('gives whoever joins what it was given, which stands on its page in words', async () => {
    const hers = await pageOf(panel, tania);
    await hers.getByText('No containers yet').waitFor();
    await give(panel, { kind: 'team', id: teamId() }, { kind: 'container', id: shop.id }, 'operator');
    await hers.getByRole('link', { name: 'shop-web' }).waitFor();
    const given = page.getByRole('region', { name: 'What it was given' });
    await given.getByText('operator on the container shop-web').waitFor();
    await given.getByRole('link', { name: 'shop-web' }).waitFor();
    const members = page.getByRole('region', { name: 'Members' });
    await members.getByRole('checkbox', { name: /^Tania/ }).uncheck();
    await members.getByRole('checkbox', { name: /^Marek/ }).check();
    await members.getByText('1 joins, 1 leaves').waitFor();
    await look(page, 'team');
    await members.getByRole('button', { name: 'Save members' }).click();
    await members.getByText('Members are saved').waitFor();
    await until('she lost it', async () => (await hers.getByRole('link', { name: 'shop-web' }).count()) === 0);
    await hers.context().close();
    const his = await pageOf(panel, marek);
    await his.getByRole('link', { name: 'shop-web' }).waitFor();
    await his.context().close();
  }, 120_000);

  it('has a priority, of which it is said what it does', async () => {
    const settings = page.getByRole('region', { name: 'Settings' });
    await settings
      .getByText('Where two teams of one person hold something on the same thing, the lower number counts.')
      .waitFor();
    await settings.getByLabel('Priority').fill('0');
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByText('Use a whole number from 1 to 1000.').waitFor();
    await settings.getByLabel('Priority').fill('10');
    await settings.getByLabel('Name').fill('Back end');
    await settings.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Back end' }).waitFor();
  }, 60_000);

  it('is chosen, and its members, under the keyboard alone', async () => {
    await panel.open(page, '/teams');
    await page.locator('h1').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('marek');
    await row('Back end').waitFor();
    await until('the others are filtered away', async () => (await row('Support').count()) === 0);
    expect(new URL(page.url()).searchParams.get('q')).toBe('marek');
    const link = page.getByRole('link', { name: 'Back end' });
    for (let steps = 0; steps < 10 && !(await isFocused(link)); steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Back end' }).waitFor();
    const box = page.getByRole('region', { name: 'Members' }).getByRole('checkbox', { name: /^Tania/ });
    await box.waitFor();
    await page.locator('h1').focus();
    for (let steps = 0; steps < 12 && !(await isFocused(box)); steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByText('1 joins, nobody leaves').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
  }, 60_000);

  it('is deleted after a list of what goes with it', async () => {
    await page.getByRole('button', { name: 'Delete' }).click();
    const confirm = dialog('Delete Back end');
    await confirm.getByText('The 1 grant of the team').waitFor();
    await confirm.getByText('operator on the container shop-web').waitFor();
    expect(await isFocused(confirm.getByRole('button', { name: 'Keep' }))).toBe(true);
    await look(page, 'team-delete');
    await confirm.getByRole('button', { name: 'Delete Back end' }).click();
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    await until('it is gone', async () => (await row('Back end').count()) === 0);
  }, 90_000);

  it('is no business of a member; of who may see teams it is, and nothing more', async () => {
    const his = await pageOf(panel, marek);
    expect(await his.getByRole('link', { name: 'People', exact: true }).count()).toBe(0);
    await his.goto(`${panel.url}/teams`);
    await his.getByText('It needs the right “See teams”.').waitFor();
    const { tenant } = await panel.api<{ tenant: { id: string } }>('GET', '/me');
    await panel.api('POST', '/access/changes', {
      changes: [
        {
          op: 'grant',
          principal: { kind: 'user', id: marek.id },
          target: { kind: 'tenant', id: tenant.id },
          role: 'observer',
          allow: ['teams.see'],
          deny: [],
          expiresAt: null,
          version: 0,
        },
      ],
    });
    await his.goto(`${panel.url}/containers`);
    await his.getByRole('link', { name: 'People', exact: true }).click();
    await his.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    expect(await his.getByRole('button', { name: 'New team' }).count()).toBe(0);
    await his.getByRole('link', { name: 'Support' }).click();
    await his.getByText('You need the right “Change teams”.').first().waitFor();
    expect(await his.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await his.context().close();
  }, 90_000);

  it('looks as it should in both modes and on a phone', () => expect(problems()).toEqual([]));
});

const isFocused = (it: Locator): Promise<boolean> => it.evaluate((element) => element === document.activeElement);
