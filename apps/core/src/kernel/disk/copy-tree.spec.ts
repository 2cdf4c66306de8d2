import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyTree, TooMuch } from './copy-tree.js';
import { OpenFolder } from './open-folder.js';

const BOUNDS = { most: 5, mostBytes: 100, mostDeep: 3 };

describe('a copy', () => {
  let root: string;
  let folder: OpenFolder;
  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    mkdirSync(path.join(root, 'from'));
    folder = await OpenFolder.at(root);
  });
  afterEach(async () => {
    await folder.close();
    execFileSync('rm', ['-rf', root]);
  });
  const copy = () => copyTree({ from: folder, name: 'from', into: folder, newName: 'to' }, BOUNDS);
  const put = (name: string, bytes = 1) => writeFileSync(path.join(root, 'from', name), 'x'.repeat(bytes));

  it('is whole up to its bounds', async () => {
    mkdirSync(path.join(root, 'from/a/b'), { recursive: true });
    put('a/b/c', 60);
    put('d', 40);
    await copy();
    expect(readFileSync(path.join(root, 'to/a/b/c'), 'utf8')).toHaveLength(60);
    expect(readdirSync(path.join(root, 'to'))).toEqual(['a', 'd']);
  });

  it.each([
    ['many', () => [1, 2, 3, 4, 5].forEach((number) => put(String(number)))],
    ['long', () => [put('a', 60), put('b', 41)]],
    ['deep', () => mkdirSync(path.join(root, 'from/a/b/c/d'), { recursive: true })],
  ])('ends where it is too %s', async (_, prepare) => {
    prepare();
    await expect(copy()).rejects.toThrow(TooMuch);
  });
});

describe('a name', () => {
  it.each(['', '.', '..', 'a/b', '/', 'a\0b'])('is never %j', async (name) => {
    const folder = await OpenFolder.at(tmpdir());
    try {
      await expect(Promise.resolve().then(() => folder.find(name))).rejects.toThrow('is no name');
      await expect(Promise.resolve().then(() => folder.folder(name))).rejects.toThrow('is no name');
    } finally {
      await folder.close();
    }
  });
});
