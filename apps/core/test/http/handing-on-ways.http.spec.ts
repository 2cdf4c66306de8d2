import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessChange, Capability, GrantTarget } from '@bailiwick/contract';
import { AccessBook } from '../../src/foundation/access/access-book.js';
import { ContainerRowsService } from '../../src/foundation/environments/container-rows.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { answered, Delegating, inAnHour, on, onProject, toTeam } from '../delegating.js';
import { localEnvironment } from '../fake-engine.js';
import { aGrant, type Asking } from '../granting.js';
import { until } from '../until.js';

/** Every way by which somebody could come to more than was handed on to them, or keep it for longer. */
let core: TestApp;
let all: Delegating;
let owner: Asking;
let made = 0;
beforeAll(async () => {
  core = await startApp();
  all = await Delegating.in(core);
  ({ owner } = all);
});
afterAll(() => core.close());

const STOP: Capability = 'containers.stop';
const soon = () => new Date(Date.now() + 60_000).toISOString();
const may = (...asked: Parameters<Delegating['may']>) => all.may(...asked);
const grantOf = (...asked: Parameters<Delegating['grant']>) => all.grant(...asked);
const revocation = (...asked: Parameters<Delegating['revocation']>) => all.revocation(...asked);
const lend = (to: Asking, target: GrantTarget, ...capabilities: Capability[]): AccessChange => ({
  op: 'lend',
  principal: { kind: 'user', id: to.who.user.id },
  target,
  capabilities,
  until: inAnHour(),
});
const edit = async (to: Asking, target: GrantTarget, more: Parameters<typeof aGrant>[2]): Promise<AccessChange> =>
  aGrant(to.who, target, { ...more, version: (await grantOf(to.who.user, target)).version });
const REFUSED = { status: 403, missing: [STOP] };

/** Somebody who hands on access in the whole tenant, and may not stop this one. */
const leadBut = async (web: SeenContainer, allow: Capability[] = []) => {
  const x = await all.member();
  await owner.change([
    aGrant(x.who, all.onTenant, { role: 'maintainer', allow }),
    aGrant(x.who, on(web), { role: 'none', deny: [STOP] }),
  ]);
  return x;
};

describe('who was lent a right', () => {
  it('makes no lasting one of it for themselves', async () => {
    const web = await all.container();
    const x = await leadBut(web);
    await owner.change([lend(x, on(web), STOP)]);
    expect(await may(x, STOP, web)).toBe(true);
    expect(await answered(x, await edit(x, on(web), { role: 'none' }))).toEqual(REFUSED);
    expect(await answered(x, await revocation(x.who.user, on(web)))).toEqual(REFUSED);
  });

  it('takes nothing from what keeps somebody else from it', async () => {
    const [web, y] = [await all.container(), await all.member()];
    const x = await leadBut(web);
    await owner.change([
      lend(x, on(web), STOP),
      aGrant(y.who, all.onTenant, { role: 'operator' }),
      aGrant(y.who, on(web), { role: 'none', deny: [STOP] }),
    ]);
    expect(await answered(x, await edit(y, on(web), { role: 'none' }))).toEqual(REFUSED);
    expect(await answered(x, await edit(y, on(web), { role: 'none', deny: [STOP], expiresAt: soon() }))).toEqual(
      REFUSED,
    );
    expect(await may(y, STOP, web)).toBe(false);
  });

  it('hands it on until it ends, or is taken back', async () => {
    const [web, y, z] = [await all.container(), await all.member(), await all.member()];
    const x = await leadBut(web);
    await owner.change([lend(x, on(web), STOP)]);
    await x.change([aGrant(y.who, on(web), { role: 'none', allow: [STOP] }), lend(z, on(web), STOP)]);
    expect([await may(y, STOP, web), await may(z, STOP, web)]).toEqual([true, true]);
    await owner.change([await revocation(x.who.user, on(web))]);
    await owner.change([aGrant(x.who, on(web), { role: 'none', deny: [STOP] })]);
    await until(async () => (await all.grants(on(web))).length === 1);
    expect([await may(y, STOP, web), await may(z, STOP, web)]).toEqual([false, false]);
  });
});

