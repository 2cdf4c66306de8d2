import { describe, expect, it } from '@jest/globals';
import { findIn, markFound, toExpression } from './log-search.rules.ts';

const find = (text: string, query: string, regex = false) => {
  const expression = toExpression({ query, regex });
  return expression ? findIn(text, expression) : null;
};
const shown = (text: string, offset: number, found: number[]) =>
  markFound(text, offset, found)
    .map((part) => (part.found ? `[${part.text}]` : part.text))
    .join('');

describe('a search', () => {
  it.each([
    ['an error here', 'ERROR', null],
    ['an error here', 'error', [3, 8]],
    ['an ERROR here', 'error', [3, 8]],
    ['a.b a+b', 'a+b', [4, 7]],
    ['aaa', 'a', [0, 1, 1, 2, 2, 3]],
    ['nothing', 'x', []],
  ])('in %j for %j finds %j', (text, query, found) => {
    expect(find(text, query)).toEqual(found ?? []);
  });

  it('takes an expression, and none that is unfinished or empty', () => {
    expect(find('tick 42', '\\d+', true)).toEqual([5, 7]);
    expect(find('tick 42', '(', true)).toBeNull();
    expect(find('tick 42', '')).toBeNull();
  });

  it('finds nothing in an expression that matches nothing at all', () => {
    expect(find('abc', 'x*', true)).toEqual([]);
  });
});

describe('marks', () => {
  it.each([
    ['abc', 0, [1, 2], 'a[b]c'],
    ['abc', 0, [0, 3], '[abc]'],
    ['abc', 0, [], 'abc'],
    ['abcabc', 0, [0, 1, 3, 4], '[a]bc[a]bc'],
    ['def', 3, [1, 5], '[de]f'],
    ['def', 3, [4, 9], 'd[ef]'],
    ['def', 3, [0, 2, 7, 9], 'def'],
  ])('stand in %j from %d for %j', (text, offset, found, expected) => {
    expect(shown(text, offset, found)).toBe(expected);
  });
});
