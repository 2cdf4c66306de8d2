import { describe, expect, it } from '@jest/globals';
import type { ContainerRow } from '../environments/container.entity.js';
import { networkName } from '../environments/network-plan.rules.js';
import type { VolumeRow } from '../environments/volume.entity.js';
import { findViolations, type Picture } from './invariants.rules.js';
import type { StoredOperation } from './operations.store.js';
import type { PortReservationRow } from './port-reservation.entity.js';

const row: ContainerRow = {
  id: 'ct_aaaaaaaaaaaaaaaa',
  tenantId: 'ten_aaaaaaaaaaaaaaaa',
  environmentId: 'env_aaaaaaaaaaaaaaaa',
  engineId: 'engine-1',
  name: 'web',
  managed: true,
  ownerId: null,
  ownerName: null,
  projectId: null,
  preset: 'web',
  configuration: null,
  createdAt: 1,
  removedAt: null,
};
const reservation: PortReservationRow = {
  id: 'prt_1',
  environmentId: row.environmentId,
  ip: '127.0.0.1',
  protocol: 'tcp',
  port: 8080,
  containerId: row.id,
  createdAt: 1,
  releasedAt: null,
};
const container = {
  engineId: 'engine-1',
  name: 'web',
  ports: [{ ip: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'tcp' as const }],
};
const operation: StoredOperation = {
  row: {
    id: 'op_aaaaaaaaaaaaaaaa',
    name: 'containers.deploy',
    state: 'done',
    tenantId: row.tenantId,
    environmentId: row.environmentId,
    containerId: row.id,
    targetLabel: 'web',
    actorId: 'usr_aaaaaaaaaaaaaaaa',
    actorName: 'Somebody',
    via: 'panel',
    address: null,
    ownerId: null,
    input: {},
    result: null,
    error: null,
    failedStep: null,
    cancelRequestedAt: null,
    createdAt: 1,
    startedAt: 1,
    finishedAt: 2,
  },
  steps: [],
};
const volume: VolumeRow = {
  id: 'vol_aaaaaaaaaaaaaaaa',
  tenantId: row.tenantId,
  environmentId: row.environmentId,
  name: 'bw_default_aaaaaaaaaa_data',
  label: 'data',
  target: '/data',
  containerId: row.id,
  containerName: row.name,
  ownerId: null,
  ownerName: null,
  operationId: 'op_aaaaaaaaaaaaaaaa',
  removalId: null,
  madeAt: 1,
  detachedAt: null,
  removedAt: null,
};
const workspace: VolumeRow = { ...volume, id: 'vol_bbbbbbbbbbbbbbbb', name: 'default/ct_aaaaaaaaaaaaaaaa' };
const { id, operationId, environmentId, name } = volume;
const onEngine = { id, operationId, environmentId, name };
const network = {
  environmentId: row.environmentId,
  name: networkName({ slug: 'default', id: row.tenantId }),
  tenantId: row.tenantId,
  isSigned: true,
};
const whole: Picture = {
  own: [{ id: row.id, operationId: operation.row.id, container }],
  engineIds: new Set(['engine-1']),
  reachable: new Set([row.environmentId]),
  rows: [row],
  reservations: [reservation],
  binnedSince: 10,
  operations: [operation],
  held: new Set(),
  keys: [],
  volumes: [onEngine],
  workspaces: [],
  keptLogs: [],
  volumeRows: [volume],
  tenants: [{ id: row.tenantId, slug: 'default' }],
  networks: [network],
};
const open = (state: 'queued' | 'running'): StoredOperation => ({
  ...operation,
  row: { ...operation.row, state, finishedAt: null },
});