describe('what was lent', () => {
  it('falls with the right of who lent it, and leaves what it was lent beside', async () => {
    const [web, x, y] = [await all.container(), await all.member(), await all.member()];
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'maintainer' }),
      aGrant(y.who, on(web), { role: 'observer', deny: ['containers.kill'] }),
    ]);
    await x.change([lend(y, on(web), STOP, 'containers.start')]);
    expect(await may(y, STOP, web)).toBe(true);
    const { body } = await owner.post('access/changes/preview', {
      changes: [await revocation(x.who.user, all.onTenant)],
    });
    expect(body.falling).toMatchObject([
      { kind: 'loan', capability: STOP },
      { kind: 'loan', capability: 'containers.start' },
    ]);
    await owner.change([await revocation(x.who.user, all.onTenant)]);
    await until(async () => !(await may(y, STOP, web)));
    expect(await grantOf(y.who.user, on(web))).toMatchObject({ role: 'observer', lent: [], deny: ['containers.kill'] });
  });

  it('by staff stands beside what falls', async () => {
    const [web, x, y] = [await all.container(), await all.member(), await all.member()];
    await owner.change([aGrant(x.who, all.onTenant, { role: 'maintainer' })]);
    await x.change([aGrant(y.who, on(web), { role: 'observer' })]);
    await owner.change([lend(y, on(web), STOP)]);
    await owner.change([await revocation(x.who.user, all.onTenant)]);
    await until(async () => (await grantOf(y.who.user, on(web))).role === 'none');
    expect([await may(y, STOP, web), await may(y, 'containers.logs', web)]).toEqual([true, false]);
  });
});

describe('what a role means on a container', () => {
  const exceptions = async ({ id }: SeenContainer) => (await owner.get(`access/on?resource=${id}`)).body.exceptions;

  it('falls with the right of who said so, but not what it takes away', async () => {
    const [web, x, y] = [await all.container(), await all.member(), await all.member()];
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'maintainer' }),
      aGrant(y.who, on(web), { role: 'observer' }),
    ]);
    const exception = { op: 'exception', containerId: web.id, version: 0 } as const;
    await x.change([
      { ...exception, role: 'observer', allow: [STOP], deny: ['containers.logs'] },
      { ...exception, role: 'tester', allow: [STOP], deny: [] },
    ]);
    expect([await may(y, STOP, web), await may(y, 'containers.logs', web)]).toEqual([true, false]);
    await owner.change([await revocation(x.who.user, all.onTenant)]);
    await until(async () => (await exceptions(web)).length === 1);
    expect([await may(y, STOP, web), await may(y, 'containers.logs', web)]).toEqual([false, false]);
  });

  it('stands where staff said so', async () => {
    const [web, y] = [await all.container(), await all.member()];
    await owner.change([
      aGrant(y.who, on(web), { role: 'observer' }),
      { op: 'exception', containerId: web.id, role: 'observer', allow: [STOP], deny: [], version: 0 },
    ]);
    expect(await may(y, STOP, web)).toBe(true);
  });
});

