import { expect, it } from '@jest/globals';
import type { FileEntry } from '@bailiwick/contract';
import { findTyped, modeWords, selectFiles, sortFiles } from './file-order.rules.ts';

const item = (name: string, more: Partial<FileEntry> = {}): FileEntry => ({
  name,
  kind: 'file',
  sizeBytes: 0,
  modifiedAt: '2026-01-01T00:00:00.000Z',
  mode: '644',
  owner: '0:0',
  ...more,
});
const names = (items: readonly FileEntry[]) => items.map(({ name }) => name);

it('counts as people do, with folders first', () => {
  const items = [item('log10'), item('Log2'), item('z', { kind: 'folder' }), item('a')];
  expect(names(sortFiles(items, { key: 'name', descending: false }, 'en'))).toEqual(['z', 'a', 'Log2', 'log10']);
  expect(names(sortFiles(items, { key: 'name', descending: true }, 'en'))).toEqual(['z', 'log10', 'Log2', 'a']);
});

it('sorts by size and by time', () => {
  const items = [item('a', { sizeBytes: 2 }), item('b', { sizeBytes: 10, modifiedAt: '2025-01-01T00:00:00.000Z' })];
  expect(names(sortFiles(items, { key: 'sizeBytes', descending: true }, 'en'))).toEqual(['b', 'a']);
  expect(names(sortFiles(items, { key: 'modifiedAt', descending: true }, 'en'))).toEqual(['a', 'b']);
});

it('has 100,000 names in order in a moment', () => {
  const items = Array.from({ length: 100_000 }, (_, at) => item(`file-${(at * 7919) % 100_000}.txt`));
  const sorted = sortFiles(items, { key: 'name', descending: false }, 'en');
  expect([sorted[2]?.name, sorted.at(-1)?.name]).toEqual(['file-2.txt', 'file-99999.txt']);
});

it('finds by every word, and leaves out what begins with a dot where it should', () => {
  const items = [item('.env'), item('Access.log'), item('error.log')];
  expect(names(selectFiles(items, { q: 'log acc', dotFiles: true }))).toEqual(['Access.log']);
  expect(names(selectFiles(items, { q: '', dotFiles: false }))).toEqual(['Access.log', 'error.log']);
});

it('goes to the next name that begins as it is typed', () => {
  const items = [item('alpha'), item('beta'), item('bravo')];
  expect(findTyped(items, 'b', 0)).toBe(1);
  expect(findTyped(items, 'b', 1)).toBe(2);
  expect(findTyped(items, 'b', 2)).toBe(1);
  expect(findTyped(items, 'x', 0)).toBe(-1);
});

it('says rights in letters', () => expect(modeWords('754')).toBe('rwxr-xr--'));
