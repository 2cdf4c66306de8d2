import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sentenceOf, toAnyArgv, toArgv, toWords } from './run.rules.js';

const ALLOWED = ['ls', 'grep', 'echo', 'env'];
const words = (command: string) => {
  const read = toArgv(command, ALLOWED);
  return 'words' in read ? read.words : read.refused;
};

describe('reading a command for the background of who may do anything', () => {
  it.each([
    ['/usr/bin/env python3 -u main.py', ['/usr/bin/env', 'python3', '-u', 'main.py']],
    ["bash -c 'id; ls | sort'", ['bash', '-c', 'id; ls | sort']],
  ])('takes %j, also by its path', (command, wanted) => {
    expect(toAnyArgv(command)).toEqual({ words: wanted });
  });

  it.each([
    ['ls; id', 'refused_token'],
    ['ls > x', 'refused_token'],
    ['echo $(id)', 'refused_token'],
    ['ls\nid', 'control_character'],
    ['FOO=1 ls', 'assignment'],
    ['-a x ls', 'not_allowed'],
    ["''", 'not_allowed'],
    ['', 'empty'],
  ])('refuses %j: %s', (command, reason) => {
    expect(toAnyArgv(command)).toMatchObject({ refused: reason });
  });
});

describe('reading a command', () => {
  it('parts it at spaces and keeps together what is quoted', () => {
    expect(words('  ls   -la /app ')).toEqual(['ls', '-la', '/app']);
    expect(words(`grep 'a b;c|d' "x y" z''"w" ''`)).toEqual(['grep', 'a b;c|d', 'x y', 'zw', '']);
    expect(words('ls größe.txt')).toEqual(['ls', 'größe.txt']);
  });

  it.each([
    ['ls; id', 'refused_token'],
    ['ls && id', 'refused_token'],
    ['ls || id', 'refused_token'],
    ['ls | sort', 'refused_token'],
    ['ls &', 'refused_token'],
    ['ls > x', 'refused_token'],
    ['ls >> x', 'refused_token'],
    ['ls < x', 'refused_token'],
    ['ls << x', 'refused_token'],
    ['echo `id`', 'refused_token'],
    ['$(id)', 'refused_token'],
    ['echo $(id)', 'refused_token'],
    ['echo $HOME', 'refused_token'],
    ['echo "$(id)"', 'unclear'],
    ['echo "`id`"', 'unclear'],
    ['echo "a\\"b"', 'unclear'],
    ['ls\nid', 'control_character'],
    ['ls\rid', 'control_character'],
    ['ls\tid', 'control_character'],
    ['ls \0', 'control_character'],
    ['ls \u2028 id', 'control_character'],
    ['ls *', 'unclear'],
    ['ls ~', 'unclear'],
    ['ls a\\ b', 'unclear'],
    ['ls {a,b}', 'unclear'],
    ['ls # x', 'unclear'],
    ["ls 'x", 'unclear'],
    ['ls "x', 'unclear'],
    ['FOO=1 ls', 'assignment'],
    ['FOO+=1 ls', 'assignment'],
    ["'FOO=1' ls", 'assignment'],
    ['/bin/ls', 'path'],
    ['/bin/sh', 'path'],
    ['./ls', 'path'],
    ['bin/ls', 'path'],
    ['bash', 'not_allowed'],
    ['sh -c ls', 'not_allowed'],
    ['LS', 'not_allowed'],
    ['', 'empty'],
    ['   ', 'empty'],
    ["''", 'not_allowed'],
  ])('refuses %j: %s', (command, reason) => {
    expect(words(command)).toBe(reason);
    const read = toArgv(command, ALLOWED);
    if ('refused' in read) expect(sentenceOf(read).length).toBeGreaterThan(5);
  });

  const pieces = fc.constantFrom(
    ...[
      'ls',
      'a',
      'B1',
      ' ',
      '  ',
      "'",
      '"',
      ';',
      '&',
      '|',
      '<',
      '>',
      '`',
      '$',
      '(',
      ')',
      '\\',
      '\n',
      '\r',
      '\t',
      '\0',
    ],
    ...[
      '*',
      '?',
      '[',
      ']',
      '{',
      '}',
      ',',
      '~',
      '#',
      '!',
      '=',
      '+',
      '-',
      '--',
      '/',
      '.',
      '..',
      ':',
      '@',
      '%',
      '^',
      'é',
      '漢',
      '​',
      ' ',
    ],
  );
  const commands = fc.oneof(
    fc.array(pieces, { maxLength: 12 }).map((some) => some.join('')),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );

  it('lets nothing through unquoted that a shell would act on', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const bare = command.replaceAll(/'[^']*'|"[^"]*"/g, '');
        if ('words' in toWords(command)) expect(bare).not.toMatch(/[;&|<>`$\\()*?[\]{}~#'"\n\r\0]/);
      }),
      { numRuns: 5000 },
    );
  });

  it('makes the very words a POSIX shell makes', () => {
    const shell = (command: string) => {
      const { stdout, status } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${command}`], {
        cwd: '/',
        encoding: 'utf8',
      });
      expect(status).toBe(0);
      return stdout.split('\0').slice(0, -1);
    };
    const passing = commands.filter((command) => 'words' in toWords(command));
    fc.assert(
      fc.property(passing, (command) => {
        const read = toWords(command);
        expect('words' in read && read.words).toEqual(shell(command));
      }),
      { numRuns: 150 },
    );
  });
});
