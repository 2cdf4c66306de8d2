import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';
import { cgroupsOf, tenantCgroup } from './tenant-cgroups.js';

const docker = new Docker();
const NAME = `bw-deploy-${process.pid}`;
const TEST = { 'bailiwick.test': '1' };

let app: TestApp;
let owner: SignedInPerson;

const deploy = async (wish: { preset?: string; image?: string; name: string; [field: string]: unknown }) => {
  const { status, body } = await call(app, owner, 'POST', '/deployments', { body: wish });
  if (status !== 202) throw new Error(JSON.stringify(body));
  return finished(app, owner, body.operation.id, { within: 60_000 });
};
const inspect = (name: string) => docker.getContainer(name).inspect();
const remove = async (id: string | null) => {
  const { body } = await call(app, owner, 'DELETE', `/containers/${id}`, { body: { force: true } });
  return finished(app, owner, body.operation.id);
};

const removeVolume = async ({ id, name }: { id: string; name: string }) => {
  const proved = await openSession(app, owner.user);
  const { status, body } = await call(app, proved, 'DELETE', `/volumes/${id}`, { body: { confirmName: name } });
  expect({ status, body }).toMatchObject({ status: 202 });
  expect(await finished(app, owner, body.operation.id)).toMatchObject({ state: 'done' });
};
/** What a program in it says. */
const run = async (name: string, ...Cmd: string[]) => {
  const exec = await docker.getContainer(name).exec({ Cmd, AttachStdout: true });
  const stream = await exec.start({});
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).subarray(8).toString().trim();
};
const volumeOf = async (id: string | null) =>
  (await call(app, owner, 'GET', '/volumes')).body.items.find(
    ({ container }: { container: { id: string } | null }) => container?.id === id,
  );

