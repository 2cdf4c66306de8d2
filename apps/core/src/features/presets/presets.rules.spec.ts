import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../config.js';
import { fillIn, fitsPattern, isBoundedPattern, placeholdersIn, toEntry } from './presets.rules.js';

const SECRET_NAME = /pass|secret|token|key/i;
const folder = readConfig({}).presetsDir;
const shipped = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
const entry = (change: object) => toEntry('web.json', JSON.stringify({ ...aPreset, ...change }), 'digest');
const aPreset = {
  name: 'web',
  title: 'Web',
  description: 'A web server.',
  categories: ['web'],
  config: { image: 'nginx:stable', memoryBytes: 64 * 1024 * 1024, cpus: 0.5 },
};

const aText = { name: 'a', label: 'A', type: 'text' };
/** No group repeats, and yet it would run for minutes. */
const SLOW = `^${'a*'.repeat(8)}b$`;

describe('the shipped presets', () => {
  it('are eight or more', () => expect(shipped.length).toBeGreaterThanOrEqual(8));

  it.each(shipped)('$file can be deployed and generates what is secret', ({ file, text }) => {
    const read = toEntry(file, text, createHash('sha256').update(text).digest('hex'));
    if (read.state === 'broken') throw new Error(read.reason);
    const { questions, config } = read.preset;
    const secrets = questions.filter(({ type }) => type === 'secret').map(({ name }) => name);
    for (const [name, value] of Object.entries(config.env)) {
      if (!SECRET_NAME.test(name)) continue;
      expect(placeholdersIn(value)).toHaveLength(1);
      expect(secrets).toContain(placeholdersIn(value)[0]);
    }
    expect(config.image).toMatch(/:[^:/]+$/);
    expect(config.image).not.toMatch(/:latest$/);
  });
});

describe('a preset file', () => {
  it('is ready when it is whole', () => expect(entry({})).toMatchObject({ state: 'ready', preset: { name: 'web' } }));

  it.each([
    ['is not JSON', () => toEntry('web.json', '{', 'd'), /not JSON/],
    ['has an unknown field', () => entry({ colour: 'red' }), /colour/],
    ['is called otherwise than its name', () => toEntry('other.json', JSON.stringify(aPreset), 'd'), /web\.json/],
    ['uses what it does not ask', () => entry({ config: { ...aPreset.config, env: { A: '{{who}}' } } }), /who/],
    [
      'asks twice',
      () => entry({ questions: [1, 2].map(() => ({ name: 'a', label: 'A', type: 'boolean' })) }),
      /asked twice/,
    ],
    [
      'has a pattern that can take for ever',
      () => entry({ questions: [{ name: 'a', label: 'A', type: 'text', pattern: '^(a+)+$' }] }),
      /for ever/,
    ],
    [
      'tries its default against a pattern for ever',
      () => entry({ questions: [{ ...aText, pattern: SLOW, default: 'a'.repeat(256) }] }),
      /default does not match/,
    ],
    [
      'gives a secret a default',
      () => entry({ questions: [{ name: 'a', label: 'A', type: 'secret', default: 'hunter2' }] }),
      /default/,
    ],
    [
      'defaults to something else than its choices',
      () =>
        entry({
          questions: [{ name: 'a', label: 'A', type: 'choice', default: 'x', choices: [{ value: 'y', label: 'Y' }] }],
        }),
      /choices/,
    ],
    [
      'publishes a port twice',
      () => entry({ config: { ...aPreset.config, ports: [1, 2].map(() => ({ containerPort: 80, label: 'Web' })) } }),
      /twice/,
    ],
    [
      'asks for a port it does not open',
      () => entry({ questions: [{ name: 'a', label: 'A', type: 'port', containerPort: 81 }] }),
      /81\/tcp is not among/,
    ],
    [
      'has a size that is none',
      () => entry({ questions: [{ name: 'a', label: 'A', type: 'size', default: 'much' }] }),
      /number and a unit/,
    ],
    [
      'defaults to a size out of its bounds',
      () => entry({ questions: [{ name: 'a', label: 'A', type: 'size', default: '8g', max: '4g' }] }),
      /out of its bounds/,
    ],
    ['leaves a switch of a role unsaid', () => entry({ roles: { user: { allow_explorer: true } } }), /roles\.user/],
    ['means a role nobody carries', () => entry({ roles: { king: {} } }), /roles/],
    [
      'looks for what can take for ever',
      () => entry({ logTriggers: [{ label: 'A', pattern: '(a+)+', severity: 'info' }] }),
      /for ever/,
    ],
    [
      'sends two lines at once',
      () => entry({ quickActions: [{ label: 'A', line: 'save-all\nstop' }] }),
      /control characters/,
    ],
    [
      'is a website on a port it does not open',
      () => entry({ website: { type: 'static-web', label: 'A', containerPort: 81, volume: 'site' } }),
      /website\.containerPort/,
    ],
    [
      'is a website without files',
      () =>
        entry({
          website: { type: 'static-web', label: 'A', containerPort: 80, volume: 'site' },
          config: { ...aPreset.config, ports: [{ containerPort: 80, label: 'Web' }] },
        }),
      /website\.volume/,
    ],
    [
      'keeps two volumes under one name',
      () => entry({ config: { ...aPreset.config, volumes: ['/a', '/b'].map((target) => ({ name: 'data', target })) } }),
      /data is listed twice/,
    ],
  ])('that %s is broken, with the reason', (_, read, reason) => {
    const result = read();
    expect(result).toMatchObject({ state: 'broken', reason: expect.stringMatching(reason) });
  });
});

describe('a text with placeholders', () => {
  it('takes every answer', () => expect(fillIn('{{a}}-{{b}}-{{a}}', { a: '1', b: '2' })).toBe('1-2-1'));
  it('does not fill an answer in twice', () => expect(fillIn('{{a}}', { a: '{{b}}', b: 'x' })).toBe('{{b}}'));
  it('repeats no group', () => {
    expect(isBoundedPattern('^[a-z]+(-x)?$')).toBe(true);
    expect(isBoundedPattern('(a|aa)*')).toBe(false);
  });
});

describe('a pattern', () => {
  it('is about the whole answer', () => {
    expect(fitsPattern('[a-z]+', 'abc')).toBe(true);
    expect(fitsPattern('[a-z]+', 'abc; reboot')).toBe(false);
    expect(fitsPattern('a|b', 'ax')).toBe(false);
  });

  it('that takes for ever is stopped', () => {
    const startedAt = performance.now();
    expect(fitsPattern(SLOW, 'a'.repeat(4096))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
