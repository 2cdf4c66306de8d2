import { describe, expect, it } from '@jest/globals';
import { type Configuration, MIB } from '@bailiwick/contract';
import { checkConfiguration } from './configuration-check.rules.ts';
import { type ConfigurationForm, formOf, proposedIn, startForm, toChange } from './configuration-form.rules.ts';

const aConfiguration = (overrides: Partial<Configuration> = {}): Configuration => ({
  image: 'nginx:stable',
  entrypoint: null,
  command: ['nginx', '-g', 'daemon off;'],
  user: null,
  workingDir: null,
  envNames: ['MODE', 'PASS'],
  ports: [{ ip: '127.0.0.1', hostPort: 50_000, containerPort: 80, protocol: 'tcp' }],
  volumes: [],
  memoryBytes: 32 * MIB,
  memorySwapBytes: 48 * MIB,
  cpus: 0.5,
  cpuQuota: null,
  cpuShares: null,
  cpuset: null,
  pids: 256,
  shmBytes: null,
  stdinOpen: false,
  restart: { name: 'no', maximumRetryCount: 0 },
  health: null,
  labels: { team: 'tea' },
  profile: 'compat',
  ...overrides,
});
const applied = aConfiguration();
const typed = (fields: Partial<ConfigurationForm>): ConfigurationForm => ({ ...formOf(applied), ...fields });
const changeOf = (fields: Partial<ConfigurationForm>) => toChange(applied, typed(fields));

describe('what is sent of the form', () => {
  it('is nothing where nothing was changed', () => {
    expect(changeOf({})).toEqual({});
    expect(checkConfiguration(applied, formOf(applied))).toEqual({});
  });

  it('is only what is different, in the units of the core', () => {
    expect(changeOf({ memoryMib: '64', image: ' nginx:next ' })).toEqual({
      memoryBytes: 64 * MIB,
      image: 'nginx:next',
    });
    expect(changeOf({ memoryMib: '64', swapMib: '0' })).toEqual({ memoryBytes: 64 * MIB, memorySwapBytes: 64 * MIB });
    expect(changeOf({ command: 'sh\n-c\necho hi' })).toEqual({ command: ['sh', '-c', 'echo hi'] });
    expect(changeOf({ labels: 'team=tea\na=b=c' })).toEqual({ labels: { team: 'tea', a: 'b=c' } });
    expect(changeOf({ counted: 'quota', quotaMs: '50' })).toEqual({ cpuQuota: { quotaUs: 50_000, periodUs: 100_000 } });
    expect(changeOf({ restart: 'on-failure', retries: '3' })).toEqual({ restart: { name: 'on-failure', maximumRetryCount: 3 } }); // prettier-ignore
    expect(changeOf({ restart: 'always', retries: '3' })).toEqual({ restart: { name: 'always' } });
    expect(changeOf({ ports: [] })).toEqual({ ports: [] });
    expect(changeOf({ isHealthChecked: true, healthCommand: 'CMD\ntrue' })).toEqual({
      health: { command: ['CMD', 'true'], intervalMs: 10_000, timeoutMs: 5000, retries: 3, startPeriodMs: 0 },
    });
  });

  it('hands back to the image what was emptied', () => {
    expect(changeOf({ command: '' })).toEqual({ command: null });
    const own = aConfiguration({ user: '1000', workingDir: '/srv' });
    expect(toChange(own, { ...formOf(own), user: '', workingDir: '' })).toEqual({ user: null, workingDir: null });
  });

  it('is everything that was saved and nothing more, without a value that nobody typed', () => {
    const saved = {
      memoryBytes: 64 * MIB,
      command: null,
      cpuQuota: { quotaUs: 20_000, periodUs: 100_000 },
      ports: [{ containerPort: 81, protocol: 'udp' as const, hostPort: null }],
      env: { set: { MODE: '', NEW: '' }, unset: ['PASS'], kept: [] },
      restart: { name: 'on-failure' as const, maximumRetryCount: 2 },
    };
    expect(toChange(applied, startForm(applied, saved))).toEqual({
      ...saved,
      env: { set: {}, unset: ['PASS'], kept: ['MODE', 'NEW'] },
    });
  });
});

describe('what is wrong with the form', () => {
  const wrong = (fields: Partial<ConfigurationForm>) =>
    Object.entries(checkConfiguration(applied, typed(fields))).map(([at, { code }]) => [at, code]);
  const variable = { value: 'x', added: true, kept: false };

  it('is said at its field', () => {
    expect(wrong({ image: 'No Image' })).toEqual([['image', 'image']]);
    expect(wrong({ memoryMib: '' })).toEqual([['memoryMib', 'number']]);
    expect(wrong({ memoryMib: '5' })).toEqual([['memoryMib', 'atLeast']]);
    expect(wrong({ pids: '32.5' })).toEqual([['pids', 'whole']]);
    expect(wrong({ pids: '5000' })).toEqual([['pids', 'atMost']]);
    expect(wrong({ user: 'root' })).toEqual([['user', 'user']]);
    expect(wrong({ workingDir: 'srv' })).toEqual([['workingDir', 'path']]);
    expect(wrong({ shmMib: '64' })).toEqual([['shmMib', 'atMost']]);
    expect(wrong({ labels: 'traefik.enable=true' })).toEqual([['labels', 'tagName']]);
    expect(wrong({ isHealthChecked: true })).toEqual([['healthCommand', 'needed']]);
    expect(wrong({ workingDir: `/${'a'.repeat(2000)}` })).toEqual([['workingDir', 'path']]);
    expect(wrong({ command: 'a'.repeat(5000) })).toEqual([['command', 'unfit']]);
  });

  it('is said at its row', () => {
    const port = { containerPort: '80', protocol: 'tcp' as const, hostPort: '' };
    expect(wrong({ ports: [port, port] })).toEqual([['ports.1', 'onePort']]);
    expect(wrong({ ports: [{ ...port, containerPort: '' }] })).toEqual([['ports.0', 'containerPort']]);
    expect(wrong({ ports: [{ ...port, hostPort: '80' }] })).toEqual([['ports.0', 'port']]);
    expect(wrong({ env: { set: [{ ...variable, name: '1A' }], unset: [] } })).toEqual([['env.0', 'envName']]);
    const twice = {
      set: [
        { ...variable, name: 'A' },
        { ...variable, name: 'A' },
      ],
      unset: [],
    };
    expect(wrong({ env: twice })).toEqual([['env.1', 'nameTwice']]);
  });

  it('is not looked for where a field does not count', () => {
    expect(wrong({ quotaMs: 'x' })).toEqual([]);
    expect(wrong({ retries: 'x' })).toEqual([]);
    expect(wrong({ healthRetries: 'x' })).toEqual([]);
  });
});

it('takes from an address what is a number, and nothing else', () => {
  expect(proposedIn({ memoryMib: '64', cpus: '1.5' })).toEqual({ memoryMib: '64', cpus: '1.5', counted: 'cores' });
  expect(proposedIn({ memoryMib: '64;', cpus: ['1', '2'], image: 'other' })).toEqual({});
});
