import { describe, expect, it } from '@jest/globals';
import { archiveNameOf, folderNameOf, isArchive } from './archive-name.rules.ts';

describe('the name of an archive', () => {
  it.each([
    ['pack.zip', true, 'pack'],
    ['pack.TAR.GZ', true, 'pack'],
    ['pack.v2.tgz', true, 'pack.v2'],
    ['pack.tar', true, 'pack'],
    ['.zip', true, 'unpacked'],
    ['pack.gz', false, 'pack.gz'],
    ['zip', false, 'zip'],
  ])('%s says whether it is one and what it becomes', (name, is, folder) => {
    expect({ is: isArchive(name), folder: folderNameOf(name) }).toEqual({ is, folder });
  });

  it('is that of what is in it, and one that is free', () => {
    expect(archiveNameOf(['world'], 'tar.gz', new Set())).toBe('world.tar.gz');
    expect(archiveNameOf(['a', 'b'], 'zip', new Set(['archive.zip', 'archive-2.zip']))).toBe('archive-3.zip');
  });
});
