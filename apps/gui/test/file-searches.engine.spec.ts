import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { isRunning, makeContainer, runInside } from './engine-api.ts';
import { look, problems } from './look.ts';
import { Panel, until } from './panel.ts';

const MADE = [
  'mkdir -p "/srv/site/sub dir/deep" /srv/many; cd /srv/site',
  'printf "one\\nThe Needle is here\\nthree\\nneedle again\\n" > notes.txt',
  'for n in $(seq 1 200); do echo "line $n"; done > "sub dir/deep/long.txt"; echo "a needle at the end" >> "sub dir/deep/long.txt"',
  'mkdir needles; ln -s /etc needle-link',
  'for n in $(seq 1 600); do : > /srv/many/entry$n; done',
].join('\n');

let panel: Panel;
let page: Page;
let id: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `searches-${panel.label.slice(-6)}`;
  const engineId = await makeContainer(name, panel.label);
  const made = await runInside(engineId, ['sh', '-c', MADE]);
  await until('all is made', async () => !(await isRunning(made)));
  id = await panel.idOf(name);
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
}, 60_000);

const text = () => page.getByRole('textbox', { name: 'Text in files' });
const name = () => page.getByRole('textbox', { name: 'Part of the name' });
const find = () => page.getByRole('button', { name: 'Find', exact: true }).click();

describe('looking for files', () => {
  it('finds lines, and opens the file at one of them', async () => {
    await panel.open(page, `/containers/${id}/files?path=/srv/site`);
    await page.locator('tr[data-name="notes.txt"]').waitFor();
    await page.keyboard.press('Control+Shift+f');
    await text().fill('needle');
    await look(page, 'searches-begin');
    await page.keyboard.press('Enter');
    await page.getByText('3 lines in 2 files').waitFor();
    await look(page, 'searches-found');
    await page.getByRole('link', { name: /4.*needle again/ }).click();
    await page.getByText('Line 4, column 1').waitFor();
    expect(new URL(page.url()).searchParams.get('file')).toBe('/srv/site/notes.txt');
    await page.getByRole('link', { name: /201.*a needle at the end/ }).click();
    await page.getByText('Line 201, column 1').waitFor();
    await look(page, 'searches-opened');
    await page.getByRole('button', { name: 'Close long.txt' }).click();
  }, 60_000);

  it('says that nothing fits', async () => {
    await page.getByRole('checkbox', { name: 'Capitals count' }).check();
    await text().fill('NEEDLE');
    await find();
    await page.getByText('Nothing below site fits').waitFor();
    await look(page, 'searches-none');
    await page.getByRole('checkbox', { name: 'Capitals count' }).uncheck();
  }, 60_000);

  it('finds names, and leads to where they are', async () => {
    await text().fill('');
    await name().fill('needle');
    await find();
    await page.getByText('2 fit').waitFor();
    await page.getByRole('link', { name: 'needle-link' }).click();
    await until('it has the focus', async () => (await page.evaluate(() => document.activeElement?.textContent)) === 'needle-link'); // prettier-ignore
  }, 60_000);

  it('says that it ended before all was looked at', async () => {
    await panel.open(page, `/containers/${id}/files?path=/srv/many`);
    await page.getByText('600 entries').waitFor();
    await page.getByRole('button', { name: 'Find in files' }).click();
    await name().fill('entry');
    await find();
    await page.getByText('There are more than are shown').waitFor();
    await look(page, 'searches-truncated');
    await page.getByRole('button', { name: 'Back to the folder' }).click();
    await page.locator('tr[data-name="entry1"]').waitFor();
  }, 60_000);

  it('says why it could not look', async () => {
    await panel.open(page, `/containers/${id}/files?path=/srv/site`);
    await page.locator('tr[data-name="notes.txt"]').waitFor();
    await page.getByRole('button', { name: 'Find in files' }).click();
    await page.route(
      '**/files/searches?*',
      (route) =>
      route.fulfill({ status: 409, json: { code: 'tool_missing', message: 'No find.', params: { tool: 'find' }, requestId: 'req' } }), // prettier-ignore
    );
    await name().fill('entry');
    await find();
    await page.locator('[data-slot="error-state"]').waitFor();
    await look(page, 'searches-failed');
    await page.unroute('**/files/searches?*');
  }, 60_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
