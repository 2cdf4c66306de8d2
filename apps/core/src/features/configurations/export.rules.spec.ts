import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '@bailiwick/contract';
import fc from 'fast-check';
import { readDeployText } from '../deploy-texts/deploy-text.rules.js';
import { toCompose, toDeployJson, toDockerRun } from './export.rules.js';

const MIB = 1024 ** 2;
const whole: Configuration = {
  image: 'registry.example:5000/shop/web:1.2',
  entrypoint: ['/docker entrypoint'],
  command: ['nginx', '-g', "daemon 'off'; $HOME $$ `x`", 'line\nbreak', ''],
  user: '1000:1000',
  workingDir: '/srv/app',
  envNames: ['A', 'PASSWORD'],
  ports: [
    { ip: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'tcp' },
    { ip: '::1', hostPort: 5353, containerPort: 53, protocol: 'udp' },
  ],
  volumes: [{ name: 'bw_default_abcdefghij_data', target: '/data' }],
  memoryBytes: 64 * MIB,
  memorySwapBytes: 128 * MIB,
  cpus: 0.75,
  cpuQuota: null,
  cpuShares: 512,
  cpuset: '0-1',
  pids: 99,
  shmBytes: 32 * MIB,
  stdinOpen: true,
  restart: { name: 'on-failure', maximumRetryCount: 3 },
  health: { command: ['sh', '-c', 'curl -f "http://x/$A" || exit 1'], intervalMs: 1500, timeoutMs: 1000, retries: 2, startPeriodMs: 0 }, // prettier-ignore
  labels: { team: 'shop', 'a/b': 'c = $d' },
  profile: 'compat',
};
const least: Configuration = {
  ...whole,
  ...{ entrypoint: null, command: null, envNames: [], ports: [], volumes: [], labels: {}, health: null },
  ...{
    cpuShares: null,
    cpuset: null,
    shmBytes: null,
    stdinOpen: false,
    restart: { name: 'always', maximumRetryCount: 0 },
  },
  ...{ profile: 'strict', cpuQuota: { quotaUs: 50_000, periodUs: 100_000 }, cpus: 0.5 },
};

const expected = (configuration: Configuration) => {
  const {
    envNames: _,
    restart,
    ports,
    volumes,
    image,
    profile,
    memoryBytes,
    cpus,
    cpuQuota,
    stdinOpen,
    ...options
  } = configuration;
  return {
    name: 'shop-1',
    image,
    ports,
    volumes: volumes.map(({ target }) => ({ name: 'data', target })),
    memoryBytes,
    ...(cpuQuota === null ? { cpus } : {}),
    ...(profile === 'strict' ? { profile } : {}),
    options: {
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null && JSON.stringify(value) !== '{}')), // prettier-ignore
      ...(cpuQuota === null ? {} : { cpuQuota }),
      ...(stdinOpen ? { stdinOpen } : {}),
      restart: restart.name === 'on-failure' ? restart : { name: restart.name },
    },
  };
};

it('asks for a workspace of its own as JSON, and for a volume where there are none', () => {
  const name = 'default/ct_aaaaaaaaaaaaaaaa';
  const working = { ...whole, volumes: [...whole.volumes, { name, target: '/app' }] };
  expect(JSON.parse(toDeployJson('shop-1', working))).toMatchObject({
    workspace: '/app',
    volumes: [{ name: 'data', target: '/data' }],
  });
  expect(toCompose('shop-1', working)).toContain('workspace:/app');
  expect(toDockerRun('shop-1', working)).toContain('-v workspace:/app');
});

const WAYS = { compose: toCompose, 'docker run': toDockerRun, JSON: toDeployJson };
describe.each(Object.entries(WAYS))('a container exported as %s', (way, write) => {
  const again = (configuration: Configuration) => {
    const reading = readDeployText(write('shop-1', configuration));
    if ('mistake' in reading) throw new Error(reading.mistake);
    return reading;
  };

  it.each([
    ['everything', whole],
    ['the least', least],
  ])('is read back the same with %s', (_, configuration) => {
    const { input, notUnderstood } = again(configuration);
    const { answers, profile, ...rest } = input;
    expect({ ...rest, ...(profile === 'strict' ? { profile } : {}) }).toEqual(expected(configuration));
    expect(answers).toEqual({});
    expect(profile ?? 'compat').toBe(configuration.profile);
    expect(notUnderstood).toEqual(
      configuration.envNames.map((name) => ({ what: expect.stringContaining(name), reason: 'no_value' })),
    );
  });

  it('is read back the same whatever its words are', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\0\uFEFF]/.test(text) && !/\p{Surrogate}/u.test(text)); // prettier-ignore
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (command) => {
        expect(again({ ...whole, command }).input.options.command).toEqual(command);
      }),
      { numRuns: way === 'JSON' ? 50 : 300 },
    );
  });
});

describe('an exported docker run line', () => {
  it('quotes whatever a shell would read', () => {
    const line = toDockerRun('x', { ...whole, command: ["a'; rm -rf / #"] });
    expect(line).toContain(`'a'\\''; rm -rf / #'`);
  });

  it('holds a program of several words with what it is given', () => {
    const line = toDockerRun('x', { ...least, entrypoint: ['tini', '--', 'node'], command: ['a.js'] });
    expect(line).toMatch(/--entrypoint tini [\s\S]*shop\/web:1\.2 -- node a\.js$/);
  });
});

describe('what a container has of its host', () => {
  const equipped = { ...least, gpus: 2, binds: [{ source: '/srv/media', target: '/media', readOnly: true }] };

  it('is written down each way', () => {
    expect(toDockerRun('x', equipped)).toMatch(/-v \/srv\/media:\/media:ro[\s\S]*--gpus 2/);
    expect(toCompose('x', equipped)).toMatch(/- \/srv\/media:\/media:ro[\s\S]*driver: nvidia\s+count: 2/);
    expect(JSON.parse(toDeployJson('x', equipped))).toMatchObject({ gpus: 2, binds: equipped.binds });
  });

  it('is left out where nobody may know where it lies', () => {
    const hidden = { ...equipped, binds: [{ source: null, target: '/media', readOnly: true }] };
    for (const write of [toDockerRun, toCompose, toDeployJson]) expect(write('x', hidden)).not.toContain('/media');
  });
});
