import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OpenFolder } from '../../kernel/disk/open-folder.js';
import { DiskFiles } from './disk-files.driver.js';
import { FileSearch, SEARCH_BOUNDS, type SearchBounds, type Wish } from './file-search.rules.js';

let root: string;
let elsewhere: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  elsewhere = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  put('main.py', 'import os\nprint("needle")\n');
  put('sub/deep/needle.txt', 'nothing\n');
  put('sub/other.py', '# Needle\n');
  put('.bailiwick-bin/1-000000000000/gone.py', 'needle\n');
  writeFileSync(path.join(elsewhere, 'secret.py'), 'needle\n');
  symlinkSync(elsewhere, at('door'));
  symlinkSync(path.join(elsewhere, 'secret.py'), at('secret.py'));
});
afterEach(() => {
  for (const folder of [root, elsewhere]) rmSync(folder, { recursive: true });
});

const at = (...parts: string[]) => path.join(root, ...parts);
function put(name: string, text: string): void {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}
async function find(
  wish: Partial<Wish>,
  { bounds = {}, below = '/data', apart = [] as string[], begun = (_: FileSearch): void => undefined } = {},
) {
  // prettier-ignore
  const files = new DiskFiles({ target: '/data', readOnly: false, open: () => OpenFolder.at(root) });
  const all: SearchBounds = { ...SEARCH_BOUNDS, ...bounds };
  const search = new FileSearch({ matchCase: false, ...wish }, new Set(apart), all);
  begun(search);
  await files.search(below, search);
  return search;
}
const paths = ({ found }: FileSearch) => found.map((one) => one.path);

describe('what is looked for on disk', () => {
  it('is found by text, by name and by both, and neither in the bin nor through a link', async () => {
    const { found } = await find({ text: 'needle' });
    expect(found).toMatchObject([
      { path: '/data/main.py', kind: 'file', lines: [{ line: 2, before: 'print("', match: 'needle' }] },
      { path: '/data/sub/other.py', lines: [{ line: 1, match: 'Needle' }] },
    ]);
    expect(paths(await find({ name: 'needle' }))).toEqual(['/data/sub/deep/needle.txt']);
    expect(paths(await find({ name: 'sub', text: 'needle' }))).toEqual([]);
    expect(paths(await find({ name: '.py', text: 'Needle', matchCase: true }))).toEqual(['/data/sub/other.py']);
    expect((await find({ name: 'door' })).found).toMatchObject([{ kind: 'link' }]);
    expect(paths(await find({ text: 'needle' }, { below: '/data/.bailiwick-bin' }))).toHaveLength(1);
  });

  it('is not looked for in pipes, which nobody would ever answer', async () => {
    execFileSync('mkfifo', [at('needle.fifo')]);
    expect(paths(await find({ text: 'needle' }))).toHaveLength(2);
    expect((await find({ name: 'fifo' })).found).toMatchObject([{ kind: 'other' }]);
  });

  it('is not looked for where something else is mounted, in what is too large, or too deep', async () => {
    expect(paths(await find({ text: 'needle' }, { apart: ['/data/sub'] }))).toEqual(['/data/main.py']);
    const small = await find({ text: 'needle' }, { bounds: { mostBytesOfOne: 10 } });
    expect([paths(small), small.leftOut]).toEqual([['/data/sub/other.py'], 1]);
    const shallow = await find({ name: 'needle' }, { bounds: { mostDeep: 1 } });
    expect([paths(shallow), shallow.leftOut]).toEqual([[], 1]);
  });

  it('is looked for no longer than anybody waits, and as far as the bounds go', async () => {
    const left = await find({ text: 'needle' }, { begun: (search) => search.stop(null) });
    expect([left.entries, left.found]).toEqual([0, []]);
    expect(await find({ text: 'needle' }, { bounds: { mostEntries: 2 } })).toMatchObject({ entries: 2, stoppedBy: 'entries' }); // prettier-ignore
    expect(await find({ text: 'needle' }, { bounds: { mostMatches: 1 } })).toMatchObject({ stoppedBy: 'matches' });
    expect(await find({ text: 'zzz' }, { bounds: { mostBytes: 5 } })).toMatchObject({ stoppedBy: 'bytes' });
  });

  it('is refused below what is no folder', async () => {
    await expect(find({ name: 'x' }, { below: '/data/door' })).rejects.toMatchObject({ params: { reason: 'link' } });
  });
});
