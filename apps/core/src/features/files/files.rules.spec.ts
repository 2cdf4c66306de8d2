import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWithin } from '../containers/shared-folders.rules.js';
import { inFolder, isTypable, readLink, readStat, splitPath, toPath, toText } from './files.rules.js';

describe('a path', () => {
  it.each(['/', '/app', '/app/a b/ä.txt', '/app/...', '/app/..x', '/app/%2e%2e', '/app/..;', '/app/-rf'])(
    'may be %j',
    (path) => expect(toPath(path)).toBe(path),
  );

  it.each(
    [
      ['', 'app', '~/x', './app', '//', '//app', '/app/', '/app//x', '/.', '/..', '/app/..', '/app/../etc', '/app/./x'],
      ['/app\\x', '\\\\?\\C:\\', '/app\0', '/app\n', '/app/\u0085', '/app/\u001b[2J', '/\ud800', `/${'x'.repeat(256)}`],
      [`/${'ä'.repeat(128)}`, '/aaaa'.repeat(820)],
    ]
      .flat()
      .map((path) => [path]),
  )('may not be %j', (path) => {
    expect(() => toPath(path)).toThrow(expect.objectContaining({ code: 'invalid_request', status: 400 }));
  });

  it('has one spelling', () => expect(toPath('/app/a\u0308')).toBe('/app/\u00e4'));

  it('never leads out of a folder it lies in, whatever is tried', () => {
    const pieces = fc.constantFrom('app', '/', '..', '.', '%2e', '%252e', '\\', '\0', '....//', '..;/', '\u202e', '\ud800', '\u2024', 'x', '\\\\?\\', '//', 'ａ'); // prettier-ignore
    const tries = fc.oneof(fc.array(pieces, { maxLength: 10 }).map((some) => `/app/${some.join('')}`), fc.string({ unit: 'binary' })); // prettier-ignore
    fc.assert(
      fc.property(tries, (text) => {
        let path: string;
        try {
          path = toPath(text);
        } catch {
          return;
        }
        // What a kernel would make of it, without links.
        const resolved = new URL(`file://${path.split('/').map(encodeURIComponent).join('/')}`).pathname;
        expect(decodeURIComponent(resolved)).toBe(path);
        expect(path.split('/').slice(1)).not.toContain('..');
        if (isWithin(path, ['/app'])) expect(path === '/app' || path.startsWith('/app/')).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('is within a folder by whole names', () => {
    expect(isWithin('/app', ['/srv', '/app'])).toBe(true);
    expect(isWithin('/app/x', ['/app'])).toBe(true);
    expect(isWithin('/apple', ['/app'])).toBe(false);
    expect(isWithin('/', ['/app'])).toBe(false);
    expect(isWithin('/app', [])).toBe(false);
  });

  it('is put together and taken apart', () => {
    expect(splitPath('/app/a/b')).toEqual({ folder: '/app/a', name: 'b' });
    expect(splitPath('/b')).toEqual({ folder: '/', name: 'b' });
    expect(splitPath('/')).toEqual({ folder: '/', name: '' });
    expect([inFolder('/', 'b'), inFolder('/app', 'b')]).toEqual(['/b', '/app/b']);
  });
});

describe('what is read', () => {
  it('tells kind, rights, owner, size and time of a file, whatever it is called', () => {
    const time = '2023-11-14 22:13:20.000000005 +0000';
    expect(readStat(`89ed 1000 100 12 7 1700000000 ${time}|/app/a 1 |/b`)).toEqual([
      '/app/a 1 |/b',
      {
        kind: 'file',
        mode: '755',
        owner: '1000:100',
        sizeBytes: 12,
        modifiedAtMs: 1_700_000_000_000,
        etag: '7-12-1700000000.000000005',
      },
    ]);
    expect(readStat('41ed 0 0 4096 1 0 |/app')?.[1].kind).toBe('folder');
    expect(readStat('a1ff 0 0 4 1 0 |/app')?.[1].kind).toBe('link');
    expect(readStat('11a4 0 0 0 1 0 |/app')?.[1].kind).toBe('other');
    expect(readStat('8004 0 0 0 1 0 |/app')?.[1].mode).toBe('004');
    expect(readStat('stat: cannot statx')).toBeUndefined();
  });

  it('tells where a link leads, and nothing where that could be read in two ways', () => {
    expect(readLink("/app/l\t'/app/l' -> '/a b'")).toEqual(['/app/l', '/a b']);
    expect(readLink("/app/l\t'/app/l' -> \"it's\"")).toEqual(['/app/l', "it's"]);
    for (const line of ['', "/app/f\t'/app/f'", "/l\t'/l' -> 'a' -> 'b'", "/l\t'/l' -> 'a'$'\\n''b'"])
      expect(readLink(line)).toBeUndefined();
  });

  it('is text only if all of it is, but for a character cut at its end', () => {
    expect(toText(Buffer.from('grün\r\n'), { truncated: false })).toBe('grün\r\n');
    expect(toText(Buffer.from('\ufeffx'), { truncated: false })).toBe('\ufeffx');
    expect(toText(Buffer.from([0x61, 0]), { truncated: false })).toBeNull();
    expect(toText(Buffer.from([0xff, 0xfe]), { truncated: false })).toBeNull();
    expect(toText(Buffer.from('ä').subarray(0, 1), { truncated: false })).toBeNull();
    expect(toText(Buffer.from('xä').subarray(0, 2), { truncated: true })).toBe('x');
  });

  it('shows no name nobody could ask for', () => {
    expect(['a', 'ä b', '-x'].every(isTypable)).toBe(true);
    expect(['a\nb', 'a\\b', '\u001b[31m', 'a\u0308', ''].some(isTypable)).toBe(false);
  });
});
