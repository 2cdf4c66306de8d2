import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AccessChange,
  type Capability,
  type Grant,
  type GrantTarget,
  Project,
  type Team,
} from '@bailiwick/contract';
import { AccessBook } from '../../src/foundation/access/access-book.js';
import { ContainerRowsService } from '../../src/foundation/environments/container-rows.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { localEnvironment } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

/** Every way by which somebody could come to more than was handed on to them, or keep it for longer. */
let core: TestApp;
let owner: Asking;
let made = 0;
beforeAll(async () => {
  core = await startApp();
  owner = new Asking(core, await signIn(core));
});
afterAll(() => core.close());

const STOP: Capability = 'containers.stop';
const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));
const aContainer = () => ownedOnEngine(core, owner.who.user, { name: `thing-${(made += 1)}`, image: 'nginx:stable' });
const on = ({ id }: SeenContainer) => ({ kind: 'container', id }) as const;
const onProject = ({ id }: Project) => ({ kind: 'project', id }) as const;
const onTenant = () => ({ kind: 'tenant', id: owner.who.user.tenantId }) as const;
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const soon = () => new Date(Date.now() + 60_000).toISOString();

const may = async (who: Asking, capability: Capability, { id }: SeenContainer) =>
  (await owner.explain(who.who, capability, id)).allowed;
const grantsOn = async ({ id }: GrantTarget): Promise<Grant[]> =>
  (await owner.get(`access/on?resource=${id}`)).body.grants;
const grantOf = async (to: { id: string }, target: GrantTarget): Promise<Grant> => {
  const found = (await grantsOn(target)).find(({ principal }) => principal.id === to.id);
  if (!found) throw new Error('There is no such grant.');
  return found;
};
const lend = (to: Asking, target: GrantTarget, ...capabilities: Capability[]): AccessChange => ({
  op: 'lend',
  principal: { kind: 'user', id: to.who.user.id },
  target,
  capabilities,
  until: inAnHour(),
});
const edit = async (to: Asking, target: GrantTarget, more: Parameters<typeof aGrant>[2]): Promise<AccessChange> =>
  aGrant(to.who, target, { ...more, version: (await grantOf(to.who.user, target)).version });
const revocation = async (to: { id: string }, target: GrantTarget): Promise<AccessChange> => {
  const { id, version } = await grantOf(to, target);
  return { op: 'revoke', grantId: id, version };
};
const asked = async (who: Asking, ...changes: AccessChange[]) => {
  const { status, body } = await who.post('access/changes', { changes });
  return status === 403 ? { status, missing: body.params.missing } : { status };
};
const aTeam = async (members: Asking[], more: object = {}): Promise<Team> =>
  (await owner.post('teams', { name: `Team ${(made += 1)}`, members: members.map(({ who }) => who.user.id), ...more }))
    .body.item;
const toTeam = ({ id }: Team) => ({ principal: { kind: 'team' as const, id } });
const REFUSED = { status: 403, missing: [STOP] };

/** Somebody who hands on access in the whole tenant, and may not stop this one. */
const leadBut = async (web: SeenContainer, allow: Capability[] = []) => {
  const x = await member();
  await owner.change([
    aGrant(x.who, onTenant(), { role: 'maintainer', allow }),
    aGrant(x.who, on(web), { role: 'none', deny: [STOP] }),
  ]);
  return x;
};

describe('who was lent a right', () => {
  it('makes no lasting one of it for themselves', async () => {
    const web = await aContainer();
    const x = await leadBut(web);
    await owner.change([lend(x, on(web), STOP)]);
    expect(await may(x, STOP, web)).toBe(true);
    expect(await asked(x, await edit(x, on(web), { role: 'none' }))).toEqual(REFUSED);
    expect(await asked(x, await revocation(x.who.user, on(web)))).toEqual(REFUSED);
  });

  it('takes nothing from what keeps somebody else from it', async () => {
    const [web, y] = [await aContainer(), await member()];
    const x = await leadBut(web);
    await owner.change([
      lend(x, on(web), STOP),
      aGrant(y.who, onTenant(), { role: 'operator' }),
      aGrant(y.who, on(web), { role: 'none', deny: [STOP] }),
    ]);
    expect(await asked(x, await edit(y, on(web), { role: 'none' }))).toEqual(REFUSED);
    expect(await asked(x, await edit(y, on(web), { role: 'none', deny: [STOP], expiresAt: soon() }))).toEqual(REFUSED);
    expect(await may(y, STOP, web)).toBe(false);
  });

  it('hands it on until it ends, or is taken back', async () => {
    const [web, y, z] = [await aContainer(), await member(), await member()];
    const x = await leadBut(web);
    await owner.change([lend(x, on(web), STOP)]);
    await x.change([aGrant(y.who, on(web), { role: 'none', allow: [STOP] }), lend(z, on(web), STOP)]);
    expect([await may(y, STOP, web), await may(z, STOP, web)]).toEqual([true, true]);
    await owner.change([await revocation(x.who.user, on(web))]);
    await owner.change([aGrant(x.who, on(web), { role: 'none', deny: [STOP] })]);
    await until(async () => (await grantsOn(on(web))).length === 1);
    expect([await may(y, STOP, web), await may(z, STOP, web)]).toEqual([false, false]);
  });
});

