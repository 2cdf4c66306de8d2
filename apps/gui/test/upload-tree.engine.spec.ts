import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileContent, FileList } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { engine } from './engine-api.ts';
import { Panel, until } from './panel.ts';

const FOLDERS = 40;
const FILES = 50;
const ALL = FOLDERS * FILES;
const ours = mkdtempSync(path.join(tmpdir(), 'bailiwick-tree-'));
const presets = mkdtempSync(path.join(tmpdir(), 'bailiwick-presets-'));
const nameOf = (folder: number, file: number) => `tree/part ${folder}/zażółć-${file}.txt`;
let panel: Panel;
let page: Page;
let id: string;
let name: string;

beforeAll(async () => {
  const config = {
    image: 'busybox:local',
    command: ['sh', '-c', "trap 'exit 0' TERM; while true; do sleep 0.2; done"],
    volumes: [{ name: 'data', target: '/data' }],
    memoryBytes: 33_554_432,
    cpus: 0.25,
    restart: 'no',
  };
  const preset = { name: 'shelf', title: 'Shelf', description: 'Keeps files.', categories: ['tool'], config };
  writeFileSync(path.join(presets, 'shelf.json'), JSON.stringify(preset));
  panel = await Panel.start({ env: { BAILIWICK_PRESETS_DIR: presets } });
  await panel.claim();
  name = `tree-${panel.label.slice(-6)}`;
  await panel.done('POST', '/deployments', { preset: 'shelf', name });
  const { items } = await panel.api<{ items: { id: string }[] }>('GET', `/containers?q=${name}`);
  id = items[0]?.id ?? '';
  for (let folder = 0; folder < FOLDERS; folder++) {
    mkdirSync(path.join(ours, `tree/part ${folder}`), { recursive: true });
    for (let file = 0; file < FILES; file++)
      writeFileSync(path.join(ours, nameOf(folder, file)), `${nameOf(folder, file)}\n`);
  }
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
  for (const folder of [ours, presets]) rmSync(folder, { recursive: true, force: true });
}, 60_000);

const tray = (): Locator => page.locator('[data-slot="upload-tray"]');
const pickTree = () => page.locator('[data-slot="pick-folder"]').setInputFiles(path.join(ours, 'tree'));
/** All that is in it, each by its own hash, as the container itself sees it. */
async function inside(): Promise<string> {
  const { Id } = await engine<{ Id: string }>('POST', `/containers/${name}/exec`, {
    Cmd: ['sh', '-c', 'cd /data; find tree -type f -print0 | xargs -0 sha256sum > /data/sums; touch /data/summed'], // prettier-ignore
  });
  await engine('POST', `/exec/${Id}/start`, { Detach: true });
  await until('all is summed', async () => {
    const { items } = await panel.api<FileList>('GET', `/containers/${id}/files?path=/data`);
    return items.some((item) => item.name === 'summed');
  });
  const sums = `/containers/${id}/files/content?maxBytes=5242880&path=/data/sums`;
  return (await panel.api<FileContent>('GET', sums)).text ?? '';
}
const expected = () =>
  Array.from({ length: ALL }, (_, at) => nameOf(Math.floor(at / FILES), at % FILES))
    .map((file) => `${createHash('sha256').update(`${file}\n`).digest('hex')}  ${file}`)
    .sort();

describe('an upload of a tree of thousands (F8)', () => {
  it('brings every file to its place, asks once for what is there, and the page stays usable', async () => {
    await panel.api('POST', `/containers/${id}/files/folders`, { path: '/data/tree' });
    await panel.api('POST', `/containers/${id}/files/folders`, { path: '/data/tree/part 3' });
    for (const file of [3, 4])
      await panel.api('PUT', `/containers/${id}/files/content`, {
        path: `/data/${nameOf(3, file)}`,
        text: 'older',
        ifMatch: null,
      });
    await panel.open(page, `/containers/${id}/files?path=/data`);
    await pickTree();
    await tray()
      .getByText(`of ${ALL.toLocaleString('en')} files uploaded`)
      .waitFor();
    const startedAt = Date.now();
    await tray().getByRole('button', { name: 'Fold the list' }).click();
    await tray().getByRole('button', { name: 'Unfold the list' }).click();
    expect(Date.now() - startedAt).toBeLessThan(5000);
    await until('both ask', async () => (await tray().getByText('There is one of that name.').count()) === 2, 240_000);
    await tray().getByRole('button', { name: 'Replace all' }).first().click();
    await tray()
      .getByText(`${ALL.toLocaleString('en')} of ${ALL.toLocaleString('en')} files uploaded, nothing is on its way`)
      .waitFor({ timeout: 240_000 });
    expect((await inside()).trimEnd().split('\n').sort()).toEqual(expected());
  }, 500_000);
});
