import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_QUOTA, type Quota } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, finished, presetsFolder } from '../factories/deployment.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { signIn } from '../sign-in.js';

const GIB = 1024 ** 3;

let core: TestApp;
let owner: Asking;
let made = 0;

beforeAll(async () => {
  core = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: { config: { memoryBytes: GIB, cpus: 0.5 } } }),
    },
  });
  owner = new Asking(core, await signIn(core));
});
afterEach(() => checkInvariants(core));
afterAll(() => core.close());

const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));
const put = (id: string, quota: Partial<Quota>, by = owner) => by.put(`quotas/${id}`, { ...NO_QUOTA, ...quota });
const deploy = (who: Asking, more: object = {}) =>
  who.post('deployments', aDeploy({ name: `web-${(made += 1)}`, ...more }));
const deployed = async (who: Asking, more: object = {}) => {
  const { status, body } = await deploy(who, more);
  expect({ status, body }).toMatchObject({ status: 202 });
  return finished(core, who.who, body.operation.id);
};

describe('a quota', () => {
  it('of a person refuses what would be too much, with the numbers, and lets it in once there is room', async () => {
    const tania = await member();
    await put(tania.who.user.id, { memoryBytes: 2 * GIB });
    const first = await deployed(tania);
    await deployed(tania);
    const third = await deploy(tania);
    expect({ status: third.status, code: third.body.code, params: third.body.params }).toEqual({
      status: 409,
      code: 'quota_exceeded',
      params: {
        level: 'person',
        subject: tania.who.user.id,
        exceeded: [{ what: 'memoryBytes', limit: 2 * GIB, used: 2 * GIB, wanted: GIB }],
      },
    });
    expect(third.body.message).toBe('This person may take 2048 MiB of memory; 2048 MiB of memory is taken, and this needs 1024 MiB of memory.'); // prettier-ignore
    const { body } = await tania.get(`quotas/${tania.who.user.id}`);
    expect(body).toMatchObject({
      quota: { memoryBytes: 2 * GIB },
      usage: { containers: 2, memoryBytes: 2 * GIB, cpus: 1 },
    });
    const gone = await tania.delete(`containers/${first.target.containerId}`).send({ force: true });
    await finished(core, tania.who, gone.body.operation.id);
    await deployed(tania);
  });

  it('is looked at before anything is made, also that of the project it goes into', async () => {
    const tania = await member();
    await put(tania.who.user.id, { containers: 1 });
    const look = async (more: object = {}) => {
      const { status, body } = await tania.post('deployments/review', aDeploy({ name: `web-${(made += 1)}`, ...more }));
      expect({ status, body }).toMatchObject({ status: 200 });
      return body.checks.find(({ check }: { check: string }) => check === 'quota');
    };
    expect(await look()).toEqual({ check: 'quota', outcome: 'ok', code: 'quota_fits', params: {} });
    await deployed(tania);
    expect(await look()).toMatchObject({
      outcome: 'blocked',
      code: 'quota_exceeded',
      params: { level: 'person', exceeded: [{ what: 'containers', limit: 1, used: 1, wanted: 1 }] },
    });
    await put(tania.who.user.id, {});
    const { body } = await owner.post('projects', { name: 'Full', quota: { ...NO_QUOTA, containers: 0 } });
    const project = body.item.id;
    expect((await tania.post('deployments/review', aDeploy({ name: 'x1', project }))).status).toBe(404);
    await owner.change([
      aGrant(tania.who, { kind: 'project', id: project }, { role: 'none', allow: ['projects.see', 'projects.link'] }),
    ]);
    expect(await look({ project })).toMatchObject({ outcome: 'blocked', params: { level: 'project' } });
  });

  it('is not passed by two who ask at once', async () => {
    const tania = await member();
    await put(tania.who.user.id, { containers: 1 });
    const answers = await Promise.all([deploy(tania), deploy(tania), deploy(tania)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    for (const { status, body } of answers) if (status === 202) await finished(core, tania.who, body.operation.id);
  });

  it('of ten lets exactly ten of two hundred at once in', async () => {
    const tania = await member();
    await put(tania.who.user.id, { containers: 10 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => deploy(tania)));
    const outcomes = answers.map(({ status, body }) => body.code ?? status);
    expect(outcomes.filter((outcome) => outcome === 202)).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'quota_exceeded')).toHaveLength(190);
    for (const { status, body } of answers) if (status === 202) await finished(core, tania.who, body.operation.id);
    expect((await tania.get(`quotas/${tania.who.user.id}`)).body.usage.containers).toBe(10);
  }, 120_000);

  it('that is lowered below what is used keeps what runs and refuses more', async () => {
    const tania = await member();
    const first = await deployed(tania);
    await deployed(tania);
    await put(tania.who.user.id, { containers: 1 });
    expect((await tania.get(`containers/${first.target.containerId}`)).body.state).toBe('running');
    expect((await deploy(tania)).body.code).toBe('quota_exceeded');
    expect((await tania.get(`quotas/${tania.who.user.id}`)).body.usage.containers).toBe(2);
  });

  it('is not taken by what is stopped, which is started again only where there is room', async () => {
    const tania = await member();
    await put(tania.who.user.id, { containers: 2, memoryBytes: 2 * GIB });
    const [one, two] = [await deployed(tania), await deployed(tania)];
    const ask = (verb: string, { target }: typeof one) => tania.post(`containers/${target.containerId}/${verb}`);
    await ask('stop', one).expect(200);
    expect((await tania.get(`quotas/${tania.who.user.id}`)).body.usage).toMatchObject({ containers: 1, memoryBytes: GIB });
    await deployed(tania);
    for (const verb of ['start', 'restart']) {
      const { status, body } = await ask(verb, one);
      expect({ status, code: body.code, params: body.params }).toMatchObject({
        status: 409,
        code: 'quota_exceeded',
        params: { level: 'person', exceeded: [{ what: 'containers', limit: 2, used: 2, wanted: 1 }, { what: 'memoryBytes' }] },
      });
    }
    await ask('restart', two).expect(200);
    await ask('stop', two).expect(200);
    await ask('start', one).expect(200);
  }); // prettier-ignore

  it('has room for one of two that are started at once', async () => {
    const tania = await member();
    const [one, two] = [await deployed(tania), await deployed(tania)];
    const ask = (verb: string, { target }: typeof one) => tania.post(`containers/${target.containerId}/${verb}`);
    for (const each of [one, two]) await ask('stop', each).expect(200);
    await put(tania.who.user.id, { containers: 1 });
    const answers = await Promise.all([ask('start', one), ask('start', two), deploy(tania)]);
    expect(answers.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
    for (const { status, body } of answers) if (status === 202) await finished(core, tania.who, body.operation.id);
    expect((await tania.get(`quotas/${tania.who.user.id}`)).body.usage.containers).toBe(1);
  });

  it('of a project counts whatever is in it, whoever deployed it, and what is linked', async () => {
    const tania = await member();
    const { body } = await owner.post('projects', { name: 'Small', quota: { ...NO_QUOTA, containers: 1 } });
    const project = body.item.id;
    expect((await deploy(tania, { project })).status).toBe(404);
    await owner.change([aGrant(tania.who, { kind: 'project', id: project }, { role: 'maintainer' })]);
    const inside = await deployed(tania, { project });
    const second = await deploy(tania, { project });
    expect({ status: second.status, level: second.body.params.level }).toEqual({ status: 409, level: 'project' });
    const outside = await deployed(tania);
    const linked = await owner.post(`projects/${project}/containers/link`, { ids: [outside.target.containerId] });
    expect({ status: linked.status, code: linked.body.code }).toEqual({ status: 409, code: 'quota_exceeded' });
    expect((await owner.get(`projects/${project}`)).body.item.containers).toBe(1);
    expect((await tania.get(`quotas/${project}`)).body.usage.containers).toBe(1);
    await owner.post(`projects/${project}/containers/unlink`, { ids: [inside.target.containerId] });
    await owner.post(`projects/${project}/containers/link`, { ids: [outside.target.containerId] }).expect(200);
  });

  it('of a tenant holds for everybody in it together', async () => {
    await owner.post('tenants', { slug: 'small', name: 'Small' });
    const { body } = await owner.get('tenants/small');
    const one = new Asking(core, await signIn(core, { platformRole: 'member', tenant: 'small' }));
    const other = new Asking(core, await signIn(core, { platformRole: 'member', tenant: 'small' }));
    await put(body.item.id, { cpus: 0.8 });
    await deployed(one);
    const refused = await deploy(other);
    expect({ status: refused.status, level: refused.body.params.level }).toEqual({ status: 409, level: 'tenant' });
  });

  it('is set by owners and administrators only, is in the trail, and is known to those it is about', async () => {
    const tania = await member();
    const marek = await member();
    expect((await put(tania.who.user.id, { containers: 9 }, tania)).status).toBe(403);
    expect((await tania.get(`quotas/${marek.who.user.id}`)).status).toBe(404);
    expect((await tania.get(`quotas/${tania.who.user.tenantId}`)).status).toBe(200);
    expect((await put('usr_zzzzzzzzzzzzzzzz', { containers: 1 })).status).toBe(404);
    expect((await owner.put(`quotas/${tania.who.user.id}`, { containers: -1 })).status).toBe(400);
    await put(tania.who.user.id, { containers: 3 });
    const { body } = await owner.get(`audit?target=${tania.who.user.id}&action=tenants.quotas`);
    expect(body.items[0].details).toMatchObject({ before: NO_QUOTA, after: { containers: 3 } });
  });
});