describe('what was lent', () => {
  it('falls with the right of who lent it, and leaves what it was lent beside', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    await owner.change([
      aGrant(x.who, onTenant(), { role: 'maintainer' }),
      aGrant(y.who, on(web), { role: 'observer', deny: ['containers.kill'] }),
    ]);
    await x.change([lend(y, on(web), STOP, 'containers.start')]);
    expect(await may(y, STOP, web)).toBe(true);
    const { body } = await owner.post('access/changes/preview', {
      changes: [await revocation(x.who.user, onTenant())],
    });
    expect(body.falling).toMatchObject([
      { kind: 'loan', capability: STOP },
      { kind: 'loan', capability: 'containers.start' },
    ]);
    await owner.change([await revocation(x.who.user, onTenant())]);
    await until(async () => !(await may(y, STOP, web)));
    expect(await grantOf(y.who.user, on(web))).toMatchObject({ role: 'observer', lent: [], deny: ['containers.kill'] });
  });

  it('by staff stands beside what falls', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    await owner.change([aGrant(x.who, onTenant(), { role: 'maintainer' })]);
    await x.change([aGrant(y.who, on(web), { role: 'observer' })]);
    await owner.change([lend(y, on(web), STOP)]);
    await owner.change([await revocation(x.who.user, onTenant())]);
    await until(async () => (await grantOf(y.who.user, on(web))).role === 'none');
    expect([await may(y, STOP, web), await may(y, 'containers.logs', web)]).toEqual([true, false]);
  });
});

describe('what a role means on a container', () => {
  const exceptions = async ({ id }: SeenContainer) => (await owner.get(`access/on?resource=${id}`)).body.exceptions;

  it('falls with the right of who said so, but not what it takes away', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    await owner.change([
      aGrant(x.who, onTenant(), { role: 'maintainer' }),
      aGrant(y.who, on(web), { role: 'observer' }),
    ]);
    const exception = { op: 'exception', containerId: web.id, version: 0 } as const;
    await x.change([
      { ...exception, role: 'observer', allow: [STOP], deny: ['containers.logs'] },
      { ...exception, role: 'tester', allow: [STOP], deny: [] },
    ]);
    expect([await may(y, STOP, web), await may(y, 'containers.logs', web)]).toEqual([true, false]);
    await owner.change([await revocation(x.who.user, onTenant())]);
    await until(async () => (await exceptions(web)).length === 1);
    expect([await may(y, STOP, web), await may(y, 'containers.logs', web)]).toEqual([false, false]);
  });

  it('stands where staff said so', async () => {
    const [web, y] = [await aContainer(), await member()];
    await owner.change([
      aGrant(y.who, on(web), { role: 'observer' }),
      { op: 'exception', containerId: web.id, role: 'observer', allow: [STOP], deny: [], version: 0 },
    ]);
    expect(await may(y, STOP, web)).toBe(true);
  });
});

