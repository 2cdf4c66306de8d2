import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../config.js';
import { fillIn, fitsPattern, isBoundedPattern, placeholdersIn, toEntry, toPresetName } from './presets.rules.js';
import { SHIPPED_PRESETS } from './shipped-presets.js';

const SECRET_NAME = /pass|secret|token|key/i;
const folder = readConfig({}).presetsDir;
const shipped = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
const MIB = 1024 * 1024;
/** The eleven that the older panel shipped: memory, with swap, shared; processors; processes; what roles mean. */
const OLDER: ReadonlyArray<[string, [number, number, number], number, number, ...string[]]> = [
  ['caddy-static', [512, 1024, 64], 0.7, 128, 'user TFFFFFFF'],
  ['minecraft-paper', [6144, 8192, 256], 2, 512, 'user TFTFFFFF', 'moderator TFTFTFFT'],
  ['mysql-db', [2048, 4096, 256], 1.5, 256, 'user FFFFFFFF'],
  ['nginx-static', [512, 1024, 64], 0.7, 128, 'user TFFFFFFF'],
  ['node-express', [1024, 2048, 128], 1, 256, 'user TFTFFFFF'],
  ['node-vite', [1024, 2048, 128], 1, 256, 'user TFTFFFFF'],
  ['postgres-db', [2048, 4096, 256], 1.5, 256, 'user FFFFFFFF'],
  ['python-fastapi', [1024, 2048, 128], 1, 256, 'user TFTFFFFF'],
  ['python-flask', [1024, 2048, 128], 1, 256, 'user TFTFFFFF'],
  ['redis-cache', [768, 1024, 64], 0.6, 128, 'user FFFFFFFF'],
  ['web-python-dev', [1024, 2048, 128], 1, 256, 'user TFTFFFFF'],
];
function ready(name: string) {
  const text = readFileSync(path.join(folder, `${name}.json`), 'utf8');
  const read = toEntry(`${name}.json`, text, 'digest');
  if (read.state === 'broken') throw new Error(read.reason);
  return read;
}
const lettersOf = (flags: Readonly<Record<string, boolean>>): string =>
  Object.values(flags)
    .map((flag) => (flag ? 'T' : 'F'))
    .join('');
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
  it('are twenty or more', () => expect(shipped.length).toBeGreaterThanOrEqual(20));

  it('are known by name', () =>
    expect([...SHIPPED_PRESETS].map((name) => `${name}.json`).sort()).toEqual(shipped.map(({ file }) => file).sort()));

  it.each(OLDER)(
    '%s is as large as it was, and means the same by its roles',
    (name, megabytes, cpus, pids, ...roles) => {
      const { preset } = ready(name);
      const { memoryBytes, memorySwapBytes, shmBytes } = preset.config;
      expect([memoryBytes, memorySwapBytes, shmBytes].map((bytes) => (bytes ?? 0) / MIB)).toEqual(megabytes);
      expect([preset.config.cpus, preset.config.pids]).toEqual([cpus, pids]);
      const said = Object.fromEntries(roles.map((each) => each.split(' ')));
      expect(Object.fromEntries(Object.entries(preset.roles).map(([tag, flags]) => [tag, lettersOf(flags)]))).toEqual({
        developer: 'TFTTTTTT',
        ...said,
      });
    },
  );

  it('leave nobody without a short way to a website', () => {
    const ways = shipped.flatMap(({ file }) => ready(file.replace('.json', '')).preset.website ?? []);
    expect(new Set(ways.map(({ type }) => type))).toEqual(
      new Set(['static-web', 'node-npm', 'node-vite', 'python-flask', 'python-fastapi', 'python-pip']),
    );
    expect(ways.filter(({ preferred }) => preferred)).toHaveLength(1);
  });

  it('are open to members where they are small and need no licence', () => {
    const shut = shipped.map(({ file }) => ready(file.replace('.json', '')).preset).filter((one) => !one.selfService);
    expect(shut.map(({ name }) => name).sort()).toEqual(['media-server', 'minecraft-paper', 'steam-server']);
  });

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
    [
      'is strict and runs as root',
      () => entry({ config: { ...aPreset.config, profile: 'strict', user: '0:5' } }),
      /config\.user/,
    ],
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
    [
      'has several mistakes',
      () =>
        entry({ title: 5, colour: 'red', icon: 'A B', categories: ['tea'], config: { ...aPreset.config, cpus: '1' } }),
      /^title: This takes a text and is a number\. categories\.0: This takes one of web, .*\. icon: Use the name of an icon, for example box\. 2 more\.$/,
    ],
    [
      'has its workspace where a volume is',
      () => entry({ config: { ...aPreset.config, volumes: [{ name: 'data', target: '/data/' }], workspace: '/data' } }),
      /^config\.workspace: the volume data is at \/data already$/,
    ],
    [
      'has its workspace over the engine’s own folders',
      () => entry({ config: { ...aPreset.config, workspace: '/proc/x' } }),
      /^config\.workspace: nothing can be put at \/proc\/x$/,
    ],
    [
      'has no absolute path for its workspace',
      () => entry({ config: { ...aPreset.config, workspace: 'app' } }),
      /^config\.workspace: Use an absolute path/,
    ],
    [
      'begins its files outside of what it shares',
      () => entry({ config: { ...aPreset.config, workspace: '/app', explorerRoot: '/application' } }),
      /^config\.explorerRoot: \/application is in none of the folders it shares: \/app/,
    ],
    ['has a field nobody knows', () => entry({ colour: 'red' }), /^colour: There is no field colour\.$/],
    [
      'says nothing of its memory',
      () => entry({ config: { image: 'a:1', cpus: 1 } }),
      /^config\.memoryBytes: This is missing\. It takes a number\.$/,
    ],
    [
      'is no object at all',
      () => toEntry('web.json', '[]', 'digest'),
      /^file: This takes fields in \{ \} and is a list in \[ \]\.$/,
    ],
  ])('that %s is broken, with the reason', (_, read, reason) => {
    const result = read();
    expect(result).toMatchObject({ state: 'broken', reason: expect.stringMatching(reason) });
  });
});

describe('a name', () => {
  it.each([
    ['My Preset!', 'my-preset'],
    ['../x', 'x'],
    ['..\\..\\etc/passwd', 'etc-passwd'],
    ['%2e%2e%2fx', '2e-2e-2fx'],
    ['Żółw', 'zo-w'],
    ['a\0b', 'a-b'],
    [`${'a'.repeat(41)} b`, 'a'.repeat(41)],
    ['a'.repeat(90), 'a'.repeat(42)],
  ])('%j is that of a file in the folder', (name, token) => expect(toPresetName(name)).toBe(token));

  it.each(['', '../..', '...', '日本'])('%j leaves none', (name) => expect(toPresetName(name)).toBeUndefined());
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
