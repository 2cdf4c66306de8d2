import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type DeployInput, Volume, type VolumeId } from '@bailiwick/contract';
import { ContainerRowsService } from '../../src/foundation/environments/container-rows.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, signIn } from '../sign-in.js';
import { until } from '../until.js';

const MINUTE_MS = 60_000;
const clock = new ManualClock();
let core: TestApp;
let owner: Asking;
let made = 0;

beforeAll(async () => {
  core = await startApp({
    clock,
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_SESSION_IDLE_MIN: '1440',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        data: { config: { volumes: [{ name: 'data', target: '/data' }] } },
        two: {
          config: {
            volumes: [
              { name: 'data', target: '/data/db' },
              { name: 'config', target: '/data/config' },
            ],
          },
        },
        bare: {},
        crash: { config: { command: ['sh', '-c', 'exit 3'], volumes: [{ name: 'data', target: '/data' }] } },
        fetched: { config: { image: 'fetched:1', volumes: [{ name: 'data', target: '/data' }] } },
      }),
    },
  });
  owner = new Asking(core, await signIn(core));
});
afterEach(() => checkInvariants(core));
afterAll(() => core?.close());

const engine = () => fakeEngine(core);
const name = () => `app-${(made += 1)}`;
const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));
/** The same person, a moment after they proved who they are. */
const proved = async (who: Asking) => new Asking(core, await openSession(core, who.who.user));
const post = (who: Asking, wish: Partial<DeployInput>) => who.post('deployments', aDeploy({ preset: 'data', ...wish }));
const deploy = async (who: Asking, wish: Partial<DeployInput> = {}) => {
  const { status, body } = await post(who, { name: name(), ...wish });
  expect({ status, body }).toMatchObject({ status: 202 });
  return finished(core, who.who, body.operation.id);
};
const deployed = async (who: Asking, wish: Partial<DeployInput> = {}) => {
  const operation = await deploy(who, wish);
  expect(operation).toMatchObject({ state: 'done', error: null });
  const { containerId, name: made } = operation.result as { containerId: string; name: string };
  const seen = await core.app.get(ContainerRowsService).find(containerId as `ct_${string}`);
  return { id: containerId, name: made, engineId: seen?.engineId ?? '', operation };
};
const remove = async (who: Asking, id: string, body: object = {}) => {
  const answer = await who.delete(`containers/${id}`).send({ force: true, ...body });
  return answer.status === 202 ? finished(core, who.who, answer.body.operation.id) : answer.body;
};
const volumes = async (who: Asking, query = ''): Promise<Volume[]> => {
  const { status, body } = await who.get(`volumes${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.items;
};
const volumesOf = async (who: Asking, id: string) =>
  (await volumes(who)).filter(({ container }) => container?.id === id);
/** One that is kept, of this person. */
const kept = async (who: Asking): Promise<Volume> => {
  const { id } = await deployed(who);
  const [volume] = await volumesOf(who, id);
  expect(await remove(who, id)).toMatchObject({ state: 'done' });
  return Volume.parse((await who.get(`volumes/${volume?.id}`)).body);
};
const onto = (volumeId: VolumeId) => ({ volumes: [{ name: 'data', volumeId }] });

describe('the data of a container', () => {
  it('is a volume of its own for each mount, and none where the preset has none', async () => {
    const two = await deployed(owner, { preset: 'two' });
    expect((await volumesOf(owner, two.id)).map(({ label, target, state }) => ({ label, target, state })).sort((a, b) => a.label.localeCompare(b.label))).toEqual([
      { label: 'config', target: '/data/config', state: 'attached' },
      { label: 'data', target: '/data/db', state: 'attached' },
    ]); // prettier-ignore
    expect(
      new Set(
        engine()
          .get(two.engineId)
          .spec.volumes.map((volume) => volume.name),
      ).size,
    ).toBe(2);
    const bare = await deployed(owner, { preset: 'bare' });
    expect(await volumesOf(owner, bare.id)).toEqual([]);
    expect(engine().get(bare.engineId).spec.volumes).toEqual([]);
  });

  it('is the same volume after a stop, a restart and a kill', async () => {
    const { id, engineId } = await deployed(owner);
    const before = await volumesOf(owner, id);
    await owner.post(`containers/${id}/stop`).expect(200);
    await owner.post(`containers/${id}/start`).expect(200);
    await owner.post(`containers/${id}/kill`).expect(200);
    await owner.post(`containers/${id}/start`).expect(200);
    expect(await volumesOf(owner, id)).toEqual(before);
    expect(engine().get(engineId).spec.volumes).toEqual([{ name: before[0]?.name, target: '/data' }]);
  });

  it('is kept when its container is deleted, and listed to its owner with since when', async () => {
    const tania = await member();
    const { id } = await deployed(tania);
    const [volume] = await volumesOf(tania, id);
    expect(volume).toMatchObject({ state: 'attached', keptSince: null, rights: { can: ['volumes.see'] } });
    clock.advance(MINUTE_MS);
    await remove(tania, id);
    expect(engine().volumes.has(volume?.name ?? '')).toBe(true);
    const [found, ...others] = await volumes(tania, '?state=kept');
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      id: volume?.id,
      state: 'kept',
      container: null,
      keptSince: new Date(clock.now()).toISOString(),
      owner: { id: tania.who.user.id },
      rights: { can: ['volumes.see', 'volumes.delete'] },
    });
    expect(await volumes(tania, '?state=attached')).toEqual([]);
  });

  it('is kept as well where the container was deleted past the panel', async () => {
    const { id, engineId } = await deployed(owner);
    const [volume] = await volumesOf(owner, id);
    await engine().remove(engineId, { force: true });
    await until(async () => (await owner.get(`volumes/${volume?.id}`)).body.state === 'kept');
  });

  it('is gone after a deploy that failed, row and all', async () => {
    const before = [...engine().volumes.keys()];
    const rows = (await volumes(owner)).length;
    expect(await deploy(owner, { preset: 'crash' })).toMatchObject({ state: 'failed' });
    expect([...engine().volumes.keys()]).toEqual(before);
    expect(await volumes(owner)).toHaveLength(rows);
  });
});

describe('the list of volumes', () => {
  it('shows people their own, staff everything, and nobody what is another person’s', async () => {
    const [tania, marek] = [await member(), await member()];
    const volume = await kept(tania);
    expect((await volumes(tania)).map(({ id }) => id)).toEqual([volume.id]);
    expect(await volumes(marek)).toEqual([]);
    expect((await volumes(owner)).map(({ id }) => id)).toContain(volume.id);
    await marek.get(`volumes/${volume.id}`).expect(404);
    expect((await marek.delete(`volumes/${volume.id}`).send({ confirmName: volume.name })).status).toBe(404);
    await marek.get('volumes?kept=yes').expect(400);
  });

  it('is searched by name, owner and container, and by tenant and environment', async () => {
    const tania = await member();
    const volume = await kept(tania);
    const ids = async (query: string) => (await volumes(tania, query)).map(({ id }) => id);
    expect(await ids(`?q=${volume.lastContainerName.toUpperCase()}`)).toEqual([volume.id]);
    expect(await ids('?q=nothing-like-it')).toEqual([]);
    expect(await ids(`?env=${volume.environmentId}&tenant=${volume.tenantId}&state=kept`)).toEqual([volume.id]);
    expect(await ids('?env=env_aaaaaaaaaaaaaaaa')).toEqual([]);
  });

  it('shows those of a tenant to who was given that', async () => {
    const [tania, marek] = [await member(), await member()];
    const volume = await kept(tania);
    const tenant = { kind: 'tenant' as const, id: tania.who.user.tenantId };
    await owner.change([aGrant(marek.who, tenant, { role: 'none', allow: ['volumes.see'] })]);
    const found = (await volumes(marek)).find(({ id }) => id === volume.id);
    expect(found).toMatchObject({ rights: { can: ['volumes.see'], why: { 'volumes.delete': { code: 'default' } } } });
    expect((await post(marek, { name: name(), ...onto(volume.id) })).status).toBe(403);
    expect((await marek.delete(`volumes/${volume.id}`).send({ confirmName: volume.name })).status).toBe(403);
  });

  it('tells how big one is, where the engine does', async () => {
    const volume = await kept(owner);
    const before = engine().volumes.get(volume.name);
    engine().volumes.set(volume.name, { labels: {}, plain: true, ...before, bytes: 4711 });
    expect((await owner.get(`volumes/${volume.id}`)).body.sizeBytes).toBe(4711);
  });
});

describe('deleting data', () => {
  it('has one effect for one key, also when the answer was lost, and none for a key of something else', async () => {
    const tania = await proved(await member());
    const volume = await kept(tania);
    const { id, name: called } = await deployed(tania);
    const ask = (route: string, body: object, key: string) =>
      call(core, tania.who, 'DELETE', `/${route}`, { body, key });
    const gone = { force: true, deleteData: true, confirmName: called };
    const first = await Promise.all([1, 2, 3].map(() => ask(`containers/${id}`, gone, 'delete-once')));
    expect(first.map(({ status }) => status)).toEqual([202, 202, 202]);
    const [operation] = first.map(({ body }) => body.operation.id);
    await finished(core, tania.who, operation);
    const again = await ask(`containers/${id}`, gone, 'delete-once');
    expect(again).toMatchObject({ status: 202, body: { operation: { id: operation } } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await ask(`containers/${id}`, gone, 'delete-anew')).status).toBe(404);
    expect((await ask(`containers/${id}`, { force: true }, 'delete-once')).body.code).toBe('idempotency_mismatch');

    const answers = [];
    for (let times = 0; times < 2; times += 1)
      answers.push(await ask(`volumes/${volume.id}`, { confirmName: volume.name }, 'delete-data-once'));
    expect(new Set(answers.map(({ body }) => body.operation.id)).size).toBe(1);
    await finished(core, tania.who, answers[0]?.body.operation.id);
  });

  it('asks for the typed name and a fresh proof, and takes kept data away', async () => {
    const tania = await member();
    const volume = await kept(tania);
    const ask = (who: Asking, confirmName: string) => who.delete(`volumes/${volume.id}`).send({ confirmName });
    expect((await ask(tania, 'something')).body).toMatchObject({ code: 'invalid_request' });
    clock.advance(10 * MINUTE_MS);
    expect((await ask(tania, volume.name)).body).toMatchObject({ code: 'step_up_required' });
    expect(engine().volumes.has(volume.name)).toBe(true);
    const { status, body } = await ask(await proved(tania), volume.name);
    expect({ status, body }).toMatchObject({ status: 202 });
    expect(await finished(core, tania.who, body.operation.id)).toMatchObject({ state: 'done', name: 'volumes.delete' });
    expect(engine().volumes.has(volume.name)).toBe(false);
    await tania.get(`volumes/${volume.id}`).expect(404);
  });

  it('is refused while a container has it', async () => {
    const who = await proved(owner);
    const { id } = await deployed(who);
    const [volume] = await volumesOf(who, id);
    const answer = await who.delete(`volumes/${volume?.id}`).send({ confirmName: volume?.name });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 409, code: 'volume_in_use' });
    expect(volume?.rights.why['volumes.delete']).toEqual({ code: 'volume_in_use', params: {} });
  });

  it('is refused where a stranger mounts it as well', async () => {
    const who = await proved(owner);
    const volume = await kept(who);
    const stranger = engine().put({ name: name(), volumes: [{ name: volume.name, target: '/x' }] });
    const answer = await who.delete(`volumes/${volume.id}`).send({ confirmName: volume.name });
    expect(answer.body.code).toBe('volume_in_use');
    expect((await post(who, { name: name(), ...onto(volume.id) })).body.code).toBe('volume_in_use');
    await engine().remove(stranger, { force: true });
  });

  it('goes with a container only where it is asked for, typed and proved', async () => {
    const tania = await member();
    const { id, name: called } = await deployed(tania);
    const [volume] = await volumesOf(tania, id);
    const preview = (await tania.get(`containers/${id}/delete-preview`)).body;
    expect(preview.data).toEqual({
      volumes: [{ id: volume?.id, name: volume?.name, label: 'data', target: '/data', sizeBytes: 0 }],
      deletable: true,
    });
    const ask = (who: Asking, body: object) => remove(who, id, { deleteData: true, ...body });
    expect(await ask(tania, {})).toMatchObject({ code: 'invalid_request' });
    expect(await ask(tania, { confirmName: 'other' })).toMatchObject({ code: 'invalid_request' });
    clock.advance(10 * MINUTE_MS);
    expect(await ask(tania, { confirmName: called })).toMatchObject({ code: 'step_up_required' });
    expect(await ask(await proved(tania), { confirmName: called })).toMatchObject({
      state: 'done',
      steps: [{ name: 'remove' }, { name: 'data', state: 'done' }],
    });
    expect(engine().volumes.has(volume?.name ?? '')).toBe(false);
    expect(await volumes(tania)).toEqual([]);
  });

  it('is not for who may delete the container and does not own the data', async () => {
    const [tania, marek] = [await member(), await member()];
    const { id, name: called } = await deployed(tania);
    await owner.change([aGrant(marek.who, { kind: 'container', id: id as `ct_${string}` }, { role: 'maintainer' })]);
    const who = await proved(marek);
    expect((await who.get(`containers/${id}/delete-preview`)).body.data.deletable).toBe(false);
    expect(await remove(who, id, { deleteData: true, confirmName: called })).toMatchObject({ code: 'forbidden' });
    expect(await remove(who, id)).toMatchObject({ state: 'done' });
    expect(await volumes(tania, '?state=kept')).toHaveLength(1);
    expect(await volumes(marek)).toEqual([]);
  });

  it('never touches what is not ours: it is refused before anything goes, and is in the trail', async () => {
    const who = await proved(owner);
    const { id, name: called } = await deployed(who);
    const [volume] = await volumesOf(who, id);
    const ours = engine().volumes.get(volume?.name ?? '');
    engine().volumes.set(volume?.name ?? '', { labels: {}, plain: true });
    expect(await remove(who, id, { deleteData: true, confirmName: called })).toMatchObject({
      code: 'volume_refused',
      params: { reason: 'foreign' },
    });
    expect((await who.get(`containers/${id}`)).status).toBe(200);
    const { body } = await who.get(`audit?target=${volume?.id}`);
    expect(body.items[0]).toMatchObject({ action: 'volumes.delete', outcome: 'refused', details: { reason: 'foreign' } }); // prettier-ignore
    if (ours) engine().volumes.set(volume?.name ?? '', ours);
  });

  it('leaves the rest as it is where the engine refuses, and the data kept', async () => {
    const who = await proved(owner);
    const { id, name: called, engineId } = await deployed(who);
    const [volume] = await volumesOf(who, id);
    engine().slowDown(200);
    const { status, body } = await who
      .delete(`containers/${id}`)
      .send({ force: true, deleteData: true, confirmName: called });
    // Somebody past the panel mounts it in the moment between the look and the removal.
    const stranger = engine().put({ name: name(), volumes: [{ name: volume?.name ?? '', target: '/x' }] });
    expect(status).toBe(202);
    const end = await finished(core, who.who, body.operation.id);
    engine().slowDown(0);
    expect(engine().volumes.has(volume?.name ?? '')).toBe(true);
    expect(end).toMatchObject({ state: 'failed', failedStep: 'data' });
    expect((await who.get(`volumes/${volume?.id}`)).body).toMatchObject({ state: 'kept', operationId: null });
    await until(async () => (await who.get(`containers/${id}`)).status === 404);
    expect(() => engine().get(engineId)).toThrow();
    await engine().remove(stranger, { force: true });
  });
});

describe('a deploy onto kept data', () => {
  it('goes on with it under a new name', async () => {
    const tania = await member();
    const volume = await kept(tania);
    const { id, name: called, engineId } = await deployed(tania, onto(volume.id));
    expect(engine().get(engineId).spec.volumes).toEqual([{ name: volume.name, target: '/data' }]);
    expect((await tania.get(`volumes/${volume.id}`)).body).toMatchObject({
      state: 'attached',
      container: { id, name: called },
      lastContainerName: called,
      keptSince: null,
    });
    const again = await post(tania, { name: name(), ...onto(volume.id) });
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 409, code: 'volume_in_use' });
  });

  it('is not offered another person’s, also not by its id', async () => {
    const [tania, marek] = [await member(), await member()];
    const volume = await kept(tania);
    expect((await post(marek, { name: name(), ...onto(volume.id) })).status).toBe(404);
    const { id } = await deployed(owner, onto(volume.id));
    expect((await owner.get(`volumes/${volume.id}`)).body.owner.id).toBe(owner.who.user.id);
    await tania.get(`volumes/${volume.id}`).expect(404);
    await remove(owner, id);
  });

  it('wins where two want it at once', async () => {
    const tania = await member();
    const volume = await kept(tania);
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(tania, { name: name(), ...onto(volume.id) })));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([
      202,
      'volume_in_use',
      'volume_in_use',
      'volume_in_use',
    ]);
    for (const { status, body } of answers)
      if (status === 202) expect(await finished(core, tania.who, body.operation.id)).toMatchObject({ state: 'done' });
  });

  it('that fails lets go of it unharmed', async () => {
    const tania = await member();
    const volume = await kept(tania);
    clock.advance(MINUTE_MS);
    const mine = await proved(tania);
    expect(await deploy(mine, { preset: 'crash', ...onto(volume.id) })).toMatchObject({ state: 'failed' });
    expect(engine().volumes.has(volume.name)).toBe(true);
    const after = (await mine.get(`volumes/${volume.id}`)).body;
    expect(after).toMatchObject({ state: 'kept', keptSince: volume.keptSince, lastContainerName: volume.lastContainerName });
    await deployed(mine, onto(volume.id));
  }); // prettier-ignore

  it('is refused for a place the preset does not have, or twice', async () => {
    const volume = await kept(owner);
    const wish = { name: 'logs', volumeId: volume.id };
    expect((await post(owner, { name: name(), volumes: [wish] })).body.params.issues[0].code).toBe('unknown_volume');
    const twice = ['data', 'config'].map((place) => ({ name: place, volumeId: volume.id }));
    const answer = await post(owner, { preset: 'two', name: name(), volumes: twice });
    expect(answer.body.params.issues[0].code).toBe('volume_twice');
  });

  it('is refused where the engine has something else under that name, and that is in the trail', async () => {
    const volume = await kept(owner);
    const ours = engine().volumes.get(volume.name);
    // As by: docker volume create --opt type=none --opt o=bind --opt device=/
    engine().volumes.set(volume.name, { labels: ours?.labels ?? {}, plain: false });
    const answer = await post(owner, { name: name(), ...onto(volume.id) });
    expect({ status: answer.status, body: answer.body }).toMatchObject({
      status: 409,
      body: { code: 'volume_refused', params: { reason: 'foreign' } },
    });
    const { body } = await owner.get(`audit?target=${volume.id}`);
    expect(body.items[0]).toMatchObject({ action: 'containers.deploy', outcome: 'refused' });
    const look = await owner.post('deployments/review', aDeploy({ preset: 'data', name: name(), ...onto(volume.id) }));
    expect(look.body.checks).toContainEqual(
      expect.objectContaining({ check: 'volumes', outcome: 'blocked', code: 'volume_refused' }),
    );
    engine().volumes.delete(volume.name);
    expect((await post(owner, { name: name(), ...onto(volume.id) })).body.params.reason).toBe('gone');
    if (ours) engine().volumes.set(volume.name, ours);
    const fine = await owner.post('deployments/review', aDeploy({ preset: 'data', name: name(), ...onto(volume.id) }));
    expect(fine.body).toMatchObject({ volumes: [{ name: 'data', volumeId: volume.id }] });
    expect(fine.body.checks).toContainEqual(expect.objectContaining({ check: 'volumes', code: 'volumes_kept' }));
  });

  it('is refused in the middle where somebody made its volume before it', async () => {
    engine().setPullTime(600);
    const { body } = await post(owner, { preset: 'fetched', name: name() });
    const planned = `bw_default_${body.operation.target.containerId.slice(3, 13)}_data`;
    engine().volumes.set(planned, { labels: {}, plain: false });
    const end = await finished(core, owner.who, body.operation.id);
    engine().setPullTime(0);
    expect(end).toMatchObject({ state: 'failed', failedStep: 'volumes', error: { code: 'volume_refused' } });
    expect(engine().volumes.get(planned)?.plain).toBe(false);
    const { body: trail } = await owner.get(`audit?target=${body.operation.target.containerId}`);
    expect(trail.items[0]).toMatchObject({ outcome: 'failed', details: { code: 'volume_refused' } });
    engine().volumes.delete(planned);
  });
});
