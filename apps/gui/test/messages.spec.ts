import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ErrorCode } from '@bailiwick/contract';
import { createTranslator, IntlErrorCode } from 'next-intl';
import { messages } from '../src/lib/messages.ts';
import { overlay } from '../src/lib/locale.rules.ts';

const gui = path.resolve(import.meta.dirname, '..');

function flatten(tree: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value] as const]
        : [...flatten(value as object, `${prefix}${key}.`)],
    ),
  );
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(file);
    return /(?<!\.spec)\.tsx?$/.test(entry.name) ? [file] : [];
  });

const texts = flatten(messages);
const sources = filesUnder(path.join(gui, 'src')).map((file) => readFileSync(file, 'utf8'));

interface Use {
  namespace: string;
  /** As written: `title`, or `level.${level}` with its holes as `*`. */
  keys: string[];
}

/** Every `useTranslations('a')` or `getTranslations('a')` of a file with the keys asked of it. */
function usesIn(source: string): Use[] {
  const bound = [...source.matchAll(/const (\w+) = (?:await )?(?:use|get)Translations\(\s*(?:'([\w.]+)')?\s*\)/g)];
  const direct = [...source.matchAll(/\(await getTranslations\('([\w.]+)'\)\)\(\s*'([\w.]+)'/g)].map(
    ([, namespace = '', key = '']) => ({ namespace, keys: [key] }),
  );
  return [...direct, ...bound.map(([, name = '', namespace = '']) => ({ namespace, keys: keysAsked(source, name) }))];
}

function keysAsked(source: string, name: string): string[] {
  const calls = [...source.matchAll(new RegExp(`\\b${name}(?:\\.rich|\\.has|\\.markup)?\\(`, 'g'))];
  return calls.flatMap(({ index, 0: call }) => {
    const literals = literalsIn(firstArgument(source, index + call.length));
    // A variable: any key of the namespace.
    return literals.length === 0 ? ['*'] : literals;
  });
}

function firstArgument(source: string, from: number): string {
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    const letter = source[at] ?? '';
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (depth < 0 || (depth === 0 && letter === ',')) return source.slice(from, at);
  }
  return '';
}

const valuesOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name = '']) => name))].sort();

const literalsIn = (argument: string): string[] => [
  ...[...argument.matchAll(/'([\w.]+)'/g)].map(([, key = '']) => key),
  ...[...argument.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key.replace(/\$\{[^}]*\}/g, '*')),
];

const matches = (pattern: string, key: string): boolean =>
  new RegExp(`^${pattern.replace(/\./g, '\\.').replace(/\*/g, '[\\w.-]+')}$`).test(key);

describe('the text of the panel', () => {
  it('is valid ICU', () => {
    const problems: string[] = [];
    for (const [key, text] of texts) {
      const t = createTranslator({
        locale: 'en',
        messages: { text },
        onError: (error) => {
          // A value that is not given here says nothing about the text.
          if (error.code !== IntlErrorCode.FORMATTING_ERROR) problems.push(`${key}: ${error.message}`);
        },
      });
      if (text !== '') t.markup('text');
    }
    expect(problems).toEqual([]);
  });

  it('holds no markup beside the tags that hold a component', () => {
    for (const [key, text] of texts)
      expect({ key, markup: /<(?!\/?[a-z]+>)|&[a-z]+;/i.test(text) }).toEqual({ key, markup: false });
  });

  it('asks for nothing politely, shouts nothing', () => {
    for (const [key, text] of texts)
      expect({ key, copy: /\bplease\b|!(?!=)/i.test(text) }).toEqual({ key, copy: false });
  });

  it('has a sentence and a hint for every error code, and for no other', () => {
    expect(Object.keys(messages.errors).sort()).toEqual([...ErrorCode.options].sort());
    for (const words of Object.values(messages.errors))
      expect(words).toMatchObject({ text: expect.stringMatching(/\S/), hint: expect.any(String) });
  });

  it('has no key nobody asks for', () => {
    const asked = sources
      .flatMap(usesIn)
      .flatMap(({ namespace, keys }) => keys.map((key) => (namespace === '' ? key : `${namespace}.${key}`)));
    // Keys that stand in a table or are handed on as a variable are found by their own words in the sources.
    const all = sources.join('\n');
    const unused = [...texts.keys()].filter((key) => {
      if (asked.some((pattern) => matches(pattern, key))) return false;
      const own = key.split('.').slice(1);
      return !own.some(
        (_, start) =>
          all.includes(`'${own.slice(start).join('.')}'`) || all.includes(`.${own.slice(start).join('.')}\``),
      );
    });
    expect(unused).toEqual([]);
  });
});

describe('another language', () => {
  const files = readdirSync(path.join(gui, 'messages')).filter((file) => file.endsWith('.json'));

  // None is shipped yet; whoever adds one finds here what it lacks.
  it('says everything English says, with the same values', () => {
    for (const file of files) {
      const translated = flatten(JSON.parse(readFileSync(path.join(gui, 'messages', file), 'utf8')));
      expect([...translated.keys()].sort()).toEqual([...texts.keys()].sort());
      for (const [key, text] of translated)
        expect({ key, values: valuesOf(text) }).toEqual({ key, values: valuesOf(texts.get(key) ?? '') });
    }
  });

  it('falls back to English where it has no text', () => {
    const pl = overlay(messages, { common: { close: 'Zamknij', loading: { wrong: 'shape' } }, unknown: 1 });
    expect(pl.common.close).toBe('Zamknij');
    expect(pl.common.loading).toBe(messages.common.loading);
    expect(pl.common.cancel).toBe(messages.common.cancel);
  });
});
