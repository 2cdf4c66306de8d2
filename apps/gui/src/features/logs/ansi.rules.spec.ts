import { describe, expect, it } from '@jest/globals';
import { toPlainText, toSpans } from './ansi.rules.ts';

const ESC = '\u001b';
const shapes = (line: string) =>
  toSpans(line).map(({ text, style, link }) => [
    text,
    Object.fromEntries(Object.entries(style).filter(([, value]) => value !== null && value !== false)),
    ...(link === null ? [] : [link]),
  ]);

describe('ANSI', () => {
  it.each([
    ['plain', [['plain', {}]]],
    ['', []],
    [
      `${ESC}[31mred${ESC}[0m plain`,
      [
        ['red', { colour: 'red' }],
        [' plain', {}],
      ],
    ],
    [`${ESC}[1;92mok${ESC}[m`, [['ok', { bold: true, colour: 'bright-green' }]]],
    [`${ESC}[41;97malarm`, [['alarm', { background: 'red', colour: 'bright-white' }]]],
    [
      `${ESC}[1mb${ESC}[22mn`,
      [
        ['b', { bold: true }],
        ['n', {}],
      ],
    ],
    [
      `${ESC}[3;4;7;9mx${ESC}[23;24;27;29my`,
      [
        ['x', { italic: true, underline: true, inverse: true, strike: true }],
        ['y', {}],
      ],
    ],
    [
      `${ESC}[38;5;1mr${ESC}[38;5;196mR`,
      [
        ['r', { colour: 'red' }],
        ['R', { colour: 'bright-red' }],
      ],
    ],
    [`${ESC}[38;2;0;0;255mb`, [['b', { colour: 'bright-blue' }]]],
    [`${ESC}[38:2:10:200:10mg`, [['g', { colour: 'green' }]]],
    [`${ESC}[48;5;240mgrey`, [['grey', { background: 'bright-black' }]]],
    [`${ESC}[38;5;1;4mboth`, [['both', { colour: 'red', underline: true }]]],
  ])('reads %j', (line, expected) => {
    expect(shapes(line)).toEqual(expected);
  });

  it.each([
    [`${ESC}[2J${ESC}[1;1Hcleared`, 'cleared'],
    [`${ESC}]0;title\u0007text`, 'text'],
    [`${ESC}]52;c;aGFjaw==${ESC}\\text`, 'text'],
    [`${ESC}Pq#0;2;0;0;0${ESC}\\text`, 'text'],
    [`a${ESC}(Bb`, 'ab'],
    [`${ESC}[?25lhidden cursor`, 'hidden cursor'],
    [`10%\r50%\r100%`, '100%'],
    ['windows line\r', 'windows line'],
    ['bell\u0007', 'bell\u2407'],
    ['nul\u0000', 'nul\u2400'],
    ['c1\u009b31m', 'c131m'],
    ['tab\tstays', 'tab\tstays'],
    [`cut ${ESC}[31`, 'cut 31'],
    [`cut ${ESC}`, 'cut '],
    [`cut ${ESC}]8;;http://x`, 'cut 8;;http://x'],
  ])('makes %j the words %j', (line, words) => {
    expect(toPlainText(line).replace('[', '')).toBe(words);
  });

  it('keeps links to the web and no others', () => {
    const link = (address: string) => `${ESC}]8;;${address}${ESC}\\here${ESC}]8;;${ESC}\\ after`;
    expect(shapes(link('https://example.com/a?b=1'))).toEqual([
      ['here', {}, 'https://example.com/a?b=1'],
      [' after', {}],
    ]);
    for (const address of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://a"onclick="b'])
      expect(shapes(link(address))).toEqual([['here after', {}]]);
  });

  it('leaves markup as the text it is', () => {
    expect(toPlainText('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
  });

  it('survives anything, and never shows a control character', () => {
    const next = aSeededRandom(20261121);
    const pieces = [
      ESC,
      '[',
      ']',
      ';',
      '8',
      '38',
      '5',
      '2',
      'm',
      '\u0007',
      '\\',
      'P',
      '?',
      '\r',
      'é',
      '😀',
      'a b',
      '\u009b',
      '\u0000',
      '999999999999',
    ];
    const wrong: string[] = [];
    for (let round = 0; round < 20_000; round += 1) {
      const line = Array.from({ length: next() % 24 }, () => pieces[next() % pieces.length] ?? '').join('');
      const words = toSpans(line)
        .map(({ text }) => text)
        .join('');
      // eslint-disable-next-line no-control-regex
      if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(words) || words !== toPlainText(line)) wrong.push(line);
    }
    expect(wrong).toEqual([]);
  });

  it('stays quick on a line made to be slow', () => {
    const line = `${ESC}[`.repeat(50_000) + `${ESC}]8;;`.repeat(10_000);
    const started = performance.now();
    toSpans(line);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

/** xorshift32: the same numbers in every run. */
function aSeededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
