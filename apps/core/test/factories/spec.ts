import type { ContainerSpec } from '../../src/foundation/environments/engine.js';

const MIB = 1024 * 1024;

/** A small busybox that sleeps, unless told otherwise. */
export const aSpec = (overrides: Partial<ContainerSpec> = {}): ContainerSpec => ({
  name: 'web',
  image: 'busybox:local',
  entrypoint: null,
  command: ['sleep', '1000'],
  env: {},
  user: null,
  workingDir: null,
  ports: [],
  volumes: [],
  network: 'bw_test',
  memoryBytes: 32 * MIB,
  memorySwapBytes: 32 * MIB,
  cpus: 0.5,
  cpuQuota: null,
  cpuShares: null,
  cpuset: null,
  pids: 64,
  shmBytes: null,
  diskBytes: null,
  restart: { name: 'no', maximumRetryCount: 0 },
  health: null,
  profile: 'compat',
  stdinOpen: false,
  labels: {},
  tags: {},
  ...overrides,
});