describe('a grant', () => {
  it('that falls gives nobody back what it took away', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    await owner.change([
      aGrant(x.who, onTenant(), { role: 'maintainer' }),
      aGrant(y.who, onTenant(), { role: 'operator' }),
    ]);
    await x.change([aGrant(y.who, on(web), { role: 'none', allow: ['containers.delete'], deny: [STOP] })]);
    await owner.change([await revocation(x.who.user, onTenant())]);
    await until(async () => !(await may(y, 'containers.delete', web)));
    expect(await may(y, STOP, web)).toBe(false);
    expect(await grantOf(y.who.user, on(web))).toMatchObject({ role: 'none', allow: [], deny: [STOP] });
  });

  it('by staff stays theirs where somebody only takes away from it', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    await owner.change([
      aGrant(x.who, on(web), { role: 'none', allow: ['containers.see', 'containers.manageAccess'] }),
      aGrant(y.who, on(web), { role: 'operator' }),
    ]);
    await x.change([await edit(y, on(web), { role: 'operator', deny: [STOP] })]);
    expect(await grantOf(y.who.user, on(web))).toMatchObject({ grantedBy: { id: owner.who.user.id }, deny: [STOP] });
    await owner.change([await revocation(x.who.user, on(web))]);
    expect([await may(y, STOP, web), await may(y, 'containers.start', web)]).toEqual([false, true]);
  });

  it('by staff is not taken over by who holds less than all of it', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    const few: Capability[] = ['containers.see', 'containers.manageAccess', 'containers.delete'];
    await owner.change([
      aGrant(x.who, on(web), { role: 'none', allow: few }),
      aGrant(y.who, on(web), { role: 'operator' }),
    ]);
    const { status } = await asked(x, await edit(y, on(web), { role: 'operator', allow: ['containers.delete'] }));
    expect(status).toBe(403);
    expect(await may(y, STOP, web)).toBe(true);
  });

  it('is not held up by itself alone', async () => {
    const [web, x] = [await aContainer(), await member()];
    await owner.change([aGrant(x.who, on(web), { role: 'maintainer', expiresAt: inAnHour() })]);
    expect((await asked(x, await edit(x, on(web), { role: 'maintainer' }))).status).toBe(403);
    expect((await grantOf(x.who.user, on(web))).expiresAt).not.toBeNull();
    expect(await asked(x, await revocation(x.who.user, on(web)))).toEqual({ status: 200 });
  });

  it('on what holds a container reaches no further there than who makes it', async () => {
    const [web, other, y] = [await aContainer(), await aContainer(), await member()];
    const x = await leadBut(web);
    expect(await asked(x, aGrant(y.who, onTenant(), { role: 'operator' }))).toEqual(REFUSED);
    expect(await asked(x, aGrant(y.who, onTenant(), { role: 'observer' }))).toEqual({ status: 200 });
    expect(await asked(x, aGrant(y.who, on(other), { role: 'operator' }))).toEqual({ status: 200 });
    expect([await may(y, STOP, web), await may(y, STOP, other)]).toEqual([false, true]);
  });
});

describe('a team', () => {
  const DELEGATED: Capability[] = ['teams.see', 'teams.update', 'teams.delete'];

  it('that takes something away is left, and deleted, by nobody who comes to more by that', async () => {
    const web = await aContainer();
    const x = await member();
    const team = await aTeam([x]);
    await owner.change([
      aGrant(x.who, onTenant(), { role: 'maintainer', allow: DELEGATED }),
      aGrant(x.who, on(web), { ...toTeam(team), role: 'none', deny: [STOP] }),
    ]);
    expect((await x.patch(`teams/${team.id}`, { members: [] })).status).toBe(403);
    expect((await x.delete(`teams/${team.id}`)).status).toBe(403);
    expect(await asked(x, await revocation(team, on(web)))).toEqual(REFUSED);
    expect(await may(x, STOP, web)).toBe(false);
    await owner.patch(`teams/${team.id}`, { members: [] });
    expect(await may(x, STOP, web)).toBe(true);
  });

  it('that stands before another one is moved, left, deleted and revoked by nobody who comes to more by that', async () => {
    const web = await aContainer();
    const x = await member();
    const [first, second] = [await aTeam([x], { priority: 1 }), await aTeam([x], { priority: 2 })];
    const without = { role: 'none', allow: ['containers.see', 'containers.manageAccess'] as Capability[] };
    await owner.change([
      aGrant(x.who, onTenant(), { role: 'none', allow: [...DELEGATED, 'containers.manageAccess'] }),
      aGrant(x.who, on(web), { ...toTeam(first), ...without }),
      aGrant(x.who, on(web), { ...toTeam(second), role: 'operator' }),
    ]);
    expect(await may(x, STOP, web)).toBe(false);
    expect((await x.patch(`teams/${first.id}`, { priority: 3 })).status).toBe(403);
    expect((await x.patch(`teams/${first.id}`, { members: [] })).status).toBe(403);
    expect((await x.delete(`teams/${first.id}`)).status).toBe(403);
    expect((await asked(x, await revocation(first, on(web)))).status).toBe(403);
    const { version } = await grantOf(first, on(web));
    const shorter = aGrant(x.who, on(web), { ...toTeam(first), ...without, expiresAt: soon(), version });
    expect((await asked(x, shorter)).status).toBe(403);
    expect((await x.patch(`teams/${second.id}`, { priority: 3 })).status).toBe(200);
    expect(await may(x, STOP, web)).toBe(false);
  });

  it('is not written over by who looked at an older one', async () => {
    const [x, y] = [await member(), await member()];
    const team = await aTeam([]);
    const add = (who: Asking) => owner.patch(`teams/${team.id}`, { members: [who.who.user.id], version: team.version });
    expect((await add(x)).status).toBe(200);
    const { status, body } = await add(y);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'conflict' });
    expect((await owner.get(`teams/${team.id}`)).body.item.members).toMatchObject([{ id: x.who.user.id }]);
  });
});

