import { describe, expect, it } from '@jest/globals';
import {
  ContainerId,
  type ContainerStatus,
  type ContainerTaking,
  NEWEST_CONTAINERS,
  TOP_PEOPLE,
  UserId,
} from '@bailiwick/contract';
import {
  byMemory,
  countContainers,
  countOperations,
  newestOf,
  topPeople,
  volumeBytes,
  workspaceOf,
} from './statistics.rules.js';

const letter = (n: number) => String.fromCharCode(97 + n);
const owner = (n: number) => ({ id: UserId.parse(`usr_${letter(n).repeat(16)}`), displayName: `Person ${n}` });
const taking = (name: string, change: Partial<ContainerTaking> = {}): ContainerTaking => ({
  id: ContainerId.parse(`ct_${'a'.repeat(16)}`),
  name,
  status: 'running',
  owner: null,
  diskBytes: null,
  memoryBytes: null,
  memoryLimitBytes: null,
  hostShare: null,
  volumeBytes: null,
  workspace: null,
  ...change,
});

describe('containers', () => {
  it('are each counted once: as running, as failing, or as stopped', () => {
    const all: ContainerStatus[] = [
      'running',
      'unhealthy',
      'starting',
      'restarting',
      'paused',
      'stopped',
      'exited',
      'killed',
      'created',
      'removing',
      'unknown',
    ];
    const counted = countContainers(all.map((status) => ({ status })));
    expect(counted).toEqual({ total: 11, running: 3, failing: 4, stopped: 4 });
  });

  it('stand by what they take, those that are not measured last', () => {
    const sorted = byMemory([
      taking('b'),
      taking('c', { memoryBytes: 1 }),
      taking('a'),
      taking('d', { memoryBytes: 2 }),
    ]);
    expect(sorted.map(({ name }) => name)).toEqual(['d', 'c', 'a', 'b']);
  });
});

describe('what is done and what is new', () => {
  it('counts operations that wait, that work and that are taken back', () => {
    expect(
      countOperations(
        new Map([
          ['queued', 2],
          ['running', 1],
        ]),
      ),
    ).toEqual({ queued: 2, running: 1, cancelling: 0 });
  });

  it('has the ten youngest containers, the youngest first', () => {
    const containers = Array.from({ length: 12 }, (_, n) => ({
      ...taking(`c${n}`),
      createdAt: `2026-05-${String(n + 10)}T12:00:00.000Z`,
    }));
    const newest = newestOf(containers);
    expect(newest).toHaveLength(NEWEST_CONTAINERS);
    expect(newest[0]).toEqual({ id: containers[0]?.id, name: 'c11', status: 'running', owner: null, createdAt: '2026-05-21T12:00:00.000Z' }); // prettier-ignore
  });
});

describe('people', () => {
  it('who own most stand first, ten of them, and what nobody owns counts for nobody', () => {
    const takings = Array.from({ length: 12 }, (_, n) =>
      Array.from({ length: n + 1 }, (__, m) =>
        taking(`${n}-${m}`, { owner: owner(n), memoryBytes: 10, status: m === 0 ? 'stopped' : 'running' }),
      ),
    ).flat();
    const top = topPeople([...takings, taking('stranger')]);
    expect(top).toHaveLength(TOP_PEOPLE);
    expect(top[0]).toEqual({ ...owner(11), containers: 12, running: 11, memoryBytes: 120 });
    expect(top.at(-1)?.containers).toBe(3);
  });
});

describe('the data of a container', () => {
  const sizes = new Map([
    ['one', 10],
    ['two', 5],
  ]);
  const volume = (name: string) => ({ kind: 'volume' as const, name });
  const workspace = { kind: 'workspace' as const, name: 'shop-files' };

  it('is what its volumes hold, as far as the engine tells', () => {
    expect(volumeBytes([volume('one'), volume('two'), volume('other')], sizes)).toBe(15);
    expect(volumeBytes([volume('other'), { kind: 'workspace', name: 'one' }], sizes)).toBeNull();
  });

  it('is in its workspace, where there is one', () => {
    expect(workspaceOf([volume('one'), workspace], '/srv/spaces')).toBe('/srv/spaces/shop-files');
    expect(workspaceOf([volume('one')], '/srv/spaces')).toBeNull();
    expect(workspaceOf([workspace], null)).toBeNull();
  });
});
