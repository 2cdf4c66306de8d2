import { describe, expect, it } from '@jest/globals';
import { ContainerId, UserId } from '@bailiwick/contract';
import { goesTo, isSameFile, type KeptUpload, readKept, withKept, without, writeKept } from './kept-uploads.rules.ts';

const ada = UserId.parse('usr_aaaaaaaaaaaaaaaa');
const bob = UserId.parse('usr_bbbbbbbbbbbbbbbb');
const target = { containerId: ContainerId.parse('ct_aaaaaaaaaaaaaaaa'), containerName: 'web', folder: '/data' };
const upload: KeptUpload = {
  location: '/api/v1/one',
  target,
  name: 'photos/a.jpg',
  sizeBytes: 5,
  modifiedAtMs: 7,
  replace: false,
};

describe('what is kept of uploads', () => {
  it('is there again for who began them, and for nobody else', () => {
    const text = writeKept(ada, [upload]);
    expect(readKept(text, ada)).toEqual([upload]);
    expect(readKept(text, bob)).toEqual([]);
    expect(readKept(null, ada)).toEqual([]);
  });

  it('is one for each place, and goes when it is done', () => {
    const other = { ...upload, location: '/api/v1/two', name: 'b.jpg' };
    const again = { ...upload, location: '/api/v1/three' };
    expect(withKept([upload, other], again)).toEqual([other, again]);
    expect(without([upload, other], '/api/v1/one')).toEqual([other]);
  });

  it('belongs to a place by its container, folder and name', () => {
    expect(goesTo(upload, { ...target }, 'photos/a.jpg')).toBe(true);
    expect(goesTo(upload, { ...target, folder: '/srv' }, 'photos/a.jpg')).toBe(false);
    expect(goesTo(upload, target, 'a.jpg')).toBe(false);
  });

  it.each([
    ['the same', {}, true],
    ['another name', { name: 'b.jpg' }, false],
    ['another length', { size: 6 }, false],
    ['changed since', { lastModified: 8 }, false],
  ])('knows its file: %s', (_, change, same) => {
    expect(isSameFile(upload, { name: 'a.jpg', size: 5, lastModified: 7, ...change })).toBe(same);
  });
});
