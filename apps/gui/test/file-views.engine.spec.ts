import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { engine, makeContainer } from './engine-api.ts';
import { look, problems } from './look.ts';
import { Panel, until } from './panel.ts';

const MADE = [
  'mkdir -p /srv/site/assets/deep/deeper /srv/site/void /srv/many; cd /srv/site; : > index.html',
  'mkdir .secret; cd /srv/many; for n in $(seq 1 400); do mkdir folder$n; done',
].join('\n');

let panel: Panel;
let page: Page;
let id: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `views-${panel.label.slice(-6)}`;
  const engineId = await makeContainer(name, panel.label);
  const { Id } = await engine<{ Id: string }>('POST', `/containers/${engineId}/exec`, { Cmd: ['sh', '-c', MADE] });
  await engine('POST', `/exec/${Id}/start`, { Detach: true });
  await until('all is made', async () => !(await engine<{ Running: boolean }>('GET', `/exec/${Id}/json`)).Running);
  await until('the panel sees the container', async () => {
    const { items } = await panel.api<{ items: { id: string }[] }>('GET', `/containers?q=${name}`);
    id = items[0]?.id ?? '';
    return items.length === 1;
  });
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
}, 60_000);

const address = (query: string) => `/containers/${id}/files${query}`;
const row = (name: string): Locator => page.locator(`tr[data-name="${name}"]`);
const folder = (path: string): Locator => page.getByRole('tree').locator(`[data-path="${path}"]`);
const expanded = (path: string) => folder(path).getAttribute('aria-expanded');
const inTree = () => page.evaluate(() => document.activeElement?.getAttribute('data-path') ?? null);

describe('the tree', () => {
  it('shows where one is, and goes where one likes', async () => {
    await panel.open(page, address('?path=/srv/site/assets'));
    await folder('/srv/site/assets').waitFor();
    expect(await folder('/srv/site/assets').getAttribute('aria-selected')).toBe('true');
    expect(await expanded('/srv/site')).toBe('true');
    await folder('/srv/site').click();
    await row('index.html').waitFor();
    await look(page, 'tree');
    await folder('/srv/site/.secret').waitFor();
    await page.getByLabel('Hidden files').uncheck();
    await folder('/srv/site/.secret').waitFor({ state: 'detached' });
    await page.getByLabel('Hidden files').check();
  }, 60_000);

  it('is walked by the keyboard alone', async () => {
    await folder('/srv/site').focus();
    await page.keyboard.press('ArrowDown');
    await until('the first folder has the focus', async () => (await inTree()) === '/srv/site/.secret');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await folder('/srv/site/assets/deep').waitFor();
    await page.keyboard.press('ArrowRight');
    await until('its first folder has the focus', async () => (await inTree()) === '/srv/site/assets/deep');
    await page.keyboard.press('Enter');
    await row('deeper').waitFor();
    await folder('/srv/site/assets/deep').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await expanded('/srv/site/assets/deep')).toBe('false');
    await page.keyboard.press('ArrowLeft');
    await until('it has the focus above it', async () => (await inTree()) === '/srv/site/assets');
    await page.keyboard.press('ArrowLeft');
    expect(await expanded('/srv/site/assets')).toBe('false');
  }, 60_000);

  it('draws of very many what is seen, and has no arrow where there is nothing', async () => {
    await panel.open(page, address('?path=/srv/many'));
    await row('folder1').waitFor();
    await folder('/srv/many/folder1').waitFor();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(120);
    await folder('/srv/many/folder1').click();
    await page.getByText('This folder is empty').waitFor();
    await until('it is known to be empty', async () => (await expanded('/srv/many/folder1')) === null);
  }, 60_000);

  it('goes and stays away, and is not there on a narrow window', async () => {
    await page.getByRole('button', { name: 'Folder tree' }).click();
    expect(await page.getByRole('tree').count()).toBe(0);
    await panel.open(page, address('?path=/srv/many'));
    await row('folder1').waitFor();
    expect(await page.getByRole('tree').count()).toBe(0);
    await page.getByRole('button', { name: 'Folder tree' }).click();
    await page.getByRole('tree').waitFor();
    await page.setViewportSize({ width: 1100, height: 800 });
    await page.getByRole('tree').waitFor({ state: 'detached' });
    await page.setViewportSize({ width: 1440, height: 900 });
  }, 60_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
