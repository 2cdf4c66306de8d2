import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSwapper, type Swapper } from '../../../test/swapper.js';
import type { ArchiveEntry } from '../../kernel/archives/archive.js';
import { packTree } from '../../kernel/archives/pack-tree.js';
import { UnpackTree } from '../../kernel/archives/unpack-tree.js';
import { assertFree, mergeTree } from '../../kernel/disk/merge-tree.js';
import { OpenFolder } from '../../kernel/disk/open-folder.js';
import { removeTree } from '../../kernel/disk/remove-tree.js';
import { within } from '../../kernel/disk/walk.js';
import { isAppError } from '../../kernel/errors.js';
import { DiskFiles } from './disk-files.driver.js';

const DEEP = process.env['BAILIWICK_TEST_DEEP'] === '1';
const TIMES = DEEP ? 200_000 : 2_000;
/** Each try is a dozen of the others. */
const LONG: ReadonlySet<string> = new Set(['pack', 'unpack']);
const timesOf = (what: string): number => (DEEP && LONG.has(what) ? 20_000 : TIMES);
const SECRET = 'not yours';

describe('a folder whose parts are swapped for links to elsewhere while it is used', () => {
  let root: string;
  let elsewhere: string;
  let uploads: string;
  let files: DiskFiles;
  let swapper: Swapper;
  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    elsewhere = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    uploads = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    for (const folder of ['sub', 'sub/inner', 'other']) mkdirSync(path.join(root, folder));
    for (const file of ['sub/file', 'alone']) writeFileSync(path.join(root, file), 'mine');
    mkdirSync(path.join(elsewhere, 'inner'));
    for (const file of ['file', 'inner/deep']) writeFileSync(path.join(elsewhere, file), SECRET);
    chmodSync(path.join(elsewhere, 'file'), 0o640);
    files = new DiskFiles({ target: '/data', readOnly: false, open: () => OpenFolder.at(root) });
    swapper = await startSwapper(root, elsewhere);
  });
  afterEach(async () => {
    await swapper.stop();
    for (const folder of [root, elsewhere, uploads]) rmSync(folder, { recursive: true, force: true });
  });

  /** Nothing there was touched. */
  function assertUntouched(): void {
    expect(readdirSync(elsewhere).sort()).toEqual(['file', 'inner']);
    expect(readdirSync(path.join(elsewhere, 'inner'))).toEqual(['deep']);
    for (const file of ['file', 'inner/deep']) expect(readFileSync(path.join(elsewhere, file), 'utf8')).toBe(SECRET);
    expect(statSync(path.join(elsewhere, 'file')).mode & 0o777).toBe(0o640);
    expect(statSync(path.join(elsewhere, 'file')).nlink).toBe(1);
  }

  const place = (name: string) => ({ folder: '/data/sub', name });
  const other = (name: string) => ({ folder: '/data/other', name });
  const anything = () => undefined;
  const facts = { kind: 'file', mode: '644', owner: '0:0', sizeBytes: 4, modifiedAtMs: 0, etag: '' } as const;

  async function downloaded(): Promise<Buffer> {
    const file = await files.open({ path: '/data/sub/file', facts });
    try {
      return await file.read(0, 100);
    } finally {
      await file.close();
    }
  }
  /** As an upload that is whole takes its place; one that could not is still there for the next try. */
  async function taken(turn: number): Promise<unknown> {
    if (!existsSync(path.join(uploads, 'whole'))) writeFileSync(path.join(uploads, 'whole'), 'mine');
    const folder = await OpenFolder.at(uploads);
    try {
      const brought = { folder, name: 'whole', pieces: () => Readable.from([Buffer.from('mine')]) };
      const result = await files.take(turn % 2 ? place('out') : { folder: '/data', name: 'alone' }, brought, anything);
      expect(readdirSync(uploads)).toEqual([]);
      return result;
    } catch (error) {
      expect(readFileSync(path.join(uploads, 'whole'), 'utf8')).toBe('mine');
      throw error;
    } finally {
      await folder.close();
    }
  }
  async function archived(): Promise<string> {
    const archive = await files.archive({ path: '/data', facts }, 'data');
    const all: Buffer[] = [];
    try {
      for await (const piece of archive.pieces) all.push(piece);
    } finally {
      await archive.close();
    }
    expect(Buffer.concat(all).includes(SECRET)).toBe(false);
    return '';
  }

  async function packed(): Promise<Buffer> {
    const out = path.join(uploads, 'packed');
    const to = await open(out, 'w');
    const packing = {
      names: ['sub', 'alone', 'other'],
      format: 'tar',
      signal: new AbortController().signal,
      mostEntries: 1000,
    } as const;
    try {
      await files.hold('/data', { write: false }, (folder) => packTree({ ...packing, folder, to, wrote: anything }));
    } finally {
      await to.close();
    }
    const made = readFileSync(out);
    expect(made.includes(SECRET)).toBe(false);
    return made.subarray(0, 10);
  }
  /** As what was unpacked aside takes its places. */
  const unpacked = (turn: number): Promise<void> =>
    files.hold('/data', { write: true }, async (folder) => {
      const staging = `staging-${turn}`;
      await folder.makeFolder(staging);
      try {
        await within(folder, [staging], async (aside) => {
          const tree = await UnpackTree.at(aside);
          try {
            for (const parts of [['sub', 'inner', 'deep'], ['alone']]) {
              await assertFree(folder, parts, { kind: 'file', replace: true });
              await tree.add({ parts, path: parts.join('/') }, ENTRY, anything);
            }
          } finally {
            await tree.close();
          }
          await mergeTree(aside, folder, { replace: true, really: true });
        });
      } finally {
        await removeTree(folder, staging);
      }
    });
  const ENTRY: ArchiveEntry = {
    path: '',
    kind: 'file',
    sizeBytes: 4,
    packedBytes: null,
    mode: 0o777,
    modifiedAtMs: 0,
    bytes: () => Readable.from([Buffer.from('mine')]),
  };

  const TRIES: Record<string, (turn: number) => Promise<unknown>> = {
    list: () => files.list('/data/sub'),
    'list of what was one': () => files.list('/data/alone'),
    read: (turn) => files.read({ path: turn % 2 ? '/data/sub/file' : '/data/alone', facts }, { offset: 0, maxBytes: 100 }), // prettier-ignore
    look: () => files.look('/data/sub/inner/deep'),
    write: (turn) =>
      turn % 2
        ? files.write(place('out'), Buffer.from('out'), anything)
        : files.write({ folder: '/data', name: 'alone' }, Buffer.from('mine'), anything),
    'make a folder': (turn) => files.makeFolder(place(`made-${turn}`)),
    move: (turn) =>
      turn % 2 ? files.move(place('file'), files, other('file'), true) : files.move(other('file'), files, place('file'), true), // prettier-ignore
    copy: (turn) => files.copy({ folder: '/data', name: 'sub' }, files, other(`copy-${turn}`), false),
    'copy into it': (turn) => files.copy({ folder: '/data', name: 'alone' }, files, place(`copy-${turn}`), false),
    delete: (turn) => files.remove(place(turn % 2 ? 'file' : 'inner'), { forever: true, nowMs: 0 }),
    'delete to the bin': (turn) => files.remove(place(turn % 2 ? 'file' : 'inner'), { forever: false, nowMs: 0 }),
    'change of mode': (turn) => files.changeMode(turn % 2 ? '/data/sub/file' : '/data/alone', 0o777),
    upload: taken,
    download: () => downloaded(),
    'archive of it': () => archived(),
    pack: () => packed(),
    unpack: unpacked,
  };

  it.each(Object.keys(TRIES))(
    'never leads there: %s',
    async (what) => {
      const attempt = TRIES[what];
      const outcomes = { done: 0, refused: 0 };
      for (let turn = 0; turn < timesOf(what); turn++) {
        try {
          const result: unknown = await attempt?.(turn);
          outcomes.done += 1;
          expect(JSON.stringify(result ?? null)).not.toMatch(/bm90IHlvdXJz|110,111,116,32,121/);
          if (what === 'list') expect(JSON.stringify(result)).toMatch(/inner/);
          if (what === 'look' || what === 'list of what was one') expect(result).toBeUndefined();
        } catch (error) {
          if (!isAppError(error)) throw error;
          outcomes.refused += 1;
        }
        if (turn % 200 === 0) assertUntouched();
        // What the attempts made is no part of the question, and would only slow them down.
        if (turn % 500 === 499) rmSync(path.join(root, 'other'), { recursive: true, force: true, maxRetries: 3 });
        if (!existsSync(path.join(root, 'other'))) mkdirSync(path.join(root, 'other'));
      }
      assertUntouched();
      expect(swapper.isAtWork()).toBe(true);
      if (!['look', 'archive of it', 'pack'].includes(what)) expect(outcomes.refused).toBeGreaterThan(0);
    },
    DEEP ? 3_600_000 : 120_000,
  );
});