describe('a grant', () => {
  it('that falls gives nobody back what it took away', async () => {
    const [web, x, y] = [await all.container(), await all.member(), await all.member()];
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'maintainer' }),
      aGrant(y.who, all.onTenant, { role: 'operator' }),
    ]);
    await x.change([aGrant(y.who, on(web), { role: 'none', allow: ['containers.delete'], deny: [STOP] })]);
    await owner.change([await revocation(x.who.user, all.onTenant)]);
    await until(async () => !(await may(y, 'containers.delete', web)));
    expect(await may(y, STOP, web)).toBe(false);
    expect(await grantOf(y.who.user, on(web))).toMatchObject({ role: 'none', allow: [], deny: [STOP] });
  });

  it('by staff stays theirs where somebody only takes away from it', async () => {
    const [web, x, y] = [await all.container(), await all.member(), await all.member()];
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
    const [web, x, y] = [await all.container(), await all.member(), await all.member()];
    const few: Capability[] = ['containers.see', 'containers.manageAccess', 'containers.delete'];
    await owner.change([
      aGrant(x.who, on(web), { role: 'none', allow: few }),
      aGrant(y.who, on(web), { role: 'operator' }),
    ]);
    const { status } = await answered(x, await edit(y, on(web), { role: 'operator', allow: ['containers.delete'] }));
    expect(status).toBe(403);
    expect(await may(y, STOP, web)).toBe(true);
  });

  it('is not held up by itself alone', async () => {
    const [web, x] = [await all.container(), await all.member()];
    await owner.change([aGrant(x.who, on(web), { role: 'maintainer', expiresAt: inAnHour() })]);
    expect((await answered(x, await edit(x, on(web), { role: 'maintainer' }))).status).toBe(403);
    expect((await grantOf(x.who.user, on(web))).expiresAt).not.toBeNull();
    expect(await answered(x, await revocation(x.who.user, on(web)))).toEqual({ status: 200 });
  });

  it('on what holds a container reaches no further there than who makes it', async () => {
    const [web, other, y] = [await all.container(), await all.container(), await all.member()];
    const x = await leadBut(web);
    expect(await answered(x, aGrant(y.who, all.onTenant, { role: 'operator' }))).toEqual(REFUSED);
    expect(await answered(x, aGrant(y.who, all.onTenant, { role: 'observer' }))).toEqual({ status: 200 });
    expect(await answered(x, aGrant(y.who, on(other), { role: 'operator' }))).toEqual({ status: 200 });
    expect([await may(y, STOP, web), await may(y, STOP, other)]).toEqual([false, true]);
  });
});

describe('a team', () => {
  const DELEGATED: Capability[] = ['teams.see', 'teams.update', 'teams.delete'];

  it('that takes something away is left, and deleted, by nobody who comes to more by that', async () => {
    const web = await all.container();
    const x = await all.member();
    const team = await all.team([x]);
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'maintainer', allow: DELEGATED }),
      aGrant(x.who, on(web), { ...toTeam(team), role: 'none', deny: [STOP] }),
    ]);
    expect((await x.patch(`teams/${team.id}`, { members: [] })).status).toBe(403);
    expect((await x.delete(`teams/${team.id}`)).status).toBe(403);
    expect(await answered(x, await revocation(team, on(web)))).toEqual(REFUSED);
    expect(await may(x, STOP, web)).toBe(false);
    await owner.patch(`teams/${team.id}`, { members: [] });
    expect(await may(x, STOP, web)).toBe(true);
  });

  it('that stands before another one is moved, left, deleted and revoked by nobody who comes to more by that', async () => {
    const web = await all.container();
    const x = await all.member();
    const [first, second] = [await all.team([x], { priority: 1 }), await all.team([x], { priority: 2 })];
    const without = { role: 'none', allow: ['containers.see', 'containers.manageAccess'] as Capability[] };
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'none', allow: [...DELEGATED, 'containers.manageAccess'] }),
      aGrant(x.who, on(web), { ...toTeam(first), ...without }),
      aGrant(x.who, on(web), { ...toTeam(second), role: 'operator' }),
    ]);
    expect(await may(x, STOP, web)).toBe(false);
    expect((await x.patch(`teams/${first.id}`, { priority: 3 })).status).toBe(403);
    expect((await x.patch(`teams/${first.id}`, { members: [] })).status).toBe(403);
    expect((await x.delete(`teams/${first.id}`)).status).toBe(403);
    expect((await answered(x, await revocation(first, on(web)))).status).toBe(403);
    const { version } = await grantOf(first, on(web));
    const shorter = aGrant(x.who, on(web), { ...toTeam(first), ...without, expiresAt: soon(), version });
    expect((await answered(x, shorter)).status).toBe(403);
    expect((await x.patch(`teams/${second.id}`, { priority: 3 })).status).toBe(403);
    expect(await may(x, STOP, web)).toBe(false);
  });

  it('is not written over by who looked at an older one', async () => {
    const [x, y] = [await all.member(), await all.member()];
    const team = await all.team([]);
    const add = (who: Asking) => owner.patch(`teams/${team.id}`, { members: [who.who.user.id], version: team.version });
    expect((await add(x)).status).toBe(200);
    const { status, body } = await add(y);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'conflict' });
    expect((await owner.get(`teams/${team.id}`)).body.item.members).toMatchObject([{ id: x.who.user.id }]);
  });
});

