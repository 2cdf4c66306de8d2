import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileContent, FileList, Me } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { makeContainer, runInside } from './engine-api.ts';
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
  await runInside(engineId, ['mkdir', '-p', '/srv/here']);
  id = await panel.idOf(name);
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
const kept = () => page.evaluate(() => sessionStorage.getItem('bw_uploads'));
/** Its first part has come when the page is loaded anew. */
async function leaveOnItsWay(name: string, meanwhile?: (location: string) => Promise<void>): Promise<void> {
  writeFileSync(path.join(ours, name), Buffer.alloc(20 * MIB, 'y'));
  const [first] = [page.waitForResponse((answer) => answer.request().method() === 'PATCH')];
  await page.route('**/files/uploads/*', async (route) => {
    const isLater = route.request().method() === 'PATCH' && route.request().headers()['upload-offset'] !== '0';
    await (isLater ? new Promise(() => undefined) : route.continue());
  });
  await pick(name);
  const location = new URL((await first).url()).pathname;
  await meanwhile?.(location);
  await page.reload();
  await page.unroute('**/files/uploads/*');
}
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

  it('bring what is dropped, folders with nothing in them as well', async () => {
    mkdirSync(path.join(ours, 'dropped/empty/below'), { recursive: true });
    writeFileSync(path.join(ours, 'dropped/full.txt'), 'full');
    const { x, y } = (await page.locator('tr[data-name="one.txt"]').boundingBox()) ?? { x: 0, y: 0 };
    const mouse = await page.context().newCDPSession(page);
    const data = { items: [], files: [path.join(ours, 'dropped')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await mouse.send('Input.dispatchDragEvent', { type, x: x + 40, y: y + 10, data });
    await ended('7 of 7 files');
    await until('all of it is there', async () => (await namesIn('/srv/here/dropped')).length === 2);
    expect(await namesIn('/srv/here/dropped')).toEqual(['empty', 'full.txt']);
    expect(await namesIn('/srv/here/dropped/empty')).toEqual(['below']);
    expect(await namesIn('/srv/here/dropped/empty/below')).toEqual([]);
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
    await tray().getByText('8 of 8 files uploaded, nothing is on its way').waitFor({ timeout: 60_000 });
    const { items } = await panel.api<FileList>('GET', `/containers/${id}/files?path=/srv/here`);
    expect(items.find(({ name }) => name === 'large.bin')?.sizeBytes).toBe(20 * MIB);
    await tray().getByRole('button', { name: 'Clear what is done' }).click();
    expect(await tray().count()).toBe(0);
  }, 90_000);

  it('go on where they were after the page was loaded anew, once the same file is chosen again', async () => {
    await panel.open(page, `/containers/${id}/files?path=/srv/here`);
    await leaveOnItsWay('again.bin');
    await tray().getByText('waits for its file').waitFor();
    await look(page, 'uploads-left');
    const again = page.locator('[data-slot="pick-again"]');
    await again.setInputFiles(path.join(ours, 'one.txt'));
    await tray().getByRole('alert').getByText('That is another file').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().includes('/files/uploads')) return;
      asked.push(`${request.method()} ${Number(request.headers()['upload-offset'] ?? 0) / MIB}`);
    });
    await again.setInputFiles(path.join(ours, 'again.bin'));
    await ended('1 of 1 file');
    expect(asked).toEqual(['HEAD 0', 'PATCH 8', 'PATCH 16']);
    const { items } = await panel.api<FileList>('GET', `/containers/${id}/files?path=/srv/here`);
    expect(items.find(({ name }) => name === 'again.bin')?.sizeBytes).toBe(20 * MIB);
    await page.reload();
    await page.locator('tr[data-name="again.bin"]').waitFor();
    expect(await tray().count()).toBe(0);
    expect(problems()).toEqual([]);
  }, 90_000);

  it('are forgotten where the core knows of them no more, and when their person signs out', async () => {
    await leaveOnItsWay('gone.bin');
    await tray().getByText('waits for its file').waitFor();
    await tray().getByRole('button', { name: 'Cancel gone.bin' }).click();
    expect(await tray().count()).toBe(0);
    await leaveOnItsWay('gone.bin', async (location) => {
      const headers = { 'tus-resumable': '1.0.0', 'x-csrf': (await panel.api<Me>('GET', '/me')).csrf, origin: panel.url }; // prettier-ignore
      expect((await page.request.delete(panel.url + location, { headers })).status()).toBe(204);
    });
    await page.locator('tr[data-name="one.txt"]').waitFor();
    await until('it is forgotten', async () => (await kept()) === null);
    expect(await tray().count()).toBe(0);
    await leaveOnItsWay('gone.bin');
    await tray().getByText('waits for its file').waitFor();
    expect(await kept()).toContain('gone.bin');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/login/);
    expect(await kept()).toBeNull();
  }, 90_000);
});
