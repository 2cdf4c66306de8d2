import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, type Member, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;
let tania: Member;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  tania = await addMember(panel, 'tania', 'Tania Sokolova');
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const dialog = (name: string): Locator => page.getByRole('dialog', { name });
const row = (name: string): Locator => page.getByRole('row').filter({ hasText: name });
const right = (name: string): Locator => page.getByRole('checkbox', { name, exact: true });

describe('the roles', () => {
  it('stand under Access, also at their former address, with what each holds of every group', async () => {
    await panel.open(page, '/roles');
    expect(new URL(page.url()).pathname).toBe('/access/roles');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Access' }).waitFor();
    await row('maintainer').getByText('Built in').waitFor();
    await row('observer')
      .getByText(/^See \d+\/\d+$/)
      .waitFor();
    await look(page, 'roles');
  }, 90_000);

  it('of every panel are read only, and can be copied', async () => {
    await panel.open(page, '/access/roles/developer');
    await page.getByText('Every panel has this role; it cannot be changed.').waitFor();
    expect(await right('Restart').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Copy to change' }).click();
    const copy = dialog('Copy developer');
    await copy.getByLabel('Name').fill('observer');
    await copy.getByRole('button', { name: 'Copy developer' }).click();
    await copy.getByText('There is a role of this name already.').waitFor();
    await copy.getByLabel('Name').fill('night-watch');
    await copy.getByRole('button', { name: 'Copy developer' }).click();
    await page.getByRole('heading', { level: 1, name: 'night-watch' }).waitFor();
    await page
      .getByRole('region', { name: 'Compared with developer' })
      .getByText('It holds exactly the same.')
      .waitFor();
  }, 90_000);

  it('change by a staged edit, saved at once after its summary, with the difference to what they were copied from', async () => {
    // Of a group held in part, the first choice is all of it.
    await right('All of Files').check();
    await right('All of Files').uncheck();
    await right('Kill').uncheck();
    await right('Kill').check();
    await page.getByRole('searchbox', { name: 'Search rights' }).fill('hand on access');
    await right('Hand on access').check();
    expect(
      await page
        .getByRole('group')
        .filter({ has: right('Restart') })
        .count(),
    ).toBe(0);
    await page.getByRole('searchbox', { name: 'Search rights' }).fill('');
    await look(page, 'role-editor');
    await page.getByRole('button', { name: 'Review and save' }).click();
    const summary = dialog('Save night-watch');
    await summary.getByText('1 right more:').waitFor();
    // All that a developer may do with files: see, read, download, write, delete, set modes.
    await summary.getByText('6 rights less:').waitFor();
    await summary.getByText('Hand on access', { exact: true }).waitFor();
    await summary.getByText('Nobody carries it and no grant names it').waitFor();
    await look(page, 'role-save');
    await summary.getByRole('button', { name: 'Save night-watch' }).click();
    await summary.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('region', { name: 'Compared with developer' }).getByText('Hand on access').waitFor();
    expect(await right('Hand on access').isChecked()).toBe(true);
    expect(await right('All of Files').isChecked()).toBe(false);
  }, 90_000);

  it('change under the keyboard alone', async () => {
    await panel.open(page, '/access/roles/night-watch');
    await page.locator('h1').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('pause');
    await until('the field holds it', async () => (await page.getByRole('searchbox').inputValue()) === 'pause');
    for (
      let steps = 0;
      steps < 6 && !(await right('Pause and resume').evaluate((it) => it === document.activeElement));
      steps += 1
    )
      await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByText('Nothing added, 1 right removed').waitFor();
    for (let steps = 0; steps < 20; steps += 1) {
      if ((await page.evaluate(() => document.activeElement?.textContent)) === 'Review and save') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await dialog('Save night-watch').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
  }, 90_000);

  it('ask before a link takes away what is not saved', async () => {
    await panel.open(page, '/access/roles/night-watch');
    await right('Restart').uncheck();
    await page.getByRole('link', { name: 'Roles', exact: true }).last().click();
    const ask = dialog('Leave without saving?');
    await ask.getByText('What you changed in the role night-watch is not saved and will be lost.').waitFor();
    await look(page, 'role-leave');
    await ask.getByRole('button', { name: 'Stay' }).click();
    await page.getByText('Nothing added, 1 right removed').waitFor();
    await page.getByRole('link', { name: 'Roles', exact: true }).last().click();
    await ask.getByRole('button', { name: 'Leave and discard' }).click();
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    await page.getByRole('link', { name: 'night-watch' }).click();
    await page.getByRole('heading', { level: 1, name: 'night-watch' }).waitFor();
    expect(await right('Restart').isChecked()).toBe(true);
  }, 90_000);

  it('in use are kept, with who uses them as the reason; unused ones go', async () => {
    const { id } = await panel.api<{ item: { id: string } }>('GET', `/users/${tania.id}`).then(({ item }) => item);
    await panel.api('PATCH', `/users/${id}`, { roleTag: 'night-watch' });
    await panel.open(page, '/access/roles');
    await page.getByRole('button', { name: 'Actions for night-watch' }).click();
    await page
      .getByRole('menuitem', { name: 'Delete' })
      .getByText('1 person carries it. Give them another role first.')
      .waitFor();
    await page.keyboard.press('Escape');
    await panel.api('PATCH', `/users/${id}`, { roleTag: null });
    await page.getByRole('link', { name: 'night-watch' }).click();
    await page.getByText('Nobody carries it, no grant names it').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog('Delete night-watch').getByRole('button', { name: 'Delete night-watch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    await until('it is gone', async () => (await row('night-watch').count()) === 0);
    await page.goto(`${panel.url}/access/roles/night-watch`);
    await page.getByText('This role is gone').waitFor();
  }, 90_000);

  it('are no business of a member: no entry, and the page names the missing right', async () => {
    const hers = await pageOf(panel, tania);
    expect(await hers.getByRole('link', { name: 'Access', exact: true }).count()).toBe(0);
    for (const path of ['/access/roles', '/access/roles/observer']) {
      await hers.goto(panel.url + path);
      await hers.getByText('It needs the right “See roles”.').waitFor();
    }
    await hers.context().close();
  }, 60_000);

  it('look as they should in both modes and on a phone', () => expect(problems()).toEqual([]));
});