describe('a project', () => {
  const DELEGATED: Capability[] = ['projects.see', 'projects.link', 'projects.archive', 'projects.create'];
  it('that takes something away is not undone by unlinking, linking elsewhere or archiving', async () => {
    const [web, x] = [await all.container(), await all.member()];
    const [project, elsewhere] = [await all.project(), await all.project()];
    await all.link(owner, project, web);
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'maintainer', allow: DELEGATED }),
      aGrant(x.who, onProject(project), { role: 'none', deny: [STOP] }),
    ]);
    expect(await may(x, STOP, web)).toBe(false);
    expect(await all.link(x, project, web, 'unlink')).toBe('refused');
    expect(await all.link(x, elsewhere, web)).toBe('refused');
    expect((await x.post(`projects/${project.id}/archive`)).status).toBe(403);
    expect(await may(x, STOP, web)).toBe(false);
    await owner.change([await revocation(x.who.user, onProject(project))]);
    expect(await all.link(x, project, web, 'unlink')).toBe('unlinked');
  });

  it('gives up a container only to who may link there', async () => {
    const [web, x] = [await all.container(), await all.member()];
    const project = await all.project();
    await all.link(owner, project, web);
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'none', allow: ['projects.create'] }),
      aGrant(x.who, on(web), { role: 'maintainer' }),
    ]);
    const own = await all.project(x);
    expect(await all.link(x, own, web)).toBe('refused');
    await owner.change([aGrant(x.who, onProject(project), { role: 'none', allow: ['projects.link'] })]);
    expect(await all.link(x, own, web)).toBe('linked');
  });

  it('that rests hands on no more when it is restored', async () => {
    const [web, y] = [await all.container(), await all.member()];
    const x = await leadBut(web);
    const project = await all.project();
    await all.link(owner, project, web);
    await owner.post(`projects/${project.id}/archive`);
    expect(await answered(x, aGrant(y.who, onProject(project), { role: 'operator' }))).toEqual(REFUSED);
    expect(await answered(x, aGrant(y.who, onProject(project), { role: 'observer' }))).toEqual({ status: 200 });
  });
});

describe('a change of access', () => {
  it('is worked out again where somebody else was faster, and written onto what it was worked out for', async () => {
    const book = core.app.get(AccessBook);
    const x = await all.member();
    const seen: number[] = [];
    const written = await book.changeAfter(
      async (state) => {
        seen.push(state.grants.size);
        if (seen.length === 1) await owner.change([aGrant(x.who, all.onTenant, { role: 'observer' })]);
        return state.grants.size;
      },
      (_rows, size) => Promise.resolve({ writes: {}, result: size }),
    );
    const [first = NaN] = seen;
    expect({ seen, written }).toEqual({ seen: [first, first + 1], written: first + 1 });
  });

  it('is made with what its maker holds when it is written, however long it waited', async () => {
    const [web, x, y] = [await all.container(), await all.member(), await all.member()];
    await owner.change([aGrant(x.who, on(web), { role: 'maintainer' })]);
    const revoke = await revocation(x.who.user, on(web));
    const [revoked, given] = await Promise.all([
      answered(owner, revoke),
      answered(x, aGrant(y.who, on(web), { role: 'operator' })),
    ]);
    expect(revoked.status).toBe(200);
    expect([200, 403, 404]).toContain(given.status);
    await until(async () => !(await may(y, STOP, web)));
    expect(await all.grants(on(web))).toEqual([]);
  });
});

describe('the account of somebody', () => {
  it('is not changed by who holds less on what is theirs, also where no engine shows it', async () => {
    const [x, y] = [await all.member(), await all.member()];
    const allow: Capability[] = ['people.see', 'people.update'];
    await owner.change([aGrant(x.who, all.onTenant, { role: 'none', allow })]);
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
