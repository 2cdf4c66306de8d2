import { describe, expect, it } from '@jest/globals';
import { toLevelSearch, toWordSearch } from './log-search.rules.js';

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

describe('levels looked for in a log', () => {
  it('are what lines state of themselves, and a trace is of the level of its head', () => {
    const lines = [
      '\u001b[31mERROR\u001b[0m it broke',
      '    at here',
      'Caused by: that',
      'INFO an error was mended',
      '  wrapped',
      'plain',
    ];
    expect(lines.filter(toLevelSearch(['error']))).toEqual(lines.slice(0, 3));
    expect(lines.filter(toLevelSearch(['info', 'unknown']))).toEqual(lines.slice(3));
    expect(lines.filter(toLevelSearch(undefined))).toEqual(lines);
  });
});
