import { expect, it } from '@jest/globals';
import { crumbsOf, inFolder, isWithin, nameOf, parentOf, rootOf, toTarget, toTypedPath } from './file-path.rules.ts';

it('puts a path together and takes it apart', () => {
  expect([inFolder('/', 'a'), inFolder('/app', 'a b')]).toEqual(['/a', '/app/a b']);
  expect([nameOf('/app/a b'), nameOf('/a')]).toEqual(['a b', 'a']);
  expect([parentOf('/app/a'), parentOf('/app'), parentOf('/')]).toEqual(['/app', '/', '/']);
});

it('names every folder on the way', () => {
  expect(crumbsOf('/srv/www')).toEqual([
    { name: '/', path: '/' },
    { name: 'srv', path: '/srv' },
    { name: 'www', path: '/srv/www' },
  ]);
  expect(crumbsOf('/')).toEqual([{ name: '/', path: '/' }]);
});

it('finds the innermost root by whole names', () => {
  const roots = ['/', '/app', '/app/data'].map((path) => ({ path, kind: 'volume' as const }));
  expect(rootOf('/app/data/x', roots)?.path).toBe('/app/data');
  expect(rootOf('/apple', roots)?.path).toBe('/');
  expect(rootOf('/apple', roots.slice(1))).toBeUndefined();
  expect(isWithin('/app', '/app')).toBe(true);
});

it('takes what people type as a path', () => {
  expect([' /app//x/ ', 'app', '', '/'].map(toTypedPath)).toEqual(['/app/x', '/app', '/', '/']);
});

it('goes where a link says it leads', () => {
  expect(toTarget('/srv/site', '/etc/x')).toBe('/etc/x');
  expect(toTarget('/srv/site', '../other/./a')).toBe('/srv/other/a');
  expect(toTarget('/', '../../a/')).toBe('/a');
});
