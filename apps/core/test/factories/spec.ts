import type { ContainerSpec, NetworkWish } from '../../src/foundation/environments/engine.js';
import { freePiece } from '../../src/foundation/environments/network-plan.rules.js';

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

/** Anybody's, at the first place a test has for it. */
export const aNetwork = (name: string, overrides: Partial<NetworkWish> = {}): NetworkWish => ({
  name,
  labels: {},
  isOurs: () => true,
  place: (taken) => freePiece(['10.99.0.0/16'], 24, taken) ?? '',
  ...overrides,
});
