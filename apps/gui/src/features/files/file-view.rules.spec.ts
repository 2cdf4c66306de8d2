import { expect, it } from '@jest/globals';
import { PLAIN_VIEW, readFileView, turnSort, writeFileView } from './file-view.rules.ts';

const read = (query: string) => readFileView(new URLSearchParams(query));

it('says in the address what is shown, and reads it back', () => {
  const view = {
    path: '/srv/a b',
    file: '/srv/a b/x&y.txt',
    line: 12,
    q: 'log',
    dotFiles: false,
    sort: { key: 'sizeBytes' as const, descending: true },
  };
  expect(writeFileView(view)).toBe('?path=/srv/a+b&file=/srv/a+b/x%26y.txt&line=12&q=log&dotFiles=no&sort=-sizeBytes');
  expect(read(writeFileView(view))).toEqual(view);
  expect(writeFileView(PLAIN_VIEW)).toBe('');
  expect(read('')).toEqual(PLAIN_VIEW);
});

it('makes nothing of what it does not know', () => {
  expect(read('path=srv&file=x&line=-3&sort=owner')).toEqual(PLAIN_VIEW);
  expect(read('line=1.5').line).toBe(0);
});

it('sorts the same column the other way round', () => {
  expect(turnSort(PLAIN_VIEW, 'name')).toEqual({ key: 'name', descending: true });
  expect(turnSort(PLAIN_VIEW, 'modifiedAt')).toEqual({ key: 'modifiedAt', descending: true });
});
