import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkspaceFolders } from './workspace-folders.driver.js';

const NAME = 'default/ct_aaaaaaaaaaaaaaaa';

describe('the folders of managed workspaces', () => {
  let storageDir: string;
  let elsewhere: string;
  let folders: WorkspaceFolders;
  const at = (...parts: string[]) => path.join(storageDir, 'workspaces', ...parts);
  const modeOf = (place: string) => (statSync(place).mode & 0o7777).toString(8);

  beforeEach(() => {
    storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    elsewhere = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    folders = new WorkspaceFolders({ storageDir });
  });
  afterEach(() => {
    for (const folder of [storageDir, elsewhere]) rmSync(folder, { recursive: true });
  });

  it('are made once, only for their owner, and listed', async () => {
    expect(await folders.look(NAME)).toBe('nothing');
    expect(await folders.list()).toEqual([]);
    for (let times = 0; times < 2; times += 1)
      expect(await folders.make(NAME, process.getuid?.() ?? null)).toBe('folder');
    expect(await folders.look(NAME)).toBe('folder');
    for (const place of [at(), at('default'), at(NAME)]) expect(modeOf(place)).toBe('700');
    expect(await folders.list()).toEqual([NAME]);
  });

  it('go with all that is in them, and again is fine', async () => {
    await folders.make(NAME, null);
    mkdirSync(at(NAME, 'deep'));
    writeFileSync(at(NAME, 'deep', 'file'), 'text');
    await folders.remove(NAME);
    await folders.remove(NAME);
    expect(await folders.look(NAME)).toBe('nothing');
    expect(readdirSync(at('default'))).toEqual([]);
  });

  it('take a link away and leave what it leads to', async () => {
    writeFileSync(path.join(elsewhere, 'file'), 'text');
    await folders.make(NAME, null);
    symlinkSync(elsewhere, at(NAME, 'way-out'));
    await folders.remove(NAME);
    expect(readdirSync(elsewhere)).toEqual(['file']);
  });

  it('are nothing of ours where a link or a file is in their place, or on the way there', async () => {
    mkdirSync(at('default'), { recursive: true });
    symlinkSync(elsewhere, at(NAME));
    expect(await folders.look(NAME)).toBe('foreign');
    expect(await folders.make(NAME, null)).toBe('foreign');
    const other = 'acme/ct_bbbbbbbbbbbbbbbb';
    symlinkSync(elsewhere, at('acme'));
    expect(await folders.make(other, null)).toBe('foreign');
    const third = 'shop/ct_cccccccccccccccc';
    mkdirSync(at('shop'));
    writeFileSync(at(third), 'text');
    expect(await folders.make(third, null)).toBe('foreign');
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it.each(['../ct_aaaaaaaaaaaaaaaa', 'default/..', '/etc', 'default/ct_aaaaaaaaaaaaaaaa/../..'])(
    'are never at %s',
    async (name) => {
      await expect(folders.make(name, null)).rejects.toThrow('is no workspace');
      await expect(folders.remove(name)).rejects.toThrow('is no workspace');
      await expect(folders.look(name)).rejects.toThrow('is no workspace');
    },
  );
});
