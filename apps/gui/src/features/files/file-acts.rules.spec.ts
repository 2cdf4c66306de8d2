import { expect, it } from '@jest/globals';
import { copyName, hasBit, isFileName, isFor, turnBit } from './file-acts.rules.ts';

it('takes for a name what can be one', () => {
  expect(['a', 'a b', '.env', '...', 'ä'.repeat(127)].every(isFileName)).toBe(true);
  expect(['', '.', '..', 'a/b', 'a\\b', 'a\nb', 'ä'.repeat(128)].some(isFileName)).toBe(false);
});

it('names a copy so that it stands beside its original', () => {
  expect(copyName('a.tar.gz', new Set())).toBe('a.tar (2).gz');
  expect(copyName('.env', new Set(['.env (2)']))).toBe('.env (3)');
});

it('turns one right of one party', () => {
  expect(hasBit('754', 1, 1)).toBe(true);
  expect(hasBit('754', 2, 1)).toBe(false);
  expect(turnBit('754', 2, 1)).toBe('755');
  expect(turnBit('755', 0, 4)).toBe('355');
});

it('copies no link, for what it leads to may be elsewhere', () => {
  expect(isFor('copy', { kind: 'link', name: 'a' })).toBe(false);
  expect(isFor('delete', { kind: 'other', name: 'a' })).toBe(true);
});
