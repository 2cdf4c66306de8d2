import { expect, it } from '@jest/globals';
import type { Configuration, FieldChange } from '@bailiwick/contract';
import { isInterrupted, mayChangeSomething, refusalOf } from './configuration-rights.rules.ts';

const port = (hostPort: number): Configuration['ports'][number] => ({
  ip: '127.0.0.1',
  hostPort,
  containerPort: 80,
  protocol: 'tcp',
});
const made = (overrides: Partial<Pick<Configuration, 'ports' | 'volumes'>>): Configuration => ({
  image: 'nginx:stable',
  entrypoint: null,
  command: null,
  user: null,
  workingDir: null,
  envNames: [],
  ports: [],
  volumes: [],
  memoryBytes: 1,
  memorySwapBytes: 1,
  cpus: 1,
  cpuQuota: null,
  cpuShares: null,
  cpuset: null,
  pids: 1,
  shmBytes: null,
  stdinOpen: false,
  restart: { name: 'no', maximumRetryCount: 0 },
  health: null,
  labels: {},
  profile: 'compat',
  ...overrides,
});

it('is interrupted where both would share a host port or a volume, and only then', () => {
  const moved: FieldChange = { field: 'ports', from: [port(50_000)], to: [port(50_001)], how: 'recreate' };
  expect(isInterrupted(made({}), [])).toBe(false);
  expect(isInterrupted(made({ ports: [port(50_000)] }), [])).toBe(true);
  expect(isInterrupted(made({ ports: [port(50_000)] }), [moved])).toBe(false);
  expect(isInterrupted(made({ volumes: [{ name: 'data', target: '/data' }] }), [moved])).toBe(true);
});

it('says why a right is missing, with the reason of the core where there is one', () => {
  const rights = { can: ['containers.settingsEnv' as const], why: { 'containers.settingsPorts': { code: 'stack', params: {} } } }; // prettier-ignore
  expect(refusalOf(rights, 'containers.settingsEnv')).toBeNull();
  expect(refusalOf(rights, 'containers.settingsPorts')).toEqual({ code: 'stack', params: {} });
  expect(refusalOf(rights, 'containers.settingsImage')).toEqual({
    code: 'missing_capability',
    params: { capability: 'containers.settingsImage' },
  });
  expect(mayChangeSomething(rights)).toBe(true);
  expect(mayChangeSomething({ can: ['containers.settingsSee'], why: {} })).toBe(false);
});
