import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Linked, Project } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: Asking;
let deployer: Asking;
let tania: Asking;
let made = 0;

const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));
const aContainer = (of = deployer) =>
  ownedOnEngine(core, of.who.user, { name: `web-${(made += 1)}`, command: ['sleep', '9'] });
const aProject = async (more: object = {}, by = owner): Promise<Project> => {
  const { status, body } = await by.post('projects', { name: `Project ${(made += 1)}`, ...more });
  expect({ status, body }).toMatchObject({ status: 201 });
  return Project.parse(body.item);
};
const onProject = ({ id }: Project) => ({ kind: 'project' as const, id });
const link = async (who: Asking, { id }: Project, ids: string[], verb = 'link') => {
  const { status, body } = await who.post(`projects/${id}/containers/${verb}`, { ids });
  expect({ status, body }).toMatchObject({ status: 200 });
  return Linked.parse(body).items.map(({ outcome }) => outcome);
};

beforeAll(async () => {
  core = await startApp();
  owner = new Asking(core, await signIn(core));
  deployer = await member();
  tania = await member();
});
afterAll(() => core.close());

describe('a project', () => {
  it('shows its members its containers, and of those no more than its role gives', async () => {
    const [web, other] = [await aContainer(), await aContainer()];
    const project = await aProject({ defaultRole: 'operator' });
    await owner.change([aGrant(tania.who, onProject(project))]);
    expect(await link(owner, project, [web.id])).toEqual(['linked']);
    expect((await tania.get('containers')).body.items.map(({ id }: { id: string }) => id)).toEqual([web.id]);
    expect((await tania.get(`containers/${other.id}`)).status).toBe(404);
    expect((await tania.post(`containers/${web.id}/restart`)).status).toBe(200);
    expect((await tania.delete(`containers/${web.id}`)).status).toBe(403);
    expect(await link(owner, project, [web.id], 'unlink')).toEqual(['unlinked']);
    expect((await tania.get(`containers/${web.id}`)).status).toBe(404);
  });

  it('stands on its containers by its name of today, and finds them', async () => {
    const [web, other] = [await aContainer(), await aContainer()];
    const project = await aProject({ name: 'Press' });
    await link(owner, project, [web.id]);
    const found = async (who: Asking) => (await who.get(`containers?project=${project.id}`)).body.items;
    expect(await found(deployer)).toMatchObject([{ id: web.id, project: { id: project.id, name: 'Press' } }]);
    expect((await owner.get(`containers/${other.id}`)).body.project).toBeNull();
    await owner.patch(`projects/${project.id}`, { name: 'Printing press' });
    expect(await found(deployer)).toMatchObject([{ project: { name: 'Printing press' } }]);
    expect(await found(tania)).toEqual([]);
    await link(owner, project, [web.id], 'unlink');
    expect(await found(deployer)).toEqual([]);
  });

  it('is told live to who may see it: made, filled, joined, changed', async () => {
    const [staff, hers] = [await LiveClient.connect(core, owner.who), await LiveClient.connect(core, tania.who)];
    await staff.join('projects');
    expect((await hers.join('projects')).snapshot).toEqual(
      (await tania.get('projects')).body.items.concat((await tania.get('projects?tab=archived')).body.items),
    );
    const web = await aContainer();
    const project = await aProject();
    const last = (client: LiveClient) => client.changes.filter(({ id }) => id === project.id).at(-1);
    await until(() => last(staff)?.type === 'upsert');
    await link(owner, project, [web.id]);
    await until(() => last(staff)?.item?.['containers'] === 1);
    await owner.change([aGrant(deployer.who, onProject(project))]);
    await until(() => last(staff)?.item?.['members'] === 1);
    await owner.patch(`projects/${project.id}`, { description: 'Prints.' });
    await until(() => last(staff)?.item?.['description'] === 'Prints.');
    expect(last(staff)?.item).toEqual((await owner.get(`projects/${project.id}`)).body.item);
    expect(last(hers)).toBeUndefined();
    for (const client of [staff, hers]) client.close();
  });

  it('rests while it is archived: no rights by it, no edits, and its name is free', async () => {
    const web = await aContainer();
    const project = await aProject({ name: 'Shop' });
    await owner.change([aGrant(tania.who, onProject(project))]);
    await link(owner, project, [web.id]);
    expect((await owner.post(`projects/${project.id}/archive`)).status).toBe(200);
    expect((await tania.get(`containers/${web.id}`)).status).toBe(404);
    expect((await owner.patch(`projects/${project.id}`, { name: 'Shoppe' })).status).toBe(409);
    expect((await owner.post(`projects/${project.id}/containers/link`, { ids: [web.id] })).status).toBe(409);
    expect((await owner.post(`projects/${project.id}/archive`)).status).toBe(409);
    const listed = async (tab: string) =>
      (await owner.get(`projects?tab=${tab}`)).body.items.map(({ id }: Project) => id);
    expect(await listed('active')).not.toContain(project.id);
    expect(await listed('archived')).toContain(project.id);
    const successor = await aProject({ name: 'shop' });
    const refused = await owner.post(`projects/${project.id}/restore`);
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 409, code: 'name_taken' });
    await owner.patch(`projects/${successor.id}`, { name: 'New shop' });
    expect((await owner.post(`projects/${project.id}/restore`)).status).toBe(200);
    expect((await tania.get(`containers/${web.id}`)).status).toBe(200);
  });

  it('answers for each of many containers', async () => {
    const [web, other, foreign] = [
      await aContainer(),
      await aContainer(tania),
      await seenOnEngine(core, { name: 'loose' }),
    ];
    const project = await aProject();
    await owner.change([aGrant(deployer.who, onProject(project), { role: 'maintainer' })]);
    const ids = [web.id, foreign.id, 'ct_aaaaaaaaaaaaaaaa', other.id, web.id];
    expect(await link(deployer, project, ids)).toEqual(['linked', 'missing', 'missing', 'missing']);
    expect(await link(deployer, project, [web.id])).toEqual(['skipped']);
    const second = await aProject();
    expect(await link(owner, second, [web.id])).toEqual(['linked']);
    expect((await owner.get(`projects/${project.id}`)).body.item.containers).toBe(0);
    expect(await link(owner, project, [web.id], 'unlink')).toEqual(['skipped']);
  });

  it('takes no container of who would hand on more than they hold', async () => {
    const project = await aProject();
    await owner.change([
      aGrant(deployer.who, onProject(project), { role: 'maintainer' }),
      aGrant(tania.who, onProject(project), { role: 'observer', allow: ['containers.inspect'] }),
    ]);
    const web = await aContainer();
    expect(await link(deployer, project, [web.id])).toEqual(['refused']);
    expect((await tania.get(`containers/${web.id}`)).status).toBe(404);
  });

  it('is seen by members and by who sees something in it, and by nobody else', async () => {
    const project = await aProject();
    const explain = `access/explain?principal=${tania.who.user.id}&resource=${project.id}&capability=projects.see`;
    const doors = [`projects/${project.id}`, `quotas/${project.id}`, explain];
    const answers = () => Promise.all(doors.map(async (door) => (await tania.get(door)).status));
    expect(await answers()).toEqual([404, 404, 404]);
    const mine = await aContainer(tania);
    await link(owner, project, [mine.id]);
    expect(await answers()).toEqual([200, 200, 200]);
    expect((await tania.get(`projects/${project.id}`)).body.item).toMatchObject({ containers: 1 });
    const patched = await tania.patch(`projects/${project.id}`, { name: 'Mine' });
    expect({ status: patched.status, missing: patched.body.params.missing }).toEqual({
      status: 403,
      missing: ['projects.update'],
    });
  });

  it('takes tags as a list or as text with commas, and keeps its name to itself, whatever the case', async () => {
    const project = await aProject({ name: 'Łódź', tags: 'web, shop,,' });
    expect(project.tags).toEqual(['web', 'shop']);
    const { status } = await owner.post('projects', { name: 'łÓDŹ' });
    expect(status).toBe(409);
  });

  it('of somebody who may make projects is theirs to run', async () => {
    const lead = await member();
    expect((await lead.post('projects', { name: 'Refused' })).status).toBe(403);
    await owner.change([
      aGrant(lead.who, { kind: 'tenant', id: owner.who.user.tenantId }, { allow: ['projects.create'] }),
    ]);
    const project = await aProject({}, lead);
    const mine = await aContainer(lead);
    expect(await link(lead, project, [mine.id])).toEqual(['linked']);
    await lead.change([aGrant(tania.who, onProject(project), { role: 'operator' })]);
    expect((await tania.post(`containers/${mine.id}/restart`)).status).toBe(200);
  });
});