describe('the invariants', () => {
  it('hold where rows, reservations and engine agree', () => expect(findViolations(whole)).toEqual([]));

  it('hold where a container in the bin holds its port, and not once it is no longer kept', () => {
    const gone = { ...whole, own: [], engineIds: new Set<string>(), volumes: [], volumeRows: [] };
    expect(findViolations({ ...gone, rows: [{ ...row, removedAt: 11 }] })).toEqual([]);
    expect(findViolations({ ...gone, rows: [{ ...row, removedAt: 10 }] })).toMatchObject([{ invariant: 'ports' }]);
    const deletion = { ...operation, row: { ...operation.row, name: 'containers.delete', finishedAt: 12 } };
    const rows = [{ ...row, removedAt: 11 }];
    expect(findViolations({ ...gone, rows, operations: [deletion] })).toMatchObject([{ invariant: 'ports' }]);
  });

  it('hold where a workspace has its row, and while it is being made', () => {
    const volumeRows = [volume, workspace];
    expect(findViolations({ ...whole, volumeRows, workspaces: [workspace.name] })).toEqual([]);
    const operations = [open('running')];
    const held = new Set([operation.row.id]);
    expect(findViolations({ ...whole, volumeRows, operations, held })).toEqual([]);
  });

  it.each<[string, Partial<Picture>, string]>([
    ['a container of ours without a row', { rows: [], reservations: [] }, 'containers'],
    ['a container that outlives its row', { rows: [{ ...row, removedAt: 5 }], reservations: [] }, 'containers'],
    ['a row that stands for another container', { rows: [{ ...row, engineId: 'engine-2' }] }, 'containers'],
    ['a row without its container', { own: [], engineIds: new Set() }, 'containers'],
    ['a row nobody is making a container for', { own: [], rows: [{ ...row, engineId: null }] }, 'containers'],
    ['a kept log of no container', { keptLogs: ['ct_bbbbbbbbbbbbbbbb'] }, 'logs'],
    ['a workspace nobody knows', { workspaces: ['default/ct_bbbbbbbbbbbbbbbb'] }, 'workspaces'],
    ['a workspace that is not there', { volumeRows: [volume, workspace] }, 'workspaces'],
    ['a port held for nobody', { own: [], rows: [{ ...row, removedAt: 5 }] }, 'ports'],
    ['a published port that is not held', { reservations: [] }, 'ports'],
    ['an operation nobody works on', { operations: [open('running')] }, 'operations'],
    [
      'a finished operation with an open step',
      {
        operations: [
          {
            ...operation,
            steps: [
              {
                operationId: operation.row.id,
                name: 'pull',
                position: 0,
                state: 'running',
                attempts: 1,
                result: null,
                startedAt: 1,
                finishedAt: null,
                compensatedAt: null,
              },
            ],
          },
        ],
      },
      'operations',
    ],
    [
      'a failure without a reason',
      { operations: [{ ...operation, row: { ...operation.row, state: 'failed' } }] },
      'operations',
    ],
    [
      'an operation that made two containers',
      { own: [...whole.own, { ...whole.own[0], container: { ...container, engineId: 'engine-2' } }] as Picture['own'] },
      'idempotency',
    ],
    [
      'a key whose operation does not exist',
      {
        keys: [
          {
            actorId: operation.row.actorId,
            key: 'key-1234',
            route: 'POST /',
            bodyHash: '',
            answer: null,
            operationId: 'op_bbbbbbbbbbbbbbbb',
            createdAt: 1,
          },
        ],
      },
      'idempotency',
    ],
    ['a volume of ours without a row', { volumeRows: [] }, 'volumes'],
    ['a row without its volume', { volumes: [] }, 'volumes'],
    ['a volume that is attached to what is gone', { own: [], rows: [{ ...row, removedAt: 5 }], reservations: [] }, 'volumes'], // prettier-ignore
    ['a volume that is neither kept nor in use', { volumeRows: [{ ...volume, containerId: null }] }, 'volumes'],
    ['a network under a tenant’s label that is not its own', { networks: [network, { ...network, name: 'other', isSigned: false }] }, 'networks'], // prettier-ignore
    ['a network of ours without a tenant', { tenants: [] }, 'networks'],
    ['a network under our name that we did not make', { networks: [{ ...network, isSigned: false }] }, 'networks'],
    ['a second network of one name', { networks: [network, network] }, 'networks'],
  ])('see %s', (_, change, invariant) => {
    expect(findViolations({ ...whole, ...change })).toContainEqual(expect.objectContaining({ invariant }));
  });

  it('let be a network from before we chose where networks go, and those of another panel', () => {
    const networks = [
      network,
      { ...network, name: 'bw_default', isSigned: false },
      { ...network, environmentId: 'env_bbbbbbbbbbbbbbbb' as const },
      { ...network, tenantId: 'ten_bbbbbbbbbbbbbbbb', name: 'bw_default_bbbbbbbbbb', isSigned: false },
    ];
    expect(findViolations({ ...whole, networks })).toEqual([]);
  });

  it('leave what somebody works on alone', () => {
    const busy = {
      operations: [open('running')],
      held: new Set([operation.row.id]),
      own: [],
      engineIds: new Set<string>(),
    };
    expect(findViolations({ ...whole, ...busy })).toEqual([]);
  });

  it('claim nothing about an engine that did not answer', () => {
    expect(findViolations({ ...whole, own: [], engineIds: new Set(), volumes: [], reachable: new Set() })).toEqual([]);
  });
});
