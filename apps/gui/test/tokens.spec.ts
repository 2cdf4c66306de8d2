import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const read = (name: string) => readFileSync(path.join(import.meta.dirname, '../src/ui', name), 'utf8');

interface Block {
  theme: string;
  mode: string;
  tokens: Record<string, string>;
}

function blocksIn(css: string): Block[] {
  return [...css.matchAll(/\[data-theme=['"](\w+)['"]\]\[data-mode=['"](\w+)['"]\]\s*\{([^}]*)\}/g)].map(
    ([, theme = '', mode = '', body = '']) => ({
      theme,
      mode,
      tokens: Object.fromEntries(
        [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]),
      ),
    }),
  );
}

/** The ratio of WCAG 2. */
function contrast(one: string, other: string): number {
  const [bright = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const SURFACES = ['canvas', 'surface-1', 'surface-2', 'surface-3'];
const STATUSES = ['success', 'warning', 'danger', 'info', 'progress', 'neutral'];
const ANSI = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'].flatMap((name) => [name, `bright-${name}`]);

/** Text or mark, what it stands on, and the least it needs. */
const PAIRS: [string, string, number][] = [
  ...[...SURFACES, 'inset'].flatMap((surface): [string, string, number][] => [
    ['fg', surface, 7],
    ['fg-2', surface, 4.5],
    ['fg-3', surface, 4.5],
    ['focus', surface, 3],
  ]),
  ...SURFACES.map((surface): [string, string, number] => ['accent-text', surface, 4.5]),
  ...['canvas', 'surface-1', 'surface-2'].map((surface): [string, string, number] => ['line-strong', surface, 3]),
  ['accent-fg', 'accent', 4.5],
  ['fg', 'accent-subtle', 7],
  ['fg-2', 'accent-subtle', 4.5],
  ['accent-text', 'inset', 4.5],
  ...STATUSES.map((status): [string, string, number] => [status, 'inset', 4.5]),
  ...STATUSES.flatMap((status): [string, string, number][] => [
    ...['surface-1', 'surface-2', 'surface-3', `${status}-subtle`].map((under): [string, string, number] => [
      status,
      under,
      4.5,
    ]),
    ['white', `${status}-solid`, 4.5],
    [`${status}-dot`, 'surface-1', 3],
    ['fg', `${status}-subtle`, 7],
    ['fg-2', `${status}-subtle`, 4.5],
  ]),
  ...[...ANSI, 'white', 'bright-black'].map((name): [string, string, number] => [`ansi-${name}`, 'inset', 4.5]),
  ...Array.from({ length: 5 }, (_, index): [string, string, number] => [`series-${index + 1}`, 'surface-1', 3]),
];

const blocks = blocksIn(read('tokens.css'));

describe('the tokens', () => {
  it('come in four themes, each light and dark', () => {
    expect(blocks.map(({ theme, mode }) => `${theme} ${mode}`).sort()).toEqual(
      ['cobalt', 'ember', 'graphite', 'tide'].flatMap((theme) => [`${theme} dark`, `${theme} light`]),
    );
  });

  it('are the same set in every theme', () => {
    for (const { tokens } of blocks)
      expect(Object.keys(tokens).sort()).toEqual(Object.keys(blocks[0]?.tokens ?? {}).sort());
  });

  it.each(blocks)('can be read in $theme $mode', ({ tokens }) => {
    const value = (name: string) => (name === 'white' ? '#ffffff' : (tokens[name] ?? '#000000'));
    const failing = PAIRS.filter(([front, behind, least]) => contrast(value(front), value(behind)) < least).map(
      ([front, behind, least]) =>
        `${front} on ${behind}: ${contrast(value(front), value(behind)).toFixed(2)} < ${least}`,
    );
    expect(failing).toEqual([]);
  });

  it('were looked at in some 800 pairs', () => {
    expect(PAIRS.length * blocks.length).toBeGreaterThanOrEqual(800);
  });

  it('finds what cannot be read', () => {
    expect(contrast('#777777', '#888888')).toBeLessThan(4.5);
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });

  it('are the same when the mode follows the system', () => {
    const system = read('tokens-system.css');
    for (const mode of ['light', 'dark']) {
      const start = system.indexOf(`(prefers-color-scheme: ${mode})`);
      const end = system.indexOf('@media', start);
      const followed = blocksIn(system.slice(start, end === -1 ? undefined : end));
      for (const block of blocks.filter((each) => each.mode === mode))
        expect(followed).toContainEqual({ ...block, mode: 'system' });
      expect(followed).toHaveLength(4);
    }
  });

  it('all have a utility of their own, and no other colour has one', () => {
    const globals = read('globals.css');
    expect(globals).toContain('--color-*: initial;');
    const used = [...globals.matchAll(/--color-[\w-]+:\s*var\(--([\w-]+)\)/g)].map(([, name]) => name);
    const names = Object.keys(blocks[0]?.tokens ?? {});
    expect(names.filter((name) => !used.includes(name) && !name.startsWith('series-'))).toEqual([]);
    expect(used.filter((name) => !names.includes(name ?? ''))).toEqual([]);
  });
});
