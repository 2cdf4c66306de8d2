import { describe, expect, it } from '@jest/globals';
import {
  hexLines,
  isPictureName,
  isTableName,
  MOST_ROWS,
  pictureType,
  readOffset,
  readTable,
} from './previews.rules.ts';

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('a picture', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n....', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a..', 'image/gif'],
    ['RIFF1234WEBPVP8 ', 'image/webp'],
    ['\0\0\0 ftypavif', 'image/avif'],
    ['<svg xmlns="http://www.w3.org/2000/svg">', null],
    ['<!doctype html>', null],
    ['RIFF1234WAVE', null],
    ['', null],
  ])('is known by what it begins with: %j', (begin, type) => {
    expect(pictureType(bytesOf(begin))).toBe(type);
  });

  it('is looked for by its name', () => {
    expect(['a.png', 'a.JPEG', 'a.svg', 'png', 'a.png.txt'].map(isPictureName)).toEqual([true, true, false, false, false]); // prettier-ignore
    expect(['a.csv', 'a.TSV', 'a.txt'].map(isTableName)).toEqual([true, true, false]);
  });
});

describe('bytes', () => {
  it('are shown with where they are and what they say', () => {
    const bytes = bytesOf('Hello, w\xf6rld\n\0!and');
    expect(hexLines(bytes, 0x1000, 16)).toEqual([
      { offset: '00001000', hex: '48 65 6c 6c 6f 2c 20 77  f6 72 6c 64 0a 00 21 61', text: 'Hello, w.rld..!a' },
      { offset: '00001010', hex: '6e 64'.padEnd(48), text: 'nd' },
    ]);
    expect(hexLines(bytesOf('12345678'), 0, 8)).toEqual([{ offset: '00000000', hex: '31 32 33 34 35 36 37 38', text: '12345678' }]); // prettier-ignore
    expect(hexLines(bytesOf(''), 0, 16)).toEqual([]);
  });

  it('are gone to by number', () => {
    expect(readOffset('5000', 10_000)).toBe(4096);
    expect(readOffset(' 0x1fff ', 10_000)).toBe(4096);
    expect(readOffset('0', 1)).toBe(0);
    for (const typed of ['10000', '-1', '', 'ff', '1e3', '0x']) expect(readOffset(typed, 10_000)).toBeNull();
  });
});

describe('a table', () => {
  it('is read with its quotes, whatever parts it', () => {
    expect(readTable('\ufeffname,note\r\n"Kowalska, A.","said ""no""\nand left"\nx,\n')).toEqual({
      head: ['name', 'note'],
      rows: [
        ['Kowalska, A.', 'said "no"\nand left'],
        ['x', ''],
      ],
      more: false,
    });
    expect(readTable('a;b,c;d\n1;2;3').head).toEqual(['a', 'b,c', 'd']);
    expect(readTable('a\tb\n1\t2').rows).toEqual([['1', '2']]);
    expect(readTable('')).toEqual({ head: [], rows: [], more: false });
  });

  it('is shown as far as anybody looks', () => {
    const long = readTable(`n\n${'1\n'.repeat(MOST_ROWS + 5)}`);
    expect([long.rows.length, long.more]).toEqual([MOST_ROWS, true]);
    const exact = readTable(`n\n${'1\n'.repeat(MOST_ROWS)}`);
    expect([exact.rows.length, exact.more]).toEqual([MOST_ROWS, false]);
    expect(readTable(`${'a,'.repeat(500)}\n`).head).toHaveLength(100);
  });
});
