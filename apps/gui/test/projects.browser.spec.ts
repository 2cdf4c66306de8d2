import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, give, type Member, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;
let tania: Member;
let marek: Member;
/** Her own browser. */
let hers: Page;
let project: string;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  tania = await addMember(panel, 'tania', 'Tania Sokolova');
  marek = await addMember(panel, 'marek', 'Marek Nowak');
  await panel.api('POST', '/teams', { name: 'Backend' });
  await panel.api('POST', '/tenants', { slug: 'acme', name: 'Acme Works' });
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const dialog = (name: string): Locator => page.getByRole('dialog', { name });
const row = (name: string, on: Page = page): Locator => on.getByRole('row').filter({ hasText: name });
const tab = (name: string): Locator => page.getByRole('navigation', { name: /^Pages of/ }).getByRole('link', { name });

describe('a project', () => {
  it('is made with tags, and found by them', async () => {
    await panel.open(page, '/projects');
    await page.getByText('No projects yet').waitFor();
    await look(page, 'projects-empty');
    await page.getByRole('button', { name: 'New project' }).click();
    const form = dialog('Create project');
    await form.getByLabel('Name').fill('x');
    await form.getByRole('button', { name: 'Create project' }).click();
    await form.getByText('Use 2 to 96 characters.').waitFor();
    await form.getByLabel('Name').fill('Web shop');
    await form.getByLabel('Tags').fill('web, tea');
    await look(page, 'project-new');
    await form.getByRole('button', { name: 'Create project' }).click();
    await page.getByRole('heading', { level: 1, name: 'Web shop' }).waitFor();
    project = new URL(page.url()).pathname;
    await panel.api('POST', '/projects', { name: 'Laboratory', description: 'Tries things.' });
    await panel.open(page, '/projects?tag=tea');
    await row('Web shop').waitFor();
    expect(await row('Laboratory').count()).toBe(0);
    await page.getByRole('button', { name: 'Clear 1 filter' }).click();
    await row('Laboratory').getByText('Tries things.').waitFor();
    await look(page, 'projects');
  }, 120_000);

  it('takes containers in after a word of who will reach them', async () => {
    await panel.open(page, project);
    await page.getByText('No containers you can see are in it').waitFor();
    await page.getByRole('button', { name: 'Add containers' }).click();
    const link = dialog('Add containers to Web shop');
    await link.getByText(/Whoever becomes one reaches what you add, as operator/).waitFor();
    await link.getByRole('searchbox').fill('shop');
    await link.getByRole('checkbox', { name: 'shop-web' }).check();
    await link.getByRole('checkbox', { name: 'shop-api' }).check();
    await look(page, 'project-link');
    await link.getByRole('button', { name: 'Add 2 containers' }).click();
    await link.waitFor({ state: 'detached' });
    await row('shop-api').waitFor();
    await page.getByText('2 containers, no members').waitFor();
    await look(page, 'project');
  }, 120_000);

  it('lets members reach exactly what is in it, by its default role or by one of their own', async () => {
    hers = await pageOf(panel, tania);
    await hers.getByText('No containers yet').waitFor();
    expect(await hers.getByRole('link', { name: 'Projects', exact: true }).count()).toBe(0);
    await hers.goto(panel.url + project);
    await hers.getByText('There is no such project for you').waitFor();
    await tab('Members').click();
    await page.getByRole('button', { name: 'Add members' }).click();
    const form = dialog('Add members to Web shop');
    await form.getByRole('checkbox', { name: /^Tania/ }).check();
    await form.getByRole('checkbox', { name: /^Backend/ }).check();
    await form.getByLabel('Role in the project').selectOption('');
    await look(page, 'project-add-members');
    await form.getByRole('button', { name: 'Add 2 members' }).click();
    await row('Tania').getByText('Default role (operator)').waitFor();
    await row('Backend').getByText('Team').waitFor();
    await hers.goto(`${panel.url}/containers`);
    await row('shop-web', hers).waitFor();
    expect(await hers.locator('[data-slot="container-row"]').count()).toBe(2);
    await hers.getByRole('link', { name: 'Projects', exact: true }).click();
    await hers.getByRole('link', { name: 'Web shop' }).click();
    await row('shop-api', hers).waitFor();
    expect(await hers.getByRole('button', { name: 'Add containers' }).isDisabled()).toBe(true);
    expect(await hers.getByRole('button', { name: 'Archive' }).isDisabled()).toBe(true);
    expect(await hers.getByRole('link', { name: 'Members' }).count()).toBe(0);
    await hers.goto(`${panel.url}${project}/members`);
    await hers.getByText('It needs the right “Hand on access”.').waitFor();
  }, 120_000);

  it('changes what a member is, and takes one out with a way back', async () => {
    await page.getByRole('button', { name: 'Actions for Tania Sokolova' }).click();
    await page.getByRole('menuitem', { name: 'Change role' }).click();
    const form = dialog('Role of Tania Sokolova');
    await form.getByLabel('Role in the project').selectOption('observer');
    await form.getByRole('button', { name: 'Save role' }).click();
    await row('Tania').getByText('observer').waitFor();
    await look(page, 'project-members');
    await page.getByRole('button', { name: 'Actions for Tania Sokolova' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await until('she is out', async () => (await row('Tania').count()) === 0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row('Tania').getByText('observer').waitFor();
  }, 120_000);

  it('keeps its settings, limits among them', async () => {
    await tab('Settings').click();
    await page.getByLabel('Containers', { exact: true }).fill('many');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Use a whole number, or leave it empty.').waitFor();
    await page.getByLabel('Containers', { exact: true }).fill('5');
    await page.getByLabel('Memory in GiB').fill('1.5');
    await page.getByLabel('Description').fill('Sells tea.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('header').getByText('Sells tea.').waitFor();
    await page.reload();
    expect(await page.getByLabel('Memory in GiB').inputValue()).toBe('1.5');
    await look(page, 'project-settings');
  }, 120_000);

  it('hides its containers from members while it is archived, until it is restored', async () => {
    await hers.goto(`${panel.url}/containers`);
    await row('shop-web', hers).waitFor();
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.getByText('Members reach nothing by it until it is restored.').waitFor();
    await until('she lost them', async () => (await row('shop-web', hers).count()) === 0);
    await look(page, 'project-archived');
    await panel.open(page, '/projects?tab=archived');
    await row('Web shop').waitFor();
    await page.getByRole('link', { name: 'Web shop' }).click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await row('shop-web', hers).waitFor();
  }, 120_000);

  it('is a filter of the list of containers, and what is chosen there goes into it', async () => {
    await panel.open(page, '/containers');
    await page.getByRole('combobox', { name: 'Project' }).selectOption({ label: 'Web shop' });
    await until('only its own', async () => (await page.locator('[data-slot="container-row"]').count()) === 2);
    expect(new URL(page.url()).searchParams.get('project')).toBe(project.split('/').at(-1));
    await row('shop-web').getByTitle('In the project Web shop').waitFor();
    await look(page, 'containers-of-project');
    await page.getByRole('button', { name: 'Clear 1 filter' }).click();
    const loose = page.locator('[data-slot="container-row"]').filter({ hasNotText: 'shop' }).first();
    const name = (await loose.locator('[data-row-link]').textContent()) ?? '';
    await loose.getByRole('checkbox').check();
    await row('shop-web').getByRole('checkbox').check();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Add to project…' }).click();
    const form = dialog('Add 2 containers to a project');
    await form.getByLabel('Project').selectOption({ label: 'Web shop · Default' });
    await form.getByText(/Its 2 members will reach what you add/).waitFor();
    await form.getByRole('button', { name: 'Add 2 containers' }).click();
    const results = form.getByRole('list', { name: 'What came of each' });
    await results.getByRole('listitem').filter({ hasText: 'shop-web' }).getByText('Was so already').waitFor();
    await results.getByRole('listitem').filter({ hasText: name }).getByText('Is in the project now').waitFor();
    await look(page, 'project-results');
    await form.getByRole('button', { name: 'Close' }).last().click();
    await row(name).getByTitle('In the project Web shop').waitFor();
  }, 120_000);

  it('is filled and emptied under the keyboard alone', async () => {
    await panel.open(page, project);
    await page.locator('h1').focus();
    await press('Take out', 12);
    const form = dialog('Take containers out of Web shop');
    await form.waitFor();
    const box = form.getByRole('checkbox', { name: 'shop-web' });
    for (let steps = 0; steps < 8 && !(await isFocused(box)); steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await press('Take out 1 container', 12);
    await form.waitFor({ state: 'detached' });
    await until('it is out', async () => (await row('shop-web').count()) === 0);
  }, 60_000);

  it('of a lead is run by them, who hand on no more than they hold', async () => {
    await give(
      panel,
      { kind: 'user', id: marek.id },
      { kind: 'project', id: project.split('/').at(-1) ?? '' },
      'maintainer',
    );
    const his = await pageOf(panel, marek);
    await his.goto(panel.url + project);
    await his.getByRole('link', { name: 'Members' }).click();
    await his.getByRole('button', { name: 'Add members' }).waitFor();
    expect(await his.getByRole('button', { name: 'Archive' }).isDisabled()).toBe(true);
    await his.getByRole('button', { name: 'Actions for Tania Sokolova' }).click();
    await his.getByRole('menuitem', { name: 'Change role' }).click();
    const form = his.getByRole('dialog', { name: 'Role of Tania Sokolova' });
    await form.getByLabel('Role in the project').selectOption('developer');
    await form.getByRole('button', { name: 'Save role' }).click();
    await row('Tania', his).getByText('developer').waitFor();
    await his.context().close();
  }, 90_000);

  it('looks as it should in both modes and on a phone', () => expect(problems()).toEqual([]));
});

const isFocused = (it: Locator): Promise<boolean> => it.evaluate((element) => element === document.activeElement);

/** Goes on by Tab until the button has the focus, and presses it. */
async function press(name: string, within: number): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  for (let steps = 0; steps < within && !(await isFocused(button)); steps += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}
