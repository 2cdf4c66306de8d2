import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, give, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;
let id: string;

beforeAll(async () => {
  const env = { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_TERMINAL_RECORDING: 'all' };
  panel = await Panel.start({ engine: 'fake', env });
  await panel.claim();
  const { target } = await panel.done('POST', '/deployments', {
    preset: 'tea-shop',
    name: 'tea',
    answers: { greeting: 'kept in confidence' },
  });
  id = target.containerId ?? '';
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const drawn = async (within: string) => {
  const rows = await page.locator(`${within} .xterm-rows`).innerText();
  return rows.replaceAll('\u00a0', ' ');
};
const shows = (text: string | RegExp, within = '[data-slot="terminal"]:visible') =>
  until(`it shows ${String(text)}`, async () => {
    const all = await drawn(within);
    return typeof text === 'string' ? all.includes(text) : text.test(all);
  });

it('is told above the terminal while it is recorded', async () => {
  await panel.open(page, `/containers/${id}/shell`);
  await page.locator('[data-slot="terminal-link"][data-state="live"]').waitFor();
  await page.locator('[data-slot="banner"]').getByText('This session is recorded').waitFor();
  await shows('$ ');
  await page.locator('[data-slot="terminal"]:visible .xterm-helper-textarea').focus();
  for (const line of ['echo grün 日本語', 'echo kept in confidence']) {
    await page.keyboard.insertText(line);
    await page.keyboard.press('Enter');
  }
  await shows(/\nkept in confidence\s/);
  await look(page, 'shell-recorded');
  await page.getByRole('button', { name: /^End / }).click();
  await page.getByText('No shell is open here').waitFor();
}, 90_000);

it('is played under Activity, as it was and without what is kept in confidence', async () => {
  await panel.open(page, `/containers/${id}/activity`);
  const section = page.getByRole('region', { name: 'Recorded terminals' });
  await section.getByText('Ada Lovelace').waitFor();
  await section.getByRole('button', { name: 'Play' }).click();
  const dialog = page.getByRole('dialog', { name: 'Terminal of Ada Lovelace' });
  await dialog.locator('[data-slot="recording"]').waitFor();
  await dialog.getByLabel('Speed').selectOption('16');
  await dialog.locator('[data-slot="recording"][data-plays="false"]').waitFor();
  const inDialog = '[data-slot="dialog"]';
  await shows(/\ngrün 日本語\s/, inDialog);
  await shows(/\n•••\s/, inDialog);
  expect(await drawn(inDialog)).not.toContain('confidence');
  await dialog.getByLabel('Moment').fill('0');
  await until('it is at its beginning', async () => !(await drawn(inDialog)).includes('grün'));
  await dialog.getByRole('button', { name: 'Play' }).click();
  await shows(/\ngrün 日本語\s/, inDialog);
  await look(page, 'recording');
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByText('Read the recording of a terminal').first().waitFor();
}, 90_000);

it('is shown to nobody else', async () => {
  const member = await addMember(panel, 'mia', 'Mia Member');
  await give(panel, { kind: 'user', id: member.id }, { kind: 'container', id }, 'maintainer');
  const theirs = await pageOf(panel, member);
  await panel.open(theirs, `/containers/${id}/activity`);
  await theirs.getByText('Open a terminal').first().waitFor();
  expect(await theirs.getByRole('region', { name: 'Recorded terminals' }).count()).toBe(0);
  await theirs.context().close();
  expect(problems()).toEqual([]);
}, 60_000);
