import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Capability, Project } from '@bailiwick/contract';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { startApp, type TestApp } from '../app.js';
import { localEnvironment } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: Asking;
let made = 0;
beforeAll(async () => {
  core = await startApp();
  owner = new Asking(core, await signIn(core));
});
afterAll(() => core.close());

const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));
const aContainer = () => ownedOnEngine(core, owner.who.user, { name: `thing-${(made += 1)}`, image: 'nginx:stable' });
const on = ({ id }: SeenContainer) => ({ kind: 'container', id }) as const;
const onTenant = () => ({ kind: 'tenant', id: owner.who.user.tenantId }) as const;
const may = async (who: Asking, capability: Capability, { id }: SeenContainer) =>
  (await owner.explain(who.who, capability, id)).allowed;
const grantsOn = async (id: string) => (await owner.get(`access/on?resource=${id}`)).body.grants;
const revoke = async (who: Asking, id: string) => {
  const grants: Array<{ id: string; version: number; principal: { id: string } }> = await grantsOn(id);
  const found = grants.find(({ principal }) => principal.id === who.who.user.id);
  expect(found).toBeDefined();
  const { status } = await owner.post('access/changes', {
    changes: [{ op: 'revoke', grantId: found?.id, version: found?.version }],
  });
  expect(status).toBe(200);
};

describe('what somebody gave to themselves', () => {
  it('ends with what it was given by', async () => {
    const [web, x] = [await aContainer(), await member()];
    await owner.change([aGrant(x.who, onTenant(), { role: 'maintainer' })]);
    await x.change([aGrant(x.who, on(web), { role: 'maintainer' })]);
    await revoke(x, onTenant().id);
    await until(async () => (await grantsOn(web.id)).length === 0);
    expect(await may(x, 'containers.stop', web)).toBe(false);
  });

  it('ends also where two gave it to each other', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    await owner.change([aGrant(x.who, onTenant(), { role: 'maintainer' })]);
    await x.change([aGrant(y.who, on(web), { role: 'maintainer' })]);
    await y.change([aGrant(x.who, on(web), { role: 'maintainer' })]);
    await revoke(x, onTenant().id);
    await until(async () => (await grantsOn(web.id)).length === 0);
    expect([await may(x, 'containers.stop', web), await may(y, 'containers.stop', web)]).toEqual([false, false]);
  });

  it('stands as long as that, and what stands on it', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    await owner.change([aGrant(x.who, onTenant(), { role: 'maintainer' })]);
    await x.change([aGrant(x.who, on(web), { role: 'maintainer' }), aGrant(y.who, on(web), { role: 'maintainer' })]);
    const z = await member();
    await y.change([aGrant(z.who, on(web), { role: 'operator' })]);
    expect(await may(z, 'containers.stop', web)).toBe(true);
    await owner.change([aGrant(y.who, onTenant(), { role: 'maintainer' })]);
    await revoke(x, onTenant().id);
    await until(async () => (await grantsOn(web.id)).length === 1);
    expect(await may(z, 'containers.stop', web)).toBe(true);
  });
});

describe('a whole environment', () => {
  it('is handed on by staff only, and shows nobody else what was given there in other tenants', async () => {
    await owner.post('tenants', { slug: 'acme', name: 'Acme' });
    const x = await member();
    const elsewhere = await signIn(core, { platformRole: 'member', tenant: 'acme' });
    const environment = { kind: 'environment', id: localEnvironment(core) } as const;
    await owner.change([
      aGrant(x.who, environment, { role: 'maintainer' }),
      aGrant(elsewhere, environment, { role: 'observer' }),
    ]);
    const { body } = await x.get(`access/on?resource=${environment.id}`);
    expect(body.grants.map(({ principal }: { principal: { id: string } }) => principal.id)).toEqual([x.who.user.id]);
    const theirs = (await grantsOn(environment.id)).find(
      ({ principal }: { principal: { id: string } }) => principal.id === elsewhere.user.id,
    );
    const untilLater = new Date(Date.now() + 3_600_000).toISOString();
    const principal = { kind: 'user', id: elsewhere.user.id } as const;
    for (const change of [
      { op: 'revoke', grantId: theirs.id, version: theirs.version },
      { op: 'lend', principal, target: environment, capabilities: ['containers.stop'], until: untilLater },
      aGrant(elsewhere, environment, { role: 'operator', version: theirs.version }),
    ])
      expect((await x.post('access/changes', { changes: [change] })).status).toBe(403);
    expect(await grantsOn(environment.id)).toHaveLength(2);
  });
});

describe('a team that was lent something', () => {
  it('lets nobody in by who does not hold that', async () => {
    const [web, x] = [await aContainer(), await member()];
    await owner.change([
      aGrant(x.who, onTenant(), { role: 'observer', allow: ['teams.see', 'teams.update', 'containers.manageAccess'] }),
    ]);
    const team = (await owner.post('teams', { name: 'Borrowers' })).body.item;
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await owner.change([
      { op: 'lend', principal: { kind: 'team', id: team.id }, target: on(web), capabilities: ['containers.stop'], until: later }, // prettier-ignore
    ]);
    const { status } = await x.patch(`teams/${team.id}`, { members: [x.who.user.id] });
    expect(status).toBe(403);
    expect(await may(x, 'containers.stop', web)).toBe(false);
  });
});

describe('a project of somebody', () => {
  const aProject = async (lead: Asking) => Project.parse((await lead.post('projects', { name: `Project ${(made += 1)}` })).body.item); // prettier-ignore
  const lead = async (allow: Capability[]) => {
    const x = await member();
    await owner.change([aGrant(x.who, onTenant(), { role: 'none', allow: ['projects.create', ...allow] })]);
    return x;
  };

  it('takes no container on which they hold less than they would as its owner', async () => {
    const [web, x] = [await aContainer(), await lead([])];
    await owner.change([aGrant(x.who, on(web), { role: 'observer', allow: ['containers.manageAccess'] })]);
    const project = await aProject(x);
    const { body } = await x.post(`projects/${project.id}/containers/link`, { ids: [web.id] });
    expect(body.items).toMatchObject([{ id: web.id, outcome: 'refused' }]);
    const own = await ownedOnEngine(core, x.who.user, { name: `own-${(made += 1)}`, image: 'nginx:stable' });
    const linked = await x.post(`projects/${project.id}/containers/link`, { ids: [own.id] });
    expect(linked.body.items).toMatchObject([{ id: own.id, outcome: 'linked' }]);
  });

  it('is a reason why who holds less on it does not change their account', async () => {
    const [z, x] = [await lead([]), await lead(['people.see', 'people.update'])];
    const change = () => x.patch(`users/${z.who.user.id}`, { email: `x${(made += 1)}@example.com` });
    expect((await change()).status).toBe(200);
    await aProject(z);
    expect((await change()).status).toBe(403);
  });
});
