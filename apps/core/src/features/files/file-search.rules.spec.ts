import { describe, expect, it } from '@jest/globals';
import { FileSearch, findText, GrepReader, LineFinder, pathsIn, SEARCH_BOUNDS } from './file-search.rules.js';

const finder = (text: string, matchCase = false, most = 20) => new LineFinder({ text, matchCase }, most);
const linesOf = (content: string | Buffer, text: string, { matchCase = false, most = 20, pieceBytes = 7 } = {}) => {
  const lines = finder(text, matchCase, most);
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += pieceBytes) lines.push(bytes.subarray(at, at + pieceBytes));
  lines.end();
  return lines.lines;
};

describe('a text in a file', () => {
  it('is found by its lines, however the file is cut', () => {
    const content = 'one\r\nżółć and Two\r\nthree\ntwo two\nlast TWO';
    for (const pieceBytes of [1, 2, 3, 7, 1000])
      expect(linesOf(content, 'two', { pieceBytes })).toEqual([
        { line: 2, before: 'żółć and ', match: 'Two', after: '' },
        { line: 4, before: '', match: 'two', after: ' two' },
        { line: 5, before: 'last ', match: 'TWO', after: '' },
      ]);
    expect(linesOf(content, 'two', { matchCase: true }).map(({ line }) => line)).toEqual([4]);
  });

  it('is taken as it is, whatever it looks like', () => {
    expect(linesOf('aaa\n(a+)+$\n', '(a+)+$')).toMatchObject([{ line: 2 }]);
    expect(linesOf('100%\n', '.')).toEqual([]);
    expect(linesOf('ŻÓŁĆ\n', 'żółć')).toMatchObject([{ match: 'ŻÓŁĆ' }]);
  });

  it('is not looked for in what is no text, nor further than is answered', () => {
    expect(linesOf(Buffer.from('two\0two\n'), 'two', { pieceBytes: 100 })).toEqual([]);
    expect(linesOf('x\n'.repeat(100), 'x', { most: 5 })).toHaveLength(6);
  });

  it('is shown with a little of what is around it, and once of a line without an end', () => {
    const long = `${'a'.repeat(200_000)}needle${'b'.repeat(200_000)}needle`;
    const [one, ...more] = linesOf(long, 'needle', { pieceBytes: 30_000 });
    expect(more).toEqual([]);
    expect(one).toEqual({ line: 1, before: 'a'.repeat(60), match: 'needle', after: expect.stringMatching(/^b*$/) });
    expect(findText('👩👩x', 'x', true)?.before).toBe('👩👩');
  });

  it('keeps no more of a line without an end than it needs', () => {
    const lines = finder('needle');
    for (let piece = 0; piece < 40; piece += 1) lines.push(Buffer.from('n'.repeat(64 * 1024)));
    lines.push(Buffer.from('eedle'));
    lines.end();
    expect(lines.lines).toMatchObject([{ line: 1, match: 'needle' }]);
  });

  it('is compared without its capitals even where those have another length', () => {
    expect(findText('İstanbul', 'STAN', false)).toMatchObject({ match: 'stan' });
  });
});

describe('a search', () => {
  const search = (bounds = {}, wish = {}) => new FileSearch({ matchCase: false, ...wish }, new Set(), { ...SEARCH_BOUNDS, ...bounds }); // prettier-ignore
  const line = (number: number) => ({ line: number, before: '', match: 'x', after: '' });

  it('ends when it has found, looked at or read as much as it may, and tells the first reason', () => {
    const full = search({ mostMatches: 3 });
    full.addLines('/a', [line(1), line(2)]);
    expect(full.isOver).toBe(false);
    full.addLines('/b', [line(1), line(2)]);
    full.stop('time');
    expect(full).toMatchObject({ isOver: true, stoppedBy: 'matches' });
    expect(full.found).toMatchObject([{ more: false }, { lines: [{ line: 1 }], more: true }]);
    const many = search({ mostEntries: 1 });
    expect([many.takeEntry(), many.takeEntry(), many.stoppedBy]).toEqual([true, false, 'entries']);
    const read = search({ mostBytes: 10 });
    read.takeBytes(11);
    expect(read.stoppedBy).toBe('bytes');
    expect(read.signal.aborted).toBe(true);
  });

  it('says that there are more lines than it shows of one file', () => {
    const one = search({ mostLinesOfOne: 1 });
    one.addLines('/a', [line(1), line(2)]);
    one.addLines('/none', []);
    expect(one.found).toEqual([{ path: '/a', kind: 'file', lines: [line(1)], more: true }]);
  });

  it('looks at names as at texts', () => {
    expect(search({}, { name: 'READ' }).fitsName('readme.md')).toBe(true);
    expect(search({}, { name: 'READ', matchCase: true }).fitsName('readme.md')).toBe(false);
    expect(search({}, { name: '*' }).fitsName('readme.md')).toBe(false);
    expect(search().fitsName('anything')).toBe(true);
  });
});

describe('what grep says', () => {
  const read = (line: string) => new GrepReader(['/a', '/a:1', '/b c']).read(line);

  it('is of the file it names, also where that name looks like the rest', () => {
    expect(read('/a:3:x:4:y')).toEqual({ path: '/a', line: 3, text: 'x:4:y' });
    expect(read('/a:1:3:x')).toEqual({ path: '/a:1', line: 3, text: 'x' });
    expect(read('/b c:10:')).toEqual({ path: '/b c', line: 10, text: '' });
    expect(read('/b c:10:x\ny')).toEqual({ path: '/b c', line: 10, text: 'x\ny' });
    expect(read('/etc/passwd:1:root')).toBeUndefined();
    expect(read('Binary file /a matches')).toBeUndefined();
    expect(read('/a:1234567890123456:x')).toBeUndefined();
  });

  it.each([':', '1:', ':1:'])('is read at once, however often a line says %j', (colons) => {
    const line = `/a:1:${colons.repeat(1_000_000)}`;
    const startedAt = performance.now();
    expect(read(line)?.path).toBe(colons === '1:' ? '/a:1' : '/a');
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

it('reads no path that find says before it is asked for it', () => {
  const said = Buffer.from('/a\0/ż\0/b\0/cut');
  const paths = pathsIn(said);
  expect(paths.next().value).toBe('/a');
  said.write('/c', said.indexOf('/b'));
  expect([...paths]).toEqual(['/ż', '/c']);
});
