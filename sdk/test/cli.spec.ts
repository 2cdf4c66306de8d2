import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { main } from '../src/cli.js';
import { pluginOf, removePlugins } from './broken-plugins.js';

const work = mkdtempSync(path.join(tmpdir(), 'bailiwick-cli-'));
afterAll(() => {
  rmSync(work, { recursive: true });
  removePlugins();
});

let said = '';
const keep = (text: unknown) => {
  said += String(text);
  return true;
};
beforeEach(() => {
  said = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
});

describe('bailiwick-plugin', () => {
  it.each([
    [[], 'conformance <folder>'],
    [['fly'], 'conformance <folder>'],
    [['conformance'], 'conformance <folder>'],
    [['conformance', 'a', 'b'], 'conformance <folder>'],
    [['conformance', 'a', '--fast'], 'conformance <folder>'],
    [['conformance', 'a', '--settings=/nonexistent'], '/nonexistent'],
    [['build', '/nonexistent'], 'There is no plugin.ts'],
    [['new', path.join(work, 'a plugin')], '"a plugin": a name is'],
    [['new', work], 'is there already'],
  ])('says how it is called, or what is wrong, and ends with 2: %j', async (words, expected) => {
    expect(await main(words)).toBe(2);
    expect(said).toContain(expected);
  });

  it('makes a plugin in Python under its name', async () => {
    const folder = path.join(work, 'made');
    expect(await main(['new', folder, '--python'])).toBe(0);
    expect(JSON.parse(readFileSync(path.join(folder, 'plugin.json'), 'utf8'))).toMatchObject({ name: 'made' });
    for (const file of ['plugin.py', 'bailiwick_plugin.py', 'protocols.binpb', 'README.md'])
      expect(existsSync(path.join(folder, file))).toBe(true);
  });

  it('says each check, and ends with 1 where one failed', async () => {
    const folder = await pluginOf("await servePlugin({ version: '2.0.0' });");
    expect(await main(['conformance', folder])).toBe(1);
    expect(said).toContain('PASS starts: its socket is there\n');
    expect(said).toContain('FAIL Describe has the version of the manifest\n  expected: 1.0.0\n  came: "2.0.0"\n');
    expect(said).toMatch(/\n\d+ passed, 1 failed\n$/);
  });

  it('gives all of it as JSON, with settings from a file', async () => {
    const schema = {
      type: 'object',
      required: ['code'],
      properties: { code: { type: 'string', pattern: '^[0-9]{4}$' } },
    };
    const folder = await pluginOf("await servePlugin({ version: '1.0.0' });", { settings: schema });
    const file = path.join(work, 'settings.json');
    writeFileSync(file, '{"code":"1234"}');
    expect(await main(['conformance', folder, '--json', `--settings=${file}`])).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ name: 'tried', apiVersion: 'v2', failed: 0 });
    writeFileSync(file, '[]');
    expect(await main(['conformance', folder, `--settings=${file}`])).toBe(2);
  });
});
