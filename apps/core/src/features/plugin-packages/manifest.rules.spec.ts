import { describe, expect, it } from '@jest/globals';
import { readManifest, sourceOf } from './manifest.rules.js';

const good = { api_version: 'v2', command: ['node', 'plugin.mjs'], scopes: ['users.read'] };
const read = (manifest: object, folder = 'csv-directory') => readManifest(JSON.stringify(manifest), folder);
const wrong = (manifest: object, folder?: string) => {
  const result = read(manifest, folder);
  return 'error' in result ? result.error : 'nothing is wrong';
};

describe('a manifest', () => {
  it('says with little what a plugin is', () => {
    const result = read(good);
    if ('error' in result) throw new Error(result.error);
    expect(result.warnings).toEqual([]);
    expect(result.manifest).toMatchObject({
      name: 'csv-directory',
      version: '0.1.0',
      memory_mb: 128,
      cpu_seconds: 30,
      network: false,
      scopes: ['users.read'],
    });
    expect(sourceOf(result.manifest)).toBe('process');
  });

  it.each([
    ['no version', { ...good, api_version: 'v9' }, /api_version/],
    ['no way to run', { api_version: 'v2' }, /command/],
    ['two ways to run', { ...good, endpoint: '127.0.0.1:1' }, /one way/],
    ['another name than its folder', { ...good, name: 'other' }, /folder is csv-directory/],
    ['a program outside', { ...good, command: ['/bin/sh', '-c', 'x'] }, /own folder/],
    ['a program above', { ...good, command: ['../../bin/sh'] }, /own folder/],
    ['a page outside', { ...good, pages: [{ place: 'navigation', title: 'x', file: '../x.html' }] }, /own folder/],
    ['too little memory', { ...good, memory_mb: 63 }, /memory_mb/],
    ['a scope that is not', { ...good, scopes: ['users.rule'] }, /users\.rule/],
    ['staff as a scope', { ...good, scopes: ['staff'] }, /staff/],
    ['events without asking for them', { ...good, events: ['container.*'] }, /events\.read/],
    ['a module in v2', { api_version: 'v2', module: 'plugin.mjs' }, /v1/],
  ])('with %s is refused and says why', (_what, manifest, words) => expect(wrong(manifest)).toMatch(words));

  it('that is no JSON says where', () => {
    expect(readManifest('{"api_version": ', 'csv-directory')).toMatchObject({
      error: expect.stringMatching(/no JSON/),
    });
  });

  it.each(['x', '.hidden', '-dash', 'a b', '../up', 'ä'.repeat(3), 'n'.repeat(65)])('in a folder named %s is refused', (folder) => {
    expect(wrong(good, folder)).toMatch(/folder’s name/);
  }); // prettier-ignore

  it('of v1 leaves out scopes there are not, and says so', () => {
    const result = read({ ...good, api_version: 'v1', scopes: ['users.read', 'root'] });
    expect(result).toMatchObject({ manifest: { scopes: ['users.read'] }, warnings: [expect.stringMatching(/root/)] });
  });

  it('keeps no key that would be another object’s', () => {
    const result = readManifest('{"api_version":"v2","command":["node","x.mjs"],"__proto__":{"network":true},"hooks":{}}', 'ab'); // prettier-ignore
    expect(result).toMatchObject({ manifest: { network: false } });
    expect(({} as { network?: boolean }).network).toBeUndefined();
  });
});
