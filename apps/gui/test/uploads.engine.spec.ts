import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileContent, FileList } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { engine, makeContainer } from './engine-api.ts';
import { look, problems } from './look.ts';
import { Panel, until } from './panel.ts';

const MIB = 1024 * 1024;
const ours = mkdtempSync(path.join(tmpdir(), 'bailiwick-uploads-'));
let panel: Panel;
let page: Page;
let id: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `uploads-${panel.label.slice(-6)}`;
  const engineId = await makeContainer(name, panel.label);
  const { Id } = await engine<{ Id: string }>('POST', `/containers/${engineId}/exec`, { Cmd: ['mkdir', '-p', '/srv/here'] }); // prettier-ignore
  await engine('POST', `/exec/${Id}/start`, { Detach: true });
  await until('the panel sees the container', async () => {
    const { items } = await panel.api<{ items: { id: string }[] }>('GET', `/containers?q=${name}`);
    id = items[0]?.id ?? '';
    return items.length === 1;
  });
  mkdirSync(path.join(ours, 'photos/june'), { recursive: true });
  for (const file of ['one.txt', 'two.txt', 'photos/a.txt', 'photos/june/b.txt'])
    writeFileSync(path.join(ours, file), `this is ${file}`);
  writeFileSync(path.join(ours, 'large.bin'), Buffer.alloc(20 * MIB, 'x'));
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
  rmSync(ours, { recursive: true, force: true });
}, 60_000);

const tray = (): Locator => page.locator('[data-slot="upload-tray"]');
const pick = (...files: string[]) =>
  page.locator('[data-slot="pick-files"]').setInputFiles(files.map((file) => path.join(ours, file)));
const textOf = async (file: string) =>
  (await panel.api<FileContent>('GET', `/containers/${id}/files/content?path=${encodeURIComponent(file)}`)).text;
const namesIn = async (folder: string) =>
  (await panel.api<FileList>('GET', `/containers/${id}/files?path=${folder}`)).items.map(({ name }) => name).sort();
const ended = (count: string) => tray().getByText(`${count} uploaded, nothing is on its way`).waitFor();

describe('uploads (F8)', () => {
  it('put files into the folder that is shown, and the list shows them', async () => {
    await panel.open(page, `/containers/${id}/files?path=/srv/here`);
    await pick('one.txt', 'two.txt');
    await ended('2 of 2 files');
    await page.locator('tr[data-name="two.txt"]').waitFor();
    expect(await textOf('/srv/here/one.txt')).toBe('this is one.txt');
  });

  it('ask what is to become of what is there already, and leave it until somebody says', async () => {
    writeFileSync(path.join(ours, 'one.txt'), 'newer');
    writeFileSync(path.join(ours, 'two.txt'), 'newer as well');
    await pick('one.txt', 'two.txt');
    await until('both ask', async () => (await tray().getByText('There is one of that name.').count()) === 2);
    expect(await textOf('/srv/here/one.txt')).toBe('this is one.txt');
    await look(page, 'uploads');
    const row = (name: string) => tray().getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'asks' });
    await row('one.txt').getByRole('button', { name: 'Replace', exact: true }).click();
    await row('two.txt').getByRole('button', { name: 'Skip', exact: true }).click();
    await ended('4 of 4 files');
    expect([await textOf('/srv/here/one.txt'), await textOf('/srv/here/two.txt')]).toEqual([
      'newer',
      'this is two.txt',
    ]);
    expect(problems()).toEqual([]);
  }, 60_000);

  it('bring a folder with all that is in it', async () => {
    await page.locator('[data-slot="pick-folder"]').setInputFiles(path.join(ours, 'photos'));
    await ended('6 of 6 files');
    expect(await namesIn('/srv/here/photos')).toEqual(['a.txt', 'june']);
    expect(await textOf('/srv/here/photos/june/b.txt')).toBe('this is photos/june/b.txt');
  });

  it('can be paused, survive going elsewhere in the panel, and go on where they were', async () => {
    const network = await page.context().newCDPSession(page);
    const slow = (bytesPerSecond: number) =>
      network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond }); // prettier-ignore
    await slow(4 * MIB);
    await pick('large.bin');
    await tray().getByRole('progressbar', { name: 'large.bin' }).waitFor();
    await tray().getByRole('button', { name: 'Pause large.bin' }).click();
    await tray().getByText('paused').waitFor();
    expect(await namesIn('/srv/here')).not.toContain('large.bin');
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByRole('heading', { name: 'Details' }).waitFor();
    await slow(-1);
    await tray().getByRole('button', { name: 'Go on with large.bin' }).click();
    await tray().getByText('7 of 7 files uploaded, nothing is on its way').waitFor({ timeout: 60_000 });
    const { items } = await panel.api<FileList>('GET', `/containers/${id}/files?path=/srv/here`);
    expect(items.find(({ name }) => name === 'large.bin')?.sizeBytes).toBe(20 * MIB);
    await tray().getByRole('button', { name: 'Clear what is done' }).click();
    expect(await tray().count()).toBe(0);
  }, 90_000);
});
