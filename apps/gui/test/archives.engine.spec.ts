import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileContent, FileList } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel, until } from './panel.ts';

const ours = mkdtempSync(path.join(tmpdir(), 'bailiwick-archives-'));
let panel: Panel;
let page: Page;
let id: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const { target } = await panel.done('POST', '/deployments', {
    image: 'busybox:local',
    name: `archives-${panel.label.slice(-6)}`,
    volumes: [{ name: 'kept', target: '/kept' }],
    options: { command: ['sleep', '1000'] },
  });
  id = String(target.containerId);
  mkdirSync(path.join(ours, 'world/region'), { recursive: true });
  writeFileSync(path.join(ours, 'world/level.txt'), 'the level');
  writeFileSync(path.join(ours, 'world/region/zażółć.txt'), 'the region');
  execFileSync('tar', ['-czf', path.join(ours, 'save.tar.gz'), 'world'], { cwd: ours });
  symlinkSync('/etc/passwd', path.join(ours, 'world/link'));
  execFileSync('tar', ['-cf', path.join(ours, 'linked.tar'), 'world'], { cwd: ours });
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
  rmSync(ours, { recursive: true, force: true });
}, 60_000);

const row = (name: string): Locator => page.locator(`tr[data-name="${name}"]`);
const namesIn = async (folder: string) =>
  (await panel.api<FileList>('GET', `/containers/${id}/files?path=${folder}`)).items.map(({ name }) => name).sort();
const textOf = async (file: string) =>
  (await panel.api<FileContent>('GET', `/containers/${id}/files/content?path=${encodeURIComponent(file)}`)).text;
const bring = async (name: string) => {
  await page.locator('[data-slot="pick-files"]').setInputFiles(path.join(ours, name));
  await row(name).waitFor();
};
const choose = async (name: string, act: string) => {
  await row(name)
    .getByRole('button', { name: `What can be done to ${name}` })
    .click();
  await page.getByRole('menuitem', { name: act }).click();
};
const card = (state: string) => page.locator(`[data-slot="operation-card"][data-state="${state}"]`);
const close = () => card('done').or(card('failed')).getByRole('button', { name: 'Close' }).click();

describe('archives', () => {
  it('show what is in them before anything is written, and are unpacked into a folder of their own', async () => {
    await panel.open(page, `/containers/${id}/files?path=/kept`);
    await bring('save.tar.gz');
    await choose('save.tar.gz', 'Unpack…');
    const dialog = page.getByRole('dialog', { name: 'Unpack save.tar.gz' });
    await dialog.getByText('2 files and 2 folders, 19 B in all').waitFor();
    await dialog.getByText('world/region/zażółć.txt').waitFor();
    expect(await namesIn('/kept')).toEqual(['save.tar.gz']);
    await look(page, 'archives-unpack');
    expect(await dialog.getByRole('textbox', { name: 'Folder' }).inputValue()).toBe('save');
    await dialog.getByRole('button', { name: 'Unpack' }).click();
    await card('done').waitFor();
    await row('save').waitFor();
    expect(await textOf('/kept/save/world/region/zażółć.txt')).toBe('the region');
    await look(page, 'archives-unpacked');
    await close();
    await card('done').waitFor({ state: 'detached' });
  }, 60_000);

  it('replace what is there only when that is said, and say why they did not', async () => {
    await choose('save.tar.gz', 'Unpack…');
    const dialog = page.getByRole('dialog', { name: 'Unpack save.tar.gz' });
    await dialog.getByText('There is such a folder. The files go among those in it.').waitFor();
    await dialog.getByRole('button', { name: 'Unpack' }).click();
    await card('failed').getByText('There is something of that name already.').waitFor();
    await look(page, 'archives-refused');
    await close();
    await choose('save.tar.gz', 'Unpack…');
    await dialog.getByLabel('Replace files that are there').check();
    await dialog.getByRole('button', { name: 'Unpack' }).click();
    await card('done').waitFor();
    await close();
  }, 60_000);

  it('with links in them are refused in words before they are asked for', async () => {
    await bring('linked.tar');
    await choose('linked.tar', 'Unpack…');
    const dialog = page.getByRole('dialog', { name: 'Unpack linked.tar' });
    await dialog.getByText(/There are links in this archive.*It is about world\/link\./).waitFor();
    expect(await dialog.getByRole('button', { name: 'Unpack' }).isDisabled()).toBe(true);
    await look(page, 'archives-linked');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  }, 60_000);

  it('are made of what is chosen, beside it', async () => {
    await page.getByRole('checkbox', { name: 'Choose save', exact: true }).check();
    await page.getByRole('checkbox', { name: 'Choose linked.tar', exact: true }).check();
    await page.getByRole('button', { name: 'Pack… (2)' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pack 2 things' });
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('archive.zip');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('save.tar.gz');
    await dialog.getByText('There is something of that name.').waitFor();
    await dialog.getByLabel(/^tar\.gz/).check();
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('archive.tar.gz');
    await look(page, 'archives-pack');
    await dialog.getByRole('button', { name: 'Pack' }).click();
    await card('done').waitFor();
    await row('archive.tar.gz').waitFor();
    await until('it can be looked into', async () => {
      const content = await panel.api<{ files: number }>('GET', `/containers/${id}/files/archive?path=/kept/archive.tar.gz`); // prettier-ignore
      return content.files === 3;
    });
    expect(problems()).toEqual([]);
  }, 60_000);
});
