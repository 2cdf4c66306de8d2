import { describe, expect, it } from '@jest/globals';
import { rowsOf } from './table.rules.js';

describe('rows of a table', () => {
  it('are found by their headings, in whatever case and order', () => {
    expect(rowsOf('Email,USERNAME\r\na@example.com, ada \r\n\r\n,grace')).toEqual([
      { email: 'a@example.com', username: 'ada' },
      { email: '', username: 'grace' },
    ]);
  });

  it('have commas, line breaks and quotes inside of quotes', () => {
    expect(rowsOf('a,b\n"x, y","say ""no""\nnow"\n')).toEqual([{ a: 'x, y', b: 'say "no"\nnow' }]);
  });

  it('come with semicolons from other spreadsheets, and with a mark at the beginning', () => {
    expect(rowsOf('\uFEFFa;b\n1;2')).toEqual([{ a: '1', b: '2' }]);
  });

  it('may be none', () => {
    expect(rowsOf('')).toEqual([]);
    expect(rowsOf('username')).toEqual([]);
  });
});
