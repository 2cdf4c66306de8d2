import { describe, expect, it } from '@jest/globals';
import { ContainerDetail } from '@bailiwick/contract';
import { anActor } from '../../../test/factories/actor.js';
import { aContainer } from '../../../test/factories/container.js';
import type { EngineInspection } from '../../foundation/environments/engine.js';
import { toDetail, withoutSecrets } from './container-detail.rules.js';
import { rightsOnContainer, toBareContainer } from './containers.rules.js';

const seen = aContainer({ labels: { team: 'shop', 'bailiwick.sig': 'secret' } });
const circumstances = { online: true, stoppedOnPurpose: false, operationId: null, projectName: null, address: null };
const item = {
  ...toBareContainer(seen, circumstances),
  rights: rightsOnContainer(anActor({ platformRole: 'owner' }), seen, { isOwn: false }),
};
const inspection: EngineInspection = {
  ...seen,
  command: ['serve'],
  entrypoint: [],
  workingDir: '/app',
  user: '1000',
  pid: 4711,
  env: ['PASSWORD=hunter2', 'EMPTY=', 'BARE'],
  tty: false,
  stdinOpen: false,
  portRules: [],
  restartPolicy: { name: 'on-failure', maximumRetryCount: 3 },
  restartCount: 1,
  mounts: [{ type: 'bind', name: null, source: '/srv/web', target: '/html', readOnly: true }],
  networkAddresses: [{ name: 'bridge', ip: '172.17.0.2' }],
  limits: { memoryBytes: 1024, cpus: 0.5, pids: 64 },
  making: { memorySwapBytes: null, cpuQuota: null, cpuShares: null, cpuset: null, shmBytes: null, health: null, unsafe: [], beyond: [] }, // prettier-ignore
  healthProbes: [{ atMs: 0, exitCode: 1, output: 'refused' }],
  raw: {},
};
const sftp = { host: 'files.example.org', port: 22, username: null };
const detail = (staff: boolean) => toDetail({ item, seen, inspection, atMs: 1000, sftp }, { staff });

describe('the page of a container', () => {
  it('is what the contract says', () => {
    expect(ContainerDetail.parse(detail(true))).toEqual(detail(true));
  });

  it('names variables and never their values', () => {
    expect(detail(true).envNames).toEqual(['PASSWORD', 'EMPTY', 'BARE']);
    expect(JSON.stringify(detail(true))).not.toContain('hunter2');
  });

  it('shows the last five checks, and of what each said the beginning', () => {
    const healthProbes = Array.from({ length: 7 }, (_, at) => ({ atMs: at, exitCode: at, output: 'x'.repeat(9000) }));
    const shown = toDetail(
      { item, seen, inspection: { ...inspection, healthProbes }, atMs: 1000, sftp },
      { staff: false },
    );
    expect(shown.healthProbes.map(({ exitCode }) => exitCode)).toEqual([2, 3, 4, 5, 6]);
    expect(shown.healthProbes[0]?.output).toHaveLength(4096);
  });

  it('tells of a server for files where there is one, to who may list them', () => {
    expect(detail(false).sftp).toEqual(sftp);
    expect(toDetail({ item, seen, inspection, atMs: 1000, sftp: undefined }, { staff: true }).sftp).toBeNull();
    const rights = { can: item.rights.can.filter((each) => each !== 'files.list'), why: {} };
    const look = { item: { ...item, rights }, seen, inspection, atMs: 1000, sftp };
    expect(toDetail(look, { staff: false }).sftp).toBeNull();
  });

  it('keeps our signature to itself', () => {
    expect(detail(true).labels).toEqual({ team: 'shop' });
  });

  it('keeps our signature out of the raw inspect as well', () => {
    const raw = { Config: { Env: ['PASSWORD=hunter2'], Labels: { team: 'shop', 'bailiwick.sig': 'secret' } } };
    expect(withoutSecrets(raw)).toEqual({ Config: { Env: ['PASSWORD=…'], Labels: { team: 'shop' } } });
  });

  it('shows paths and ids of the host to staff only', () => {
    expect(detail(true)).toMatchObject({ engineId: seen.engineId, mounts: [{ source: '/srv/web' }] });
    expect(detail(false)).toMatchObject({ engineId: null, mounts: [{ source: null, target: '/html' }] });
  });

  it('shows what was last known while the engine is away, and says so', () => {
    const away = toDetail({ item, seen, inspection: undefined, atMs: 1000, sftp }, { staff: true });
    expect(ContainerDetail.parse(away)).toMatchObject({
      inspectedAt: null,
      name: item.name,
      networks: [{ name: 'bridge', ip: null }],
      limits: { memoryBytes: null, cpus: null, pids: null },
    });
    expect(detail(true).inspectedAt).toBe('1970-01-01T00:00:01.000Z');
  });
});

describe('the engine’s own words', () => {
  it('come without the values of variables', () => {
    const raw = { Id: 'x', Config: { Image: 'web', Env: ['PASSWORD=hunter2', 'BARE'] }, HostConfig: { Binds: null } };
    expect(withoutSecrets(raw)).toEqual({ ...raw, Config: { Image: 'web', Env: ['PASSWORD=…', 'BARE=…'] } });
  });

  it.each([{}, { Config: null }, { Config: { Env: null } }])('are left as they are where there are none: %j', (raw) => {
    expect(withoutSecrets(raw)).toEqual(raw);
  });
});
