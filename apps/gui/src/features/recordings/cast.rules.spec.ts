import { describe, expect, it } from '@jest/globals';
import { readCast, readSize } from './cast.rules.ts';

const HEADER = '{"version":2,"width":90,"height":20,"timestamp":1}';

describe('a recording', () => {
  it('is read line by line, without what was cut off', () => {
    expect(
      readCast(`${HEADER}\n[0.5,"o","a\\u001b[1m"]\n[1,"r","132x43"]\n[2,"i","x"]\n7\n[2.5,"o","b"]\n[3,"o","c`),
    ).toEqual({
      size: { columns: 90, rows: 20 },
      events: [
        { atMs: 500, kind: 'o', data: 'a\u001b[1m' },
        { atMs: 1000, kind: 'r', data: '132x43' },
        { atMs: 2500, kind: 'o', data: 'b' },
      ],
      lengthMs: 2500,
    });
    expect(readCast(HEADER)).toEqual({ size: { columns: 90, rows: 20 }, events: [], lengthMs: 0 });
  });

  it.each(['', 'x', '[]', '{"version":1}', 'null'])('is none where its first line is %j', (text) => {
    expect(readCast(text)).toBeNull();
  });

  it('says how large it became', () => {
    expect(readSize('132x43')).toEqual({ columns: 132, rows: 43 });
    expect(readSize('0x999')).toEqual({ columns: 1, rows: 500 });
    expect(readSize('12')).toBeNull();
  });
});
