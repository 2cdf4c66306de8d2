import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OpenFolder } from './open-folder.js';
import { removeTree, TooDeep } from './remove-tree.js';

const UP = '.bailiwick-up-';
const DEEPER = 'd/'.repeat(40);

describe('what is removed', () => {
  let root: string;
  let folder: OpenFolder;
  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    mkdirSync(path.join(root, 'tree'));
    folder = await OpenFolder.at(root);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await folder.close();
    execFileSync('rm', ['-rf', root]);
  });
  const at = (...names: string[]) => path.join(root, 'tree', ...names);

  /** Done whenever somebody looks what is in a folder, so often at most; says how often it was. */
  function meanwhile(most: number, work: (time: number) => void): () => number {
    let times = 0;
    const names = Object.getOwnPropertyDescriptor(OpenFolder.prototype, 'names')?.value as () => Promise<Buffer[]>;
    jest.spyOn(OpenFolder.prototype, 'names').mockImplementation(function (this: OpenFolder) {
      if (times < most) work((times += 1));
      return names.call(this);
    });
    return () => times;
  }

  it('goes with all that is in it, however deep, and with what was brought up before', async () => {
    mkdirSync(at(DEEPER.repeat(10)), { recursive: true });
    mkdirSync(at(`${UP}before`, DEEPER), { recursive: true });
    writeFileSync(at('file'), '');
    await removeTree(folder, 'tree');
    expect(readdirSync(root)).toEqual([]);
  });

  it('stays where somebody goes on filling it, also by the names of what is brought up', async () => {
    const times = meanwhile(500, (time) => mkdirSync(at(`${UP}${time}`)));
    await expect(removeTree(folder, 'tree')).rejects.toThrow('ENOTEMPTY');
    expect(times()).toBeLessThan(100);
  });

  it('stays where what was brought up becomes deeper and deeper', async () => {
    mkdirSync(at(DEEPER), { recursive: true });
    meanwhile(2000, () => {
      for (const name of readdirSync(at()).filter((each) => each.startsWith(UP)))
        mkdirSync(at(name, DEEPER), { recursive: true });
    });
    await expect(removeTree(folder, 'tree', 20)).rejects.toThrow(TooDeep);
    jest.restoreAllMocks();
    await removeTree(folder, 'tree');
    expect(readdirSync(root)).toEqual([]);
  });
});