describe('a project', () => {
  const DELEGATED: Capability[] = ['projects.see', 'projects.link', 'projects.archive', 'projects.create'];
  const aProject = async (by = owner): Promise<Project> =>
    Project.parse((await by.post('projects', { name: `Project ${(made += 1)}` })).body.item);
  const link = async (who: Asking, { id }: Project, { id: container }: SeenContainer, verb = 'link') =>
    (await who.post(`projects/${id}/containers/${verb}`, { ids: [container] })).body.items?.[0]?.outcome;

  it('that takes something away is not undone by unlinking, linking elsewhere or archiving', async () => {
    const [web, x] = [await aContainer(), await member()];
    const [project, elsewhere] = [await aProject(), await aProject()];
    await link(owner, project, web);
    await owner.change([
      aGrant(x.who, onTenant(), { role: 'maintainer', allow: DELEGATED }),
      aGrant(x.who, onProject(project), { role: 'none', deny: [STOP] }),
    ]);
    expect(await may(x, STOP, web)).toBe(false);
    expect(await link(x, project, web, 'unlink')).toBe('refused');
    expect(await link(x, elsewhere, web)).toBe('refused');
    expect((await x.post(`projects/${project.id}/archive`)).status).toBe(403);
    expect(await may(x, STOP, web)).toBe(false);
    await owner.change([await revocation(x.who.user, onProject(project))]);
    expect(await link(x, project, web, 'unlink')).toBe('unlinked');
  });

  it('gives up a container only to who may link there', async () => {
    const [web, x] = [await aContainer(), await member()];
    const project = await aProject();
    await link(owner, project, web);
    await owner.change([
      aGrant(x.who, onTenant(), { role: 'none', allow: ['projects.create'] }),
      aGrant(x.who, on(web), { role: 'maintainer' }),
    ]);
    const own = await aProject(x);
    expect(await link(x, own, web)).toBe('refused');
    await owner.change([aGrant(x.who, onProject(project), { role: 'none', allow: ['projects.link'] })]);
    expect(await link(x, own, web)).toBe('linked');
  });

  it('that rests hands on no more when it is restored', async () => {
    const [web, y] = [await aContainer(), await member()];
    const x = await leadBut(web);
    const project = await aProject();
    await link(owner, project, web);
    await owner.post(`projects/${project.id}/archive`);
    expect(await asked(x, aGrant(y.who, onProject(project), { role: 'operator' }))).toEqual(REFUSED);
    expect(await asked(x, aGrant(y.who, onProject(project), { role: 'observer' }))).toEqual({ status: 200 });
  });
});

describe('a change of access', () => {
  it('is worked out again where somebody else was faster, and written onto what it was worked out for', async () => {
    const book = core.app.get(AccessBook);
    const x = await member();
    const seen: number[] = [];
    const written = await book.changeAfter(
      async (state) => {
        seen.push(state.grants.size);
        if (seen.length === 1) await owner.change([aGrant(x.who, onTenant(), { role: 'observer' })]);
        return state.grants.size;
      },
      (_rows, size) => Promise.resolve({ writes: {}, result: size }),
    );
    const [first = NaN] = seen;
    expect({ seen, written }).toEqual({ seen: [first, first + 1], written: first + 1 });
  });

  it('is made with what its maker holds when it is written, however long it waited', async () => {
    const [web, x, y] = [await aContainer(), await member(), await member()];
    await owner.change([aGrant(x.who, on(web), { role: 'maintainer' })]);
    const revoke = await revocation(x.who.user, on(web));
    const [revoked, given] = await Promise.all([
      asked(owner, revoke),
      asked(x, aGrant(y.who, on(web), { role: 'operator' })),
    ]);
    expect(revoked.status).toBe(200);
    expect([200, 403, 404]).toContain(given.status);
    await until(async () => !(await may(y, STOP, web)));
    expect(await grantsOn(on(web))).toEqual([]);
  });
});

describe('the account of somebody', () => {
  it('is not changed by who holds less on what is theirs, also where no engine shows it', async () => {
    const [x, y] = [await member(), await member()];
    const allow: Capability[] = ['people.see', 'people.update'];
    await owner.change([aGrant(x.who, onTenant(), { role: 'none', allow })]);
    const change = () => x.patch(`users/${y.who.user.id}`, { email: `y${(made += 1)}@example.com` });
    expect((await change()).status).toBe(200);
    const { id: ownerId, displayName: ownerName, tenantId } = y.who.user;
    await core.app.get(ContainerRowsService).reserve({
      id: newId('ct'),
      tenantId,
      environmentId: localEnvironment(core),
      name: `unseen-${(made += 1)}`,
      managed: true,
      ownerId,
      ownerName,
      preset: null,
      configuration: null,
    });
    expect((await change()).status).toBe(403);
  });
});
