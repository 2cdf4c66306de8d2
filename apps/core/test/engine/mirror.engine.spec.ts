import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DockerEngine } from '../../src/foundation/environments/docker.engine.js';
import { toEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { newId } from '../../src/kernel/ids.js';
import { aNetwork, aSpec } from '../factories/spec.js';
import { localEnvironment } from '../fake-engine.js';
import { startMirrors, type TestMirrors } from '../mirrors.js';
import { until } from '../until.js';
import { PrivateEngine } from './private-engine.js';

jest.setTimeout(90_000);

const BACK_WITHIN_MS = 10_000;

describe('the mirror of a real engine', () => {
  let engine: PrivateEngine;
  let test: TestMirrors;

  beforeAll(async () => {
    engine = await PrivateEngine.bring();
  });
  afterAll(() => engine.dispose());
  beforeEach(async () => {
    test = await startMirrors({ env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_DOCKER_HOST: engine.socket } });
  });
  afterEach(async () => {
    engine.thaw();
    await test.close();
    const containers = await engine.docker.listContainers({ all: true });
    await Promise.all(containers.map(({ Id }) => engine.docker.getContainer(Id).remove({ force: true })));
  });

  const run = async (name: string, command = ['sleep', '1000'], extra: object = {}) => {
    const container = await engine.docker.createContainer({ name, Image: 'busybox:local', Cmd: command, ...extra });
    await container.start();
    return container;
  };
  const status = () => test.environments.state(localEnvironment(test));

  /** `docker ps -a`, and the same columns of ours. */
  const truth = async () =>
    (await engine.docker.listContainers({ all: true }))
      .map(({ Id, Names, State, Image }) => [Id, Names[0]?.slice(1), State, Image].join(' '))
      .sort();
  const picture = () =>
    test.mirrors
      .containers()
      .map(({ engineId, name, state, image }) => [engineId, name, state, image].join(' '))
      .sort();
  const equals = async () => JSON.stringify(picture()) === JSON.stringify(await truth());

  it('equals docker ps -a, whatever was done past the panel', async () => {
    const web = await run('web');
    await run('brief', ['sh', '-c', 'exit 4']);
    const doomed = await run('doomed');
    await engine.docker.createContainer({ name: 'idle', Image: 'busybox:local' });
    await until(() => test.named('brief')?.exitCode === 4);
    await until(equals, { what: 'The same picture' });
    await web.pause();
    await doomed.remove({ force: true });
    await until(async () => test.named('web')?.state === 'paused' && (await equals()));
    await web.unpause();
    await web.rename({ name: 'shop' });
    await web.restart({ t: 0 });
    await until(async () => test.named('shop')?.state === 'running' && (await equals()));
  });

  it('shows a change within a moment, without asking', async () => {
    const web = await run('web');
    await until(() => test.named('web')?.state === 'running');
    const startedAt = performance.now();
    await web.kill();
    await until(() => test.named('web')?.state === 'exited', { within: 2000 });
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(test.named('web')?.exitCode).toBe(137);
  });

  it('keeps up when many containers start at once', async () => {
    const names = Array.from({ length: 15 }, (_, at) => `burst-${at}`);
    await Promise.all(names.map((name) => run(name, ['true'])));
    await until(() => names.every((name) => test.named(name)?.exitCode === 0), { within: 20_000 });
    await until(equals, { within: 10_000 });
    expect(new Set(test.mirrors.containers().map(({ id }) => id)).size).toBe(names.length);
  });

  it('is offline with its last picture when the engine dies under load, and true again within 10 s of its return', async () => {
    await run('web');
    await until(() => test.named('web')?.state === 'running');
    const before = test.named('web');
    let loaded = true;
    const load = Promise.all(
      [1, 2, 3].map(async (worker) => {
        for (let count = 0; loaded; count++)
          await run(`load-${worker}-${count}`, ['true']).catch(() => (loaded = false));
      }),
    );
    await until(() => test.named('load-1-1'), { within: 10_000 });

    await engine.crash();
    await until(() => status().state === 'offline', { within: 5000 });
    loaded = false;
    await load;
    expect(['engine_down', 'connection_lost']).toContain(status().reason?.code);
    expect(test.named('web')).toEqual(before);
    expect(() => test.environments.assertOnline(localEnvironment(test))).toThrow(
      expect.objectContaining({
        code: 'engine_unavailable',
        params: expect.objectContaining({ since: expect.any(String) }),
      }),
    );

    await engine.start();
    const returnedAt = performance.now();
    await until(async () => status().state === 'online' && (await equals()), { within: BACK_WITHIN_MS });
    expect(performance.now() - returnedAt).toBeLessThan(BACK_WITHIN_MS);
    expect(test.named('web')?.id).toBe(before?.id);
  });

  it('is offline when the engine hangs, lets nobody wait for long, and is true again within 10 s', async () => {
    await run('web');
    await until(() => test.named('web')?.state === 'running');
    await engine.freeze();
    const askedAt = performance.now();
    const question = test.environments.engineOf(localEnvironment(test)).inspect('web');
    await expect(question).rejects.toMatchObject({ code: 'engine_timeout', status: 503 });
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    await until(() => status().state === 'offline', { within: 20_000 });
    expect(status().reason?.code).toBe('engine_hangs');
    expect(test.named('web')?.state).toBe('running');

    engine.thaw();
    await engine.docker.getContainer('web').kill();
    const returnedAt = performance.now();
    await until(async () => status().state === 'online' && (await equals()), { within: BACK_WITHIN_MS });
    expect(performance.now() - returnedAt).toBeLessThan(BACK_WITHIN_MS);
    expect(test.named('web')?.state).toBe('exited');
  });

  it('makes one network of a tenant’s two, which an engine that is asked twice at once may have made', async () => {
    const labels = { 'bailiwick.tenant': 'ten_x' };
    const make = () => engine.docker.createNetwork({ Name: 'bw_twins', Driver: 'bridge', Labels: labels });
    const named = async () => (await engine.docker.listNetworks()).filter(({ Name }) => Name === 'bw_twins');
    await make();
    // A younger engine refuses the second by itself, and then there is nothing to mend.
    await make().catch(() => undefined);
    const ours = new DockerEngine(() => toEngineAddress(engine.socket));
    await Promise.all([1, 2, 3].map(() => ours.ensureNetwork(aNetwork('bw_twins', { labels }))));
    expect(await named()).toHaveLength(1);
    const engineId = await ours.create(aSpec({ name: 'tenant', network: 'bw_twins' }));
    await ours.start(engineId);
    ours.close();
  });

  it('takes no image for one of ours, whatever labels it brings', async () => {
    const id = newId('ct');
    const parent = await engine.docker.createContainer({ name: 'parent', Image: 'busybox:local' });
    await parent.commit({
      repo: 'evil',
      tag: 'local',
      changes: [`LABEL bailiwick.id=${id} bailiwick.sig=x com.docker.compose.project=theirs traefik.enable=true`],
    });
    const ours = new DockerEngine(() => toEngineAddress(engine.socket));
    await ours.ensureNetwork(aNetwork('bw_test'));
    const engineId = await ours.create(aSpec({ name: 'ours', image: 'evil:local' }));
    const { labels, raw } = await ours.inspect(engineId);
    expect(labels).toEqual({ 'traefik.enable': 'false', 'com.centurylinklabs.watchtower.enable': 'false' });
    expect(raw['HostConfig']).toMatchObject({
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      NetworkMode: 'bw_test',
      PidsLimit: 64,
      Memory: 32 * 1024 ** 2,
      Binds: null,
      Devices: null,
      PidMode: '',
      UsernsMode: '',
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    });
    await run('theirs', ['sleep', '1000'], { Image: 'evil:local' });
    await until(() => test.named('theirs')?.state === 'running');
    expect(test.named('theirs')).toMatchObject({ managed: false });
    expect(test.named('theirs')?.id).not.toBe(id);
    ours.close();
  });
});