beforeAll(async () => {
  app = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '500',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '200',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        web: {
          questions: [{ type: 'secret', name: 'password', label: 'Password', required: false }],
          config: {
            env: { PASSWORD: '{{password}}' },
            ports: [{ containerPort: 80, label: 'Web' }],
            volumes: [{ name: 'data', target: '/data' }],
            health: { command: ['test', '-d', '/data'], intervalMs: 1000, timeoutMs: 1000 },
          },
        },
        kept: {
          config: {
            command: ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'],
            volumes: [{ name: 'data', target: '/data' }],
          },
        },
        broken: { config: { command: ['sh', '-c', 'exit 3'], volumes: [{ name: 'data', target: '/data' }] } },
        crash: { config: { command: ['sh', '-c', 'echo last words; exit 3'] } },
        plain: { config: { ports: [{ containerPort: 80, label: 'Web' }] } },
        missing: { config: { image: '127.0.0.1:1/nothing:here' } },
      }),
    },
  });
  owner = await signIn(app);
}, 60_000);
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('a deploy on a real engine', () => {
  it('runs under the answered preset, hardened, in the network of its tenant', async () => {
    const name = `${NAME}-whole`;
    const operation = await deploy({ preset: 'web', name, answers: { password: 'typed' } });
    expect(operation).toMatchObject({ state: 'done', error: null });
    const { Id, Config, HostConfig, State, NetworkSettings, Mounts } = await inspect(name);
    expect(State.Health?.Status).toBe('healthy');
    expect(Config.Env).toContain('PASSWORD=typed');
    expect(Config.Labels).toMatchObject({ ...TEST, 'bailiwick.op': operation.id });
    expect(HostConfig).toMatchObject({ Privileged: false, Memory: 32 * 1024 * 1024, NanoCpus: 500_000_000 });
    expect(Object.keys(NetworkSettings.Networks)).toEqual([expect.stringMatching(/^bw_default_[a-z2-7]{10}$/)]);
    const place = await tenantCgroup(docker, owner.user.tenantId);
    expect(HostConfig.CgroupParent).toBe(place);
    const hierarchies = cgroupsOf(State.Pid, Id);
    expect(hierarchies.length).toBeGreaterThan(0);
    expect(hierarchies).toEqual(hierarchies.map(() => expect.stringContaining(`${place}/`)));
    const [volume] = Mounts;
    expect(volume).toMatchObject({
      Destination: '/data',
      Name: expect.stringMatching(/^bw_default_[a-z2-7]{10}_data$/),
    });

    expect(await remove(operation.target.containerId)).toMatchObject({ state: 'done' });
    await expect(inspect(name)).rejects.toMatchObject({ statusCode: 404 });
    await docker.getVolume(volume?.Name ?? '').inspect(); // it was kept, as promised
    const { body } = await call(app, owner, 'GET', `/volumes?q=${volume?.Name}`);
    await removeVolume(body.items[0]);
    await expect(docker.getVolume(volume?.Name ?? '').inspect()).rejects.toMatchObject({ statusCode: 404 });
  }, 60_000);

  it('holds everything that was chosen beyond its preset', async () => {
    const name = `${NAME}-chosen`;
    const MIB = 1024 ** 2;
    const options = {
      entrypoint: ['sleep'],
      command: ['1000'],
      labels: { team: 'shop' },
      memorySwapBytes: 128 * MIB,
      cpuShares: 512,
      cpuset: '0',
      pids: 99,
      shmBytes: 24 * MIB,
      health: { command: ['true'], intervalMs: 1000, timeoutMs: 1000, retries: 2 },
      restart: { name: 'on-failure', maximumRetryCount: 4 },
    };
    const operation = await deploy({ preset: 'plain', name, memoryBytes: 64 * MIB, cpus: 0.75, options });
    expect(operation).toMatchObject({ state: 'done', error: null });
    const { Config, HostConfig, State } = await inspect(name);
    expect(Config).toMatchObject({ Entrypoint: ['sleep'], Cmd: ['1000'], Labels: { team: 'shop' } });
    expect(Config.Healthcheck).toMatchObject({ Test: ['CMD', 'true'], Interval: 1e9, Retries: 2 });
    expect(State.Health?.Status).toBe('healthy');
    expect(HostConfig).toMatchObject({
      Memory: 64 * MIB,
      MemorySwap: 128 * MIB,
      NanoCpus: 750_000_000,
      CpuShares: 512,
      CpusetCpus: '0',
      PidsLimit: 99,
      ShmSize: 24 * MIB,
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 4 },
    });
    expect(await remove(operation.target.containerId)).toMatchObject({ state: 'done' });
  }, 60_000);

  it('runs an image of one’s choice with exactly what was entered', async () => {
    const name = `${NAME}-image`;
    const MIB = 1024 ** 2;
    const operation = await deploy({
      image: 'busybox:local',
      name,
      ports: [{ containerPort: 8080, ip: '127.0.0.1' }],
      volumes: [{ name: 'data', target: '/data' }],
      memoryBytes: 48 * MIB,
      cpus: 0.25,
      options: {
        command: ['sleep', '1000'],
        env: { A: 'b c' },
        user: '1000:1000',
        workingDir: '/tmp',
        stdinOpen: true,
      },
    });
    expect(operation).toMatchObject({ state: 'done', error: null });
    const { Config, HostConfig, Mounts } = await inspect(name);
    expect(Config).toMatchObject({ Image: 'busybox:local', User: '1000:1000', WorkingDir: '/tmp', OpenStdin: true });
    expect(Config).toMatchObject({ Cmd: ['sleep', '1000'], Env: expect.arrayContaining(['A=b c']) });
    expect(HostConfig).toMatchObject({
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      PidsLimit: 256,
      Memory: 48 * MIB,
      NanoCpus: 250_000_000,
      PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: expect.stringMatching(/^\d{5}$/) }] },
      RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 },
    });
    expect(Mounts).toMatchObject([{ Type: 'volume', Destination: '/data' }]);
    const volume = await volumeOf(operation.target.containerId);
    expect(await remove(operation.target.containerId)).toMatchObject({ state: 'done' });
    await removeVolume(volume);
  }, 60_000);

  it('waits for a project, installs it and starts it, and does not restart over a failed installation', async () => {
    const name = `${NAME}-project`;
    const npm =
      '#!/bin/sh\nif [ "$1" = install ]; then echo installing; [ -e /app/good ]; else echo serving; exec sleep 1000; fi\n';
    const operation = await deploy({
      image: 'busybox:local',
      name,
      protocol: 'node-npm',
      volumes: [{ name: 'app', target: '/app' }],
      installCommand: ['sh', '/app/npm', 'install'],
      options: { command: ['sh', '/app/npm', 'start'] },
    });
    expect(operation).toMatchObject({ state: 'done', error: null });
    const container = docker.getContainer(name);
    const says = async () => String(await container.logs({ stdout: true, stderr: true, follow: false }));
    const write = async (file: string, text: string) => {
      const exec = await container.exec({ Cmd: ['sh', '-c', 'printf "%s" "$1" > "$0"', file, text] });
      await exec.start({ Detach: true });
    };
    expect(await says()).toContain('it waits for package.json.');
    await write('/app/npm', npm);
    await write('/app/package.json', '{}');
    await until(async () => (await says()).includes('The installation failed'));
    expect((await inspect(name)).State).toMatchObject({ Running: true });
    expect((await inspect(name)).RestartCount).toBe(0);
    await write('/app/good', 'yes');
    await container.restart({ t: 5 });
    await until(async () => (await says()).includes('serving'));
    expect((await inspect(name)).RestartCount).toBe(0);
    const volume = await volumeOf(operation.target.containerId);
    expect(await remove(operation.target.containerId)).toMatchObject({ state: 'done' });
    await removeVolume(volume);
  }, 90_000);

  it('does not run as root under the strict profile, whatever its image says', async () => {
    const wish = { image: 'busybox:local', name: `${NAME}-strict`, profile: 'strict' };
    const command = ['sleep', '1000'];
    expect(await deploy({ ...wish, options: { command } })).toMatchObject({
      state: 'failed',
      failedStep: 'pull',
      error: { code: 'root_refused', params: { image: 'busybox:local' } },
    });
    await expect(inspect(wish.name)).rejects.toMatchObject({ statusCode: 404 });
    const operation = await deploy({ ...wish, options: { command, user: '1000' } });
    expect(operation).toMatchObject({ state: 'done', error: null });
    expect(await run(wish.name, 'id', '-u')).toBe('1000');
    const { Image } = await inspect(wish.name);
    expect(operation.result).toMatchObject({ imageId: Image });
    expect(await remove(operation.target.containerId)).toMatchObject({ state: 'done' });
  }, 60_000);

  it('is bounded by a quota of processor time instead of a number of processors', async () => {
    const name = `${NAME}-quota`;
    const options = { cpuQuota: { quotaUs: 30_000, periodUs: 60_000 } };
    const operation = await deploy({ preset: 'plain', name, options });
    expect(operation).toMatchObject({ state: 'done', error: null });
    const { HostConfig } = await inspect(name);
    expect(HostConfig).toMatchObject({ CpuQuota: 30_000, CpuPeriod: 60_000, NanoCpus: 0 });
    expect(await remove(operation.target.containerId)).toMatchObject({ state: 'done' });
  }, 60_000);

  it('keeps its data over a stop, a restart and a kill, and hands it on to the next', async () => {
    const name = `${NAME}-kept`;
    const first = await deploy({ preset: 'kept', name });
    const id = first.target.containerId;
    const volume = await volumeOf(id);
    await run(name, 'sh', '-c', 'echo precious > /data/file');
    await call(app, owner, 'POST', `/containers/${id}/stop`, { body: { timeoutSeconds: 1 } });
    await call(app, owner, 'POST', `/containers/${id}/start`);
    expect(await run(name, 'cat', '/data/file')).toBe('precious');
    await call(app, owner, 'POST', `/containers/${id}/restart`, { body: { timeoutSeconds: 1 } });
    expect(await run(name, 'cat', '/data/file')).toBe('precious');
    await call(app, owner, 'POST', `/containers/${id}/kill`, { body: {} });
    await call(app, owner, 'POST', `/containers/${id}/start`);
    expect(await run(name, 'cat', '/data/file')).toBe('precious');
    expect((await call(app, owner, 'GET', `/volumes/${volume.id}`)).body.sizeBytes).toBeGreaterThan(0);
    expect(await remove(id)).toMatchObject({ state: 'done' });

    const next = `${NAME}-next`;
    const onto = { preset: 'kept', name: next, volumes: [{ name: 'data', volumeId: volume.id }] };
    const second = await deploy(onto);
    expect(second).toMatchObject({ state: 'done', error: null });
    expect(await run(next, 'cat', '/data/file')).toBe('precious');

    // One that fails lets go of it, and what is in it is still there.
    expect(await remove(second.target.containerId)).toMatchObject({ state: 'done' });
    expect(await deploy({ ...onto, preset: 'broken', name: `${NAME}-broken` })).toMatchObject({ state: 'failed' });
    const third = await deploy({ ...onto, name: `${NAME}-third` });
    expect(await run(`${NAME}-third`, 'cat', '/data/file')).toBe('precious');

    const proved = await openSession(app, owner.user);
    const wish = { force: true, deleteData: true, confirmName: `${NAME}-third` };
    const gone = await call(app, proved, 'DELETE', `/containers/${third.target.containerId}`, { body: wish });
    expect(await finished(app, owner, gone.body.operation.id)).toMatchObject({ state: 'done' });
    await expect(docker.getVolume(volume.name).inspect()).rejects.toMatchObject({ statusCode: 404 });
  }, 120_000);

  it('mounts nothing of the host under the name of a volume of ours', async () => {
    const { target } = await deploy({ preset: 'kept', name: `${NAME}-host` });
    const volume = await volumeOf(target.containerId);
    expect(await remove(target.containerId)).toMatchObject({ state: 'done' });
    const { Labels } = await docker.getVolume(volume.name).inspect();
    await docker.getVolume(volume.name).remove();
    const bind = { type: 'none', o: 'bind', device: '/' };
    await docker.createVolume({ Name: volume.name, Driver: 'local', DriverOpts: bind, Labels });
    const wish = { preset: 'kept', name: `${NAME}-host`, volumes: [{ name: 'data', volumeId: volume.id }] };
    const refused = await call(app, owner, 'POST', '/deployments', { body: wish });
    const trail = await call(app, owner, 'GET', `/audit?target=${volume.id}`);
    const proved = await openSession(app, owner.user);
    const kept = await call(app, proved, 'DELETE', `/volumes/${volume.id}`, { body: { confirmName: volume.name } });
    expect((await docker.getVolume(volume.name).inspect()).Options).toEqual(bind);
    await docker.getVolume(volume.name).remove();
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 409, code: 'volume_refused' });
    expect({ status: kept.status, code: kept.body.code }).toEqual({ status: 409, code: 'volume_refused' });
    expect(trail.body.items[0]).toMatchObject({ action: 'containers.deploy', outcome: 'refused' });
    await removeVolume(volume);
  }, 60_000);

  it('that ends at once says so with its last words and is taken back', async () => {
    const name = `${NAME}-crash`;
    expect(await deploy({ preset: 'crash', name })).toMatchObject({
      state: 'failed',
      failedStep: 'healthy',
      error: { code: 'start_failed', params: { exitCode: 3, lines: ['last words'] } },
    });
    await expect(inspect(name)).rejects.toMatchObject({ statusCode: 404 });
  }, 60_000);

  it('of an image that cannot be had says which', async () => {
    expect(await deploy({ preset: 'missing', name: `${NAME}-missing` })).toMatchObject({
      state: 'failed',
      failedStep: 'pull',
      error: { code: 'image_unavailable', params: { image: '127.0.0.1:1/nothing:here' } },
    });
  }, 60_000);

  it('onto a port that is taken between the check and the start says who has it', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    await new Promise((resolve) => server.close(resolve));
    const wish = { preset: 'plain', name: `${NAME}-port`, ports: [{ containerPort: 80, hostPort: port }] };
    const { body } = await call(app, owner, 'POST', '/deployments', { body: wish });
    const thief = createServer().listen(port, '127.0.0.1');
    const operation = await finished(app, owner, body.operation.id, { within: 60_000 });
    await new Promise((resolve) => thief.close(resolve));
    expect(operation).toMatchObject({
      state: 'failed',
      failedStep: 'start',
      error: { code: 'port_conflict', params: { hostPort: port, usedBy: { kind: 'host' } } },
    });
    await expect(inspect(`${NAME}-port`)).rejects.toMatchObject({ statusCode: 404 });
  }, 60_000);

  it('under the name of a container made past the panel is refused', async () => {
    const name = `${NAME}-stranger`;
    const stranger = await docker.createContainer({ name, Image: 'busybox:local', Cmd: ['true'], Labels: TEST });
    await until(async () => (await call(app, owner, 'GET', `/containers?q=${name}`)).body.items.length === 1);
    const answer = await call(app, owner, 'POST', '/deployments', { body: { preset: 'plain', name } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'name_taken' } });
    await stranger.remove();
  }, 60_000);

  it('does not take over a container that carries copied labels', async () => {
    const name = `${NAME}-copied`;
    const operation = await deploy({ preset: 'plain', name });
    const { Config } = await inspect(name);
    await remove(operation.target.containerId);
    const copy = await docker.createContainer({ name, Image: 'busybox:local', Cmd: ['true'], Labels: Config.Labels });
    await until(async () => (await call(app, owner, 'GET', `/containers?q=${name}`)).body.items.length === 1);
    const { body } = await call(app, owner, 'GET', `/containers?q=${name}`);
    expect(body.items[0]).toMatchObject({ managed: false, owner: null });
    expect(body.items[0].id).not.toBe(operation.target.containerId);
    await copy.remove();
  }, 60_000);
});
