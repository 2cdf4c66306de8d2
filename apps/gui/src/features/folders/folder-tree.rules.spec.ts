import { describe, expect, it } from '@jest/globals';
import { type Known, treeMove, treeRows, wayTo } from './folder-tree.rules.ts';

const read = (...folders: string[]): Known => ({ folders, state: 'read' });
const KNOWN = new Map<string, Known>([
  ['/app', read('a', 'b')],
  ['/app/a', read('inner')],
  ['/app/b', read()],
  ['/', { folders: [], state: 'failed' }],
]);
const rows = treeRows(['/app', '/data', '/'], new Set(['/app', '/app/a', '/app/b', '/data', '/']), KNOWN);

describe('what a tree shows', () => {
  it('is what is open, each with its level and its place among its siblings', () => {
    expect(rows.map(({ path, level, state }) => `${level} ${path} ${state}`)).toEqual([
      '1 /app open',
      '2 /app/a open',
      '3 /app/a/inner closed',
      '2 /app/b leaf',
      '1 /data loading',
      '1 / failed',
    ]);
    expect(rows[3]).toMatchObject({ name: 'b', position: 2, siblings: 2 });
    expect(rows[0]).toMatchObject({ name: '/app', position: 1, siblings: 3 });
  });

  it('keeps what was known of a folder while it is read again', () => {
    const known = new Map<string, Known>([['/app', { folders: ['a'], state: 'loading' }]]);
    expect(treeRows(['/app'], new Set(['/app']), known).map(({ path }) => path)).toEqual(['/app', '/app/a']);
  });
});

it('knows the way from the deepest root to a folder', () => {
  expect(wayTo('/app/a/inner', ['/app', '/'])).toEqual(['/app', '/app/a', '/app/a/inner']);
  expect(wayTo('/etc/x', ['/app', '/'])).toEqual(['/', '/etc', '/etc/x']);
  expect(wayTo('/app', ['/app', '/'])).toEqual(['/app']);
  expect(wayTo('/', ['/'])).toEqual(['/']);
  expect(wayTo('/etc', ['/app'])).toEqual([]);
});

describe('the keys', () => {
  it('go up and down, to both ends, in and out', () => {
    expect(treeMove('ArrowDown', rows, 5)).toEqual({ to: 5 });
    expect(treeMove('ArrowUp', rows, 0)).toEqual({ to: 0 });
    expect(treeMove('Home', rows, 3)).toEqual({ to: 0 });
    expect(treeMove('End', rows, 3)).toEqual({ to: 5 });
    expect(treeMove('ArrowRight', rows, 2)).toEqual({ open: true });
    expect(treeMove('ArrowRight', rows, 0)).toEqual({ to: 1 });
    expect(treeMove('ArrowRight', rows, 3)).toEqual({ to: 3 });
    expect(treeMove('ArrowLeft', rows, 1)).toEqual({ open: false });
    expect(treeMove('ArrowLeft', rows, 2)).toEqual({ to: 1 });
    expect(treeMove('ArrowLeft', rows, 3)).toEqual({ to: 0 });
    expect(treeMove('x', rows, 3)).toBeNull();
    expect(treeMove('ArrowDown', rows, 9)).toBeNull();
  });
});
