import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Docker from 'dockerode';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { startApp, type TestApp } from '../app.js';
import { call, finished } from '../factories/deployment.js';
import { localEnvironment } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { tenantCgroup } from './tenant-cgroups.js';

const docker = new Docker();
const NAME = `bw-adopt-${process.pid}`;
const MIB = 1024 ** 2;
const TIME_MS = 120_000;
const RUNS = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'];

let app: TestApp;
let owner: SignedInPerson;
const made: string[] = [];

/** Made with the engine alone, and seen by the panel. */
async function outside(
  part: string,
  HostConfig: Docker.HostConfig,
): Promise<{ id: string; name: string; engineId: string }> {
  const name = `${NAME}-${part}`;
  const Labels = { 'bailiwick.test': '1', team: 'tea' };
  const container = await docker.createContainer({ name, Image: 'busybox:local', ExposedPorts: { '80/tcp': {} }, Cmd: RUNS, Env: ['KEY=topsecret'], Labels, HostConfig }); // prettier-ignore
  made.push(name);
  // Not everywhere an engine may start what is not safe; it is told by how it was made.
  if (HostConfig.Privileged !== true) await container.start();
  const mirrors = app.app.get(MirrorsService);
  await mirrors.ready();
  await mirrors.refresh(localEnvironment(app), container.id);
  const seen = mirrors.containers().find(({ engineId }) => engineId === container.id);
  if (!seen) throw new Error(`${name} is not seen.`);
  return { id: seen.id, name, engineId: container.id };
}
const look = async (id: string) => (await call(app, owner, 'GET', `/containers/${id}/adoption`)).body;
const adopt = (id: string) => call(app, owner, 'POST', `/containers/${id}/adopt`, { body: {} });
async function changed(id: string, change: object) {
  await call(app, owner, 'PUT', `/containers/${id}/configuration`, { body: { change } });
  const answer = await call(app, owner, 'POST', `/containers/${id}/configuration/apply`, { body: {} });
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return finished(app, owner, answer.body.operation.id, { within: 60_000 });
}

beforeAll(async () => {
  const env = { BAILIWICK_ENGINE: 'docker', BAILIWICK_DEPLOY_STABLE_MS: '500', BAILIWICK_OPERATION_RETRY_DELAY_MS: '200' }; // prettier-ignore
  app = await startApp({ env });
  owner = await signIn(app);
}, TIME_MS);
afterEach(() => checkInvariants(app));
afterAll(async () => {
  await app?.close();
  for (const name of made)
    await docker
      .getContainer(name)
      .remove({ force: true, v: true })
      .catch(() => undefined);
}, TIME_MS);

describe('a container that was made on the engine', () => {
  it(
    'is taken over while it runs, changed live, and made anew as ours',
    async () => {
      const { id, name, engineId } = await outside('safe', {
        Memory: 32 * MIB,
        MemorySwap: 48 * MIB,
        CpuQuota: 50_000,
        PidsLimit: 64,
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 },
        PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '0' }] },
      });
      const { configuration, unsafe, notTakenOver } = await look(id);
      expect(unsafe).toEqual([]);
      expect(notTakenOver).toEqual([{ what: 'network bridge', needed: false }]);
      expect(configuration).toMatchObject({
        image: 'busybox:local',
        command: RUNS,
        memoryBytes: 32 * MIB,
        memorySwapBytes: 48 * MIB,
        cpus: 0.5,
        cpuQuota: { quotaUs: 50_000, periodUs: 100_000 },
        pids: 64,
        restart: { name: 'on-failure', maximumRetryCount: 2 },
        labels: { team: 'tea' },
      });
      expect(JSON.stringify(configuration)).not.toContain('topsecret');
      expect(await adopt(id)).toMatchObject({ status: 204 });
      const before = await docker.getContainer(engineId).inspect();
      expect(before.State.Running).toBe(true);
      expect(await changed(id, { memoryBytes: 40 * MIB, pids: 70 })).toMatchObject({ state: 'done' });
      const live = await docker.getContainer(name).inspect();
      expect(live).toMatchObject({ Id: engineId, HostConfig: { Memory: 40 * MIB, PidsLimit: 70, CpuQuota: 50_000 } });
      expect(await changed(id, { env: { set: { MORE: 'yes' } } })).toMatchObject({ state: 'done' });
      const anew = await docker.getContainer(name).inspect();
      expect(anew.Id).not.toBe(engineId);
      expect(anew.Config.Env).toEqual(expect.arrayContaining(['KEY=topsecret', 'MORE=yes']));
      expect(anew.Config.Labels).toMatchObject({ 'bailiwick.id': id, team: 'tea' });
      expect(anew.HostConfig).toMatchObject({ Memory: 40 * MIB, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] });
      expect({ before: before.HostConfig.CgroupParent, anew: anew.HostConfig.CgroupParent }).toEqual({
        before: '',
        anew: await tenantCgroup(docker, owner.user.tenantId),
      });
      expect(anew.NetworkSettings.Ports['80/tcp']).toEqual(before.NetworkSettings.Ports['80/tcp']);
      expect(Object.keys(anew.NetworkSettings.Networks)).not.toContain('bridge');
      const { body } = await call(app, owner, 'DELETE', `/containers/${id}`, { body: { force: true } });
      expect(await finished(app, owner, body.operation.id)).toMatchObject({ state: 'done' });
    },
    TIME_MS,
  );

  it(
    'is handed to nobody where it reaches the host, and stays as it is',
    async () => {
      const { id, engineId } = await outside('unsafe', {
        Privileged: true,
        PidMode: 'host',
        Binds: ['/var/run/docker.sock:/engine.sock'],
      });
      const refused = { reason: 'unsafe', unsafe: expect.arrayContaining(['privileged', 'host_namespace', 'engine_socket']) }; // prettier-ignore
      expect(await adopt(id)).toMatchObject({ status: 409, body: { code: 'wrong_state', params: refused } });
      expect(await docker.getContainer(engineId).inspect()).toMatchObject({ State: { Status: 'created' } });
    },
    TIME_MS,
  );
});
