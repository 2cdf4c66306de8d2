import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileContent } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { isRunning, makeContainer, runInside } from './engine-api.ts';
import { look, problems } from './look.ts';
import { Panel, until } from './panel.ts';

/** 64 by 48, all blue. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAZElEQVR4nO3PUQkAIBTAwBfHiIY1jCH8OITBAtxm7fN1wwUNaEEDWtCAFjSgBQ1oQQNa0IAWNKAFDWhBA1rQgBY0oAUNaEEDWtCAFjSgBQ1oQQNa0IAWNKAFDWhBA1rQgBY8dgEXOtEAlILhNQAAAABJRU5ErkJggg=='; // prettier-ignore

const MADE = [
  'mkdir -p /srv/site/assets/deep/deeper /srv/site/void /srv/many; cd /srv/site; : > index.html',
  `mkdir -p /srv/shown; cd /srv/shown; echo ${PNG} | base64 -d > blue.png; printf "\\0no picture" > fake.png`,
  'head -c 6000000 /dev/zero > large.jpg; for n in $(seq 1 1000); do printf "\\0abcdefg"; done > bytes.bin',
  'printf "name,age\\n\\"Kowalska, A.\\",41\\n" > people.csv; cd /srv/site',
  'mkdir -p /srv/clip/into; cd /srv/clip; for n in one two three; do echo $n > $n.txt; done; echo other > into/two.txt',
  'cd /srv/site; mkdir .secret; cd /srv/many; for n in $(seq 1 400); do mkdir folder$n; done',
].join('\n');

let panel: Panel;
let page: Page;
let id: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `views-${panel.label.slice(-6)}`;
  const engineId = await makeContainer(name, panel.label);
  const made = await runInside(engineId, ['sh', '-c', MADE]);
  await until('all is made', async () => !(await isRunning(made)));
  id = await panel.idOf(name);
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

describe('what is no text', () => {
  const open = async (name: string) => {
    await row(name).getByRole('link').click();
    await page.getByRole('heading', { name }).waitFor();
  };
  const close = (name: string) => page.getByRole('button', { name: `Close ${name}` }).click();

  it('is shown as a picture where it is one', async () => {
    await panel.open(page, address('?path=/srv/shown'));
    await open('blue.png');
    const picture = page.getByRole('img', { name: 'blue.png' });
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
    await look(page, 'previews-picture');
    await page.getByRole('button', { name: 'Bytes', exact: true }).click();
    await page.getByText('89 50 4e 47 0d 0a 1a 0a').waitFor();
    await close('blue.png');
    await open('fake.png');
    await page.getByText('This is no picture that can be shown').waitFor();
    await close('fake.png');
  }, 60_000);

  it('is fetched whole only when somebody says so', async () => {
    await open('large.jpg');
    await page.getByText('Shall it be fetched to be shown?').waitFor();
    await look(page, 'previews-ask');
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByText('This is no picture that can be shown').waitFor();
    await close('large.jpg');
  }, 60_000);

  it('is shown byte by byte, a page at a time', async () => {
    await open('bytes.bin');
    await page.getByText('0 to 4,095 of 8,000 bytes').waitFor();
    await page.getByText('00 61 62 63 64 65 66 67').first().waitFor();
    await look(page, 'previews-bytes');
    await page.getByRole('button', { name: 'Later bytes' }).click();
    await page.getByText('4,096 to 7,999 of 8,000 bytes').waitFor();
    await page.getByText('00001000').waitFor();
    expect(await page.getByRole('button', { name: 'Later bytes' }).isDisabled()).toBe(true);
    const place = page.getByRole('textbox', { name: 'Go to byte' });
    await place.fill('9999');
    expect(await page.getByRole('button', { name: 'Go', exact: true }).isDisabled()).toBe(true);
    await place.fill('0x10');
    await page.keyboard.press('Enter');
    await page.getByText('0 to 4,095 of 8,000 bytes').waitFor();
    await close('bytes.bin');
  }, 60_000);
});

it('values parted by commas are a table to look at and a text to change', async () => {
  await row('people.csv').getByRole('link').click();
  await page.getByRole('cell', { name: 'Kowalska, A.' }).waitFor();
  await look(page, 'previews-table');
  await page.getByRole('button', { name: 'Show as text' }).click();
  const editor = page.locator('[data-slot="text-editor"] .cm-content');
  await editor.waitFor();
  await editor.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('Nowak,7\n');
  expect(await page.getByRole('button', { name: 'Show as a table' }).isDisabled()).toBe(true);
  await page.keyboard.press('Control+s');
  await page.getByText('not saved').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await page.getByRole('cell', { name: 'Nowak' }).waitFor();
}, 60_000);

describe('files taken by keys', () => {
  const names = () => page.locator('tr[data-name]').evaluateAll((all) => all.map((each) => each.getAttribute('data-name') ?? '')); // prettier-ignore
  const are = (...expected: string[]) => until(expected.join(), async () => (await names()).join() === expected.join());
  const focus = (name: string) => row(name).getByRole('link').focus();
  const textOf = async (path: string) =>
    (await panel.api<FileContent>('GET', `/containers/${id}/files/content?path=${path}`)).text;

  it('are copied beside themselves, and into another folder', async () => {
    await panel.open(page, address('?path=/srv/clip'));
    await focus('one.txt');
    await page.keyboard.press('Control+c');
    await page.getByRole('button', { name: 'Copy it here' }).waitFor();
    await page.keyboard.press('Control+v');
    await are('into', 'one (2).txt', 'one.txt', 'three.txt', 'two.txt');
    await row('into').getByRole('link').click();
    await are('two.txt');
    await page.getByRole('button', { name: 'Copy it here' }).click();
    await are('one.txt', 'two.txt');
    await page.getByRole('button', { name: 'Take nothing' }).click();
    expect(await page.getByRole('button', { name: 'Copy it here' }).count()).toBe(0);
  }, 60_000);

  it('are moved, several at once, and take the place of nothing that is not said', async () => {
    await panel.open(page, address('?path=/srv/clip'));
    await row('two.txt').getByRole('checkbox').check();
    await row('three.txt').getByRole('checkbox').check();
    await focus('two.txt');
    await page.keyboard.press('Control+x');
    await page.getByRole('button', { name: 'Move 2 here' }).waitFor();
    await look(page, 'files-taken');
    await row('into').getByRole('link').click();
    await until('it is shown', async () => (await names()).join() === 'one.txt,two.txt');
    await focus('one.txt');
    await page.keyboard.press('Control+v');
    const dialog = page.getByRole('dialog', { name: 'Not everything could be moved' });
    await dialog.getByText('two.txt').waitFor();
    await look(page, 'files-stuck');
    expect(await textOf('/srv/clip/into/two.txt')).toBe('other\n');
    await dialog.getByRole('button', { name: 'Replace it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await are('one.txt', 'three.txt', 'two.txt');
    expect(await textOf('/srv/clip/into/two.txt')).toBe('two\n');
    expect(await page.getByRole('button', { name: /^Move .* here$/ }).count()).toBe(0);
  }, 60_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
