import { describe, expect, it } from '@jest/globals';
import { toWordSearch } from './log-search.rules.js';

describe('words looked for in a log', () => {
  it.each([
    ['disk full', 'ERROR Disk FULL on /data', true],
    ['Disk', 'ERROR disk full', false],
    ['Disk', 'ERROR Disk full', true],
    ['disk full', '\u001b[31mdisk\u001b[0m full', true],
    ['(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!', false],
    ['(a+)+$', 'x (a+)+$ y', true],
  ])('%j in %j: %s', (words, text, expected) => {
    expect(toWordSearch(words)(text)).toBe(expected);
  });
});
