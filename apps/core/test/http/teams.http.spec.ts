import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Team, TeamDetail, type TeamId } from '@bailiwick/contract';
import { UsersService } from '../../src/foundation/identity/users.service.js';
import { startApp, type TestApp } from '../app.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: Asking;
let deployer: Asking;
let tania: Asking;
let marek: Asking;
let made = 0;

const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));
const aContainer = () =>
  ownedOnEngine(core, deployer.who.user, { name: `web-${(made += 1)}`, command: ['sleep', '9'] });
const onContainer = (id: Awaited<ReturnType<typeof aContainer>>['id']) => ({ kind: 'container' as const, id });
const aTeam = async (members: Asking[], more: object = {}): Promise<Team> => {
  const ids = members.map(({ who }) => who.user.id);
  const { status, body } = await owner.post('teams', { name: `Team ${(made += 1)}`, members: ids, ...more });
  expect({ status, body }).toMatchObject({ status: 201 });
  return Team.parse(body.item);
};
const toTeam = (id: TeamId) => ({ principal: { kind: 'team' as const, id } });

beforeAll(async () => {
  core = await startApp();
  owner = new Asking(core, await signIn(core));
  deployer = await member();
  tania = await member();
  marek = await member();
});
afterAll(() => core.close());

describe('a team', () => {
  it('gives its members what it was given, and takes it from who leaves, open sockets included', async () => {
    const web = await aContainer();
    const team = await aTeam([tania]);
    await owner.change([aGrant(tania.who, onContainer(web.id), { ...toTeam(team.id), role: 'operator' })]);
    expect((await tania.post(`containers/${web.id}/restart`)).status).toBe(200);
    expect((await marek.get(`containers/${web.id}`)).status).toBe(404);
    const live = await LiveClient.connect(core, tania.who);
    await live.join('containers');
    const { body } = await owner.patch(`teams/${team.id}`, { members: [marek.who.user.id] });
    expect(Team.parse(body.item).members.map(({ id }) => id)).toEqual([marek.who.user.id]);
    await until(() => live.gone.length === 1);
    expect((await tania.get(`containers/${web.id}`)).status).toBe(404);
    expect((await marek.get(`containers/${web.id}`)).status).toBe(200);
    live.close();
  });

  it('is outranked on a container by one with a lower number there', async () => {
    const web = await aContainer();
    const first = await aTeam([tania], { priority: 10 });
    const second = await aTeam([tania], { priority: 20 });
    await owner.change([
      aGrant(tania.who, onContainer(web.id), { ...toTeam(first.id), role: 'observer' }),
      aGrant(tania.who, onContainer(web.id), { ...toTeam(second.id), role: 'maintainer' }),
    ]);
    expect((await tania.post(`containers/${web.id}/restart`)).status).toBe(403);
    await owner.patch(`teams/${first.id}`, { priority: 30 });
    expect((await tania.post(`containers/${web.id}/restart`)).status).toBe(200);
  });

  it('that is deleted takes its grants along', async () => {
    const web = await aContainer();
    const team = await aTeam([tania]);
    await owner.change([aGrant(tania.who, onContainer(web.id), { ...toTeam(team.id), role: 'observer' })]);
    expect((await owner.delete(`teams/${team.id}`)).status).toBe(204);
    expect((await tania.get(`containers/${web.id}`)).status).toBe(404);
    expect((await owner.get(`teams/${team.id}`)).status).toBe(404);
    expect((await owner.get(`access/on?resource=${web.id}`)).body.grants).toEqual([]);
  });

  it('is shown with what it was given, to who may read what was handed on in its tenant', async () => {
    const web = await aContainer();
    const team = await aTeam([tania]);
    const lead = await member();
    const ofTenant = { kind: 'tenant' as const, id: owner.who.user.tenantId };
    await owner.change([
      aGrant(lead.who, ofTenant, { allow: ['teams.see'] }),
      aGrant(tania.who, onContainer(web.id), { ...toTeam(team.id), role: 'operator' }),
    ]);
    const { grants } = TeamDetail.parse((await owner.get(`teams/${team.id}`)).body);
    expect(grants).toMatchObject([{ target: { id: web.id }, targetName: web.name, role: 'operator' }]);
    expect(TeamDetail.parse((await lead.get(`teams/${team.id}`)).body)).toMatchObject({
      grants: null,
      item: { grants: 1 },
    });
    expect((await tania.get(`teams/${team.id}`)).status).toBe(403);
  });

  it('is told live to who may see it: made, joined, given, gone', async () => {
    const live = await LiveClient.connect(core, owner.who);
    expect((await live.join('teams')).snapshot).toEqual((await owner.get('teams')).body.items);
    const web = await aContainer();
    const team = await aTeam([]);
    const last = () => live.changes.filter(({ id }) => id === team.id).at(-1);
    await owner.patch(`teams/${team.id}`, { members: [tania.who.user.id] });
    await owner.change([aGrant(tania.who, onContainer(web.id), { ...toTeam(team.id), role: 'observer' })]);
    await until(() => last()?.item?.['grants'] === 1);
    expect(last()?.item).toEqual((await owner.get(`teams/${team.id}`)).body.item);
    await owner.delete(`teams/${team.id}`);
    await until(() => last()?.type === 'remove');
    live.close();
  });

  it('keeps its name to itself in its tenant, whatever the case', async () => {
    await aTeam([], { name: 'Backend' });
    const { status, body } = await owner.post('teams', { name: 'backend' });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'name_taken' });
  });

  it('has nobody of another tenant', async () => {
    const { status } = await owner.post('teams', { name: 'Strangers', members: ['usr_zzzzzzzzzzzzzzzz'] });
    expect(status).toBe(400);
  });

  it('is managed by who was given that for the tenant, who lets nobody in to more than they hold themselves', async () => {
    const web = await aContainer();
    const lead = await member();
    const team = await aTeam([]);
    const { tenantId } = owner.who.user;
    await owner.change([
      aGrant(lead.who, { kind: 'tenant', id: tenantId }, { allow: ['teams.see', 'teams.update', 'teams.create'] }),
    ]);
    expect((await lead.get('teams')).status).toBe(200);
    expect((await lead.patch(`teams/${team.id}`, { members: [tania.who.user.id] })).status).toBe(200);
    await owner.change([aGrant(tania.who, onContainer(web.id), { ...toTeam(team.id), role: 'operator' })]);
    const joined = await lead.patch(`teams/${team.id}`, { members: [tania.who.user.id, lead.who.user.id] });
    expect({ status: joined.status, code: joined.body.code }).toEqual({ status: 403, code: 'forbidden' });
    expect((await lead.patch(`teams/${team.id}`, { priority: 1 })).status).toBe(403);
    expect((await lead.patch(`teams/${team.id}`, { members: [] })).status).toBe(200);
    expect((await lead.delete(`teams/${team.id}`)).status).toBe(403);
  });

  it('of a deleted person has one less', async () => {
    const gone = await member();
    const team = await aTeam([gone, tania]);
    const users = core.app.get(UsersService);
    await users.write({ kind: 'tenant', slug: 'default' }, (rows, tell) => users.remove(rows, tell, gone.who.user.id));
    await until(async () => (await owner.get(`teams/${team.id}`)).body.item.members.length === 1);
  });
});
