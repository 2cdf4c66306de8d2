import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Capability } from '@bailiwick/contract';
import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { startApp, type TestApp } from '../app.js';
import { answered, Delegating, inAnHour, on, onProject, toTeam } from '../delegating.js';
import { aGrant, Asking } from '../granting.js';
import { until } from '../until.js';

/** What ends, rests or falls: nothing of it makes a lasting right, and nothing else is lost with it. */
let core: TestApp;
let all: Delegating;
let owner: Asking;
beforeAll(async () => {
  core = await startApp();
  all = await Delegating.in(core);
  ({ owner } = all);
});
afterAll(() => core.close());

const STOP: Capability = 'containers.stop';
const SEE: Capability[] = ['containers.see', 'containers.manageAccess'];
const TEAMS: Capability[] = ['teams.see', 'teams.update', 'teams.delete'];
const two = async () => [await all.member(), await all.member()] as const;

describe('who holds something for a while', () => {
  it('brings it into no project of their own', async () => {
    const [web, x] = [await all.container(), await all.member()];
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'none', allow: ['projects.create'] }),
      aGrant(x.who, on(web), { role: 'maintainer', expiresAt: inAnHour() }),
    ]);
    expect(await all.link(x, await all.project(x), web)).toBe('refused');
  });

  it('lets nobody into a team that has it', async () => {
    const [web, [x, y], team] = [await all.container(), await two(), await all.team([])];
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'maintainer', allow: TEAMS, expiresAt: inAnHour() }),
      aGrant(x.who, on(web), { ...toTeam(team), role: 'operator' }),
    ]);
    expect((await x.patch(`teams/${team.id}`, { members: [y.who.user.id] })).status).toBe(403);
    expect(await answered(x, aGrant(y.who, on(web), { role: 'operator' }))).toEqual({ status: 200 });
  });

  it('lifts nothing that keeps somebody from it, also not by a project', async () => {
    const [web, [x, y], project] = [await all.container(), await two(), await all.project()];
    await all.link(owner, project, web);
    await owner.change([
      aGrant(x.who, onProject(project), { role: 'maintainer', expiresAt: inAnHour() }),
      aGrant(y.who, all.onTenant, { role: 'operator' }),
      aGrant(y.who, onProject(project), { role: 'none', deny: [STOP] }),
    ]);
    const { missing } = await answered(x, await all.revocation(y.who.user, onProject(project))); // prettier-ignore
    expect(missing).toContain(STOP);
    expect(await all.link(x, project, web, 'unlink')).toBe('refused');
    expect(await all.may(y, STOP, web)).toBe(false);
  });

  it('has a project mean no more by it', async () => {
    const [x, y] = await two();
    const project = await all.project(owner, { defaultRole: 'observer' });
    await owner.change([
      aGrant(y.who, onProject(project)),
      aGrant(x.who, onProject(project), { role: 'maintainer', expiresAt: inAnHour() }),
    ]);
    expect((await x.patch(`projects/${project.id}`, { defaultRole: 'operator' })).status).toBe(403);
    expect((await x.patch(`projects/${project.id}`, { description: 'For a while' })).status).toBe(200);
  });

  it('gives themselves nothing of who is deleted', async () => {
    const [x, y] = await two();
    await all.container(y);
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'maintainer', allow: ['people.see', 'people.delete'], expiresAt: inAnHour() }), // prettier-ignore
    ]);
    const heir = await all.member();
    const goes = (to: Asking) => x.delete(`users/${y.who.user.id}`).send({ transferTo: to.who.user.id });
    const { status, body } = await goes(x);
    expect({ status, code: body.code, missing: body.params.missing }).toEqual({
      status: 403,
      code: 'forbidden',
      missing: ['people.delete'],
    });
    expect((await goes(heir)).status).toBeLessThan(300);
  });

  it('hands it on, approves requests for it and takes it back again', async () => {
    const web = await all.container();
    const [x, y] = await two();
    await owner.change([aGrant(x.who, on(web), { role: 'maintainer', expiresAt: inAnHour() })]);
    expect(await answered(x, aGrant(y.who, on(web), { role: 'observer' }))).toEqual({ status: 200 });
    const ask = { target: on(web), capabilities: [STOP], reason: 'Please', durationMs: null };
    const { body } = await y.post('access/requests', ask);
    expect((await x.post(`access/requests/${body.item.id}/approve`, {})).status).toBe(200);
    expect(await all.may(y, STOP, web)).toBe(true);
    expect(await answered(x, await all.revocation(y.who.user, on(web)))).toEqual({ status: 200 });
  });
});

describe('what falls', () => {
  it('of a team goes on standing before what other teams were given', async () => {
    const [web, x] = [await all.container(), await all.member()];
    const [first, second] = [await all.team([x], { priority: 1 }), await all.team([x], { priority: 2 })];
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'none', allow: [...SEE, 'containers.start'] }),
      aGrant(x.who, on(web), { ...toTeam(second), role: 'operator' }),
    ]);
    await x.change([aGrant(x.who, on(web), { ...toTeam(first), role: 'none', allow: ['containers.start'] })]);
    expect(await all.may(x, STOP, web)).toBe(false);
    await owner.change([await all.revocation(x.who.user, all.onTenant)]);
    await until(async () => (await all.grant(first, on(web))).allow.length === 0);
    expect(await all.may(x, STOP, web)).toBe(false);
  });

  it('falls also where a container leaves the project it was held by', async () => {
    const [web, [x, y], project] = [await all.container(), await two(), await all.project()];
    await all.link(owner, project, web);
    await owner.change([aGrant(x.who, onProject(project), { role: 'maintainer' })]);
    await x.change([aGrant(y.who, on(web), { role: 'operator' })]);
    await all.link(owner, project, web, 'unlink');
    await until(async () => (await all.grants(web)).length === 0);
    expect(await all.may(y, STOP, web)).toBe(false);
  });

  it('is a membership without a role as well, where who made it holds less than the project means', async () => {
    const [web, [x, y], project] = [await all.container(), await two(), await all.project(owner, { defaultRole: 'operator' })]; // prettier-ignore
    await all.link(owner, project, web);
    await owner.change([aGrant(x.who, onProject(project), { role: 'maintainer' })]);
    await x.change([aGrant(y.who, onProject(project))]);
    const { version } = await all.grant(x.who.user, onProject(project));
    await owner.change([aGrant(x.who, onProject(project), { role: 'none', allow: SEE, version })]);
    await until(async () => !(await all.may(y, STOP, web)));
  });

  it('is told with who loses what by it, before and after', async () => {
    const [web, [x, y]] = [await all.container(), await two()];
    await owner.change([aGrant(x.who, all.onTenant, { role: 'maintainer' })]);
    await x.change([aGrant(y.who, on(web), { role: 'operator' })]);
    const changes = [await all.revocation(x.who.user, all.onTenant)];
    const { body } = await owner.post('access/changes/preview', { changes });
    expect(body.falling).toMatchObject([{ kind: 'grant', grant: { principal: { id: y.who.user.id } } }]);
    const theirs = body.differences.find(({ user }: { user: { id: string } }) => user.id === y.who.user.id);
    expect(theirs).toMatchObject({ target: on(web), gains: [], loses: expect.arrayContaining([STOP]) });
    expect((await owner.change(changes)).fallen).toBe(1);
  });
});

describe('what falls on a thing somebody does not see', () => {
  it('is told to them neither before nor after', async () => {
    const [web, x, [y, z], project] = [await all.container(), await all.member(), await two(), await all.project()];
    await all.link(owner, project, web);
    await owner.change([
      aGrant(x.who, onProject(project), { role: 'maintainer' }),
      aGrant(x.who, on(web), { role: 'none', deny: ['containers.see'] }),
      aGrant(y.who, onProject(project), { role: 'maintainer' }),
    ]);
    await y.change([aGrant(z.who, on(web), { role: 'observer' })]);
    const changes = [await all.revocation(y.who.user, onProject(project))];
    const { status, body } = await x.post('access/changes/preview', { changes });
    expect({ status, falling: body.falling }).toEqual({ status: 200, falling: [] });
    expect(JSON.stringify(body)).not.toContain(web.id);
    expect((await x.change(changes)).fallen).toBe(0);
    expect(await all.may(z, 'containers.see', web)).toBe(false);
  });
});

describe('what does not fall', () => {
  it('is what was handed on in a project that rests for a while', async () => {
    const [web, [x, y], project] = [await all.container(), await two(), await all.project()];
    await all.link(owner, project, web);
    await owner.change([aGrant(x.who, onProject(project), { role: 'maintainer' })]);
    await x.change([aGrant(y.who, onProject(project), { role: 'operator' }), aGrant(y.who, on(web), { role: 'observer' })]); // prettier-ignore
    expect((await owner.post(`projects/${project.id}/archive`)).status).toBe(200);
    expect(await all.stands()).toBe(true);
    expect((await owner.post(`projects/${project.id}/restore`)).status).toBe(200);
    expect([await all.may(x, STOP, web), await all.may(y, STOP, web)]).toEqual([true, true]);
  });

  it('is a membership whose meaning somebody else raised: they answer for it', async () => {
    const [web, [x, y], project] = [await all.container(), await two(), await all.project(owner, { defaultRole: 'observer' })]; // prettier-ignore
    await all.link(owner, project, web);
    await owner.change([aGrant(x.who, onProject(project), { role: 'operator', allow: ['containers.manageAccess'] })]);
    await x.change([aGrant(y.who, onProject(project))]);
    await owner.patch(`projects/${project.id}`, { defaultRole: 'maintainer' });
    expect(await all.stands()).toBe(true);
    expect(await all.may(y, 'containers.delete', web)).toBe(true);
    expect((await all.grant(y.who.user, onProject(project))).grantedBy.id).toBe(owner.who.user.id);
  });

  it('is what staff made a role mean, where somebody only took away from it', async () => {
    const [web, [x, y]] = [await all.container(), await two()];
    const exception = { op: 'exception' as const, containerId: web.id, role: 'tester', deny: [] };
    await owner.change([
      aGrant(x.who, on(web), { role: 'none', allow: SEE }),
      aGrant(y.who, on(web), { role: 'tester' }),
      { ...exception, allow: [STOP, 'containers.start'], version: 0 },
    ]);
    expect(await answered(x, { ...exception, allow: [STOP], version: 1 })).toEqual({ status: 200 });
    await owner.change([await all.revocation(x.who.user, on(web))]);
    expect(await all.stands()).toBe(true);
    expect(await all.may(y, STOP, web)).toBe(true);
  });

  it('is a longer loan by somebody else beside a shorter one', async () => {
    const [web, [x, y]] = [await all.container(), await two()];
    const loan = { op: 'lend', principal: { kind: 'user', id: y.who.user.id }, target: on(web) } as const;
    const long = inAnHour();
    await owner.change([
      aGrant(x.who, on(web), { role: 'maintainer' }),
      { ...loan, capabilities: [STOP], until: long },
    ]);
    await x.change([{ ...loan, capabilities: [STOP], until: new Date(Date.now() + 60_000).toISOString() }]);
    const { lent } = await all.grant(y.who.user, on(web));
    expect(lent.map(({ until: end, by }) => [end, by.id])).toEqual([
      [long, owner.who.user.id],
      [expect.any(String), x.who.user.id],
    ]);
  });
});

describe('what staff put before another team', () => {
  it('outlives what somebody lends to that team', async () => {
    const [web, [x, y]] = [await all.container(), await two()];
    const first = await all.team([y], { priority: 1 });
    await owner.change([
      aGrant(x.who, on(web), { role: 'maintainer' }),
      aGrant(y.who, on(web), { ...toTeam(first), role: 'none' }),
    ]);
    await x.change([{ op: 'lend', ...toTeam(first), target: on(web), capabilities: ['containers.logs'], until: inAnHour() }]); // prettier-ignore
    expect(await all.grant(first, on(web))).toMatchObject({ role: 'none', expiresAt: null, lent: [{ capability: 'containers.logs' }] }); // prettier-ignore
  });
});

describe('whoever deployed a thing', () => {
  it('is locked out of it neither by a team they are in nor by being put into one', async () => {
    const [x, y] = await two();
    const web = await all.container(y);
    const [theirs, other] = [await all.team([y]), await all.team([])];
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'maintainer', allow: TEAMS }),
      aGrant(y.who, on(web), { ...toTeam(other), role: 'none', deny: [STOP] }),
    ]);
    expect(await answered(x, aGrant(y.who, on(web), { ...toTeam(theirs), role: 'none', deny: [STOP] }))).toMatchObject({ status: 403 }); // prettier-ignore
    expect((await x.patch(`teams/${other.id}`, { members: [y.who.user.id] })).status).toBe(403);
    expect(await all.may(y, STOP, web)).toBe(true);
  });
});

describe('the account of somebody', () => {
  it('is not changed by who may less on one thing of what they hold as a whole', async () => {
    const [web, [x, y]] = [await all.container(), await two()];
    const people: Capability[] = ['people.see', 'people.update'];
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'operator', allow: people }),
      aGrant(y.who, all.onTenant, { role: 'operator' }),
    ]);
    expect((await x.post(`users/${y.who.user.id}/password-reset`, { by: 'link' })).status).toBeLessThan(300);
    await owner.change([aGrant(x.who, on(web), { role: 'none', deny: [STOP] })]);
    expect((await x.post(`users/${y.who.user.id}/password-reset`, { by: 'link' })).status).toBe(403);
  });
});

describe('a project of somebody', () => {
  it('lets people in by them also where others linked into it, but not themselves', async () => {
    const [[x, y], z] = [await two(), await all.member()];
    const web = await all.container(z);
    await owner.change([aGrant(x.who, all.onTenant, { role: 'none', allow: ['projects.create'] })]);
    const project = await all.project(x);
    await x.change([aGrant(z.who, onProject(project), { role: 'maintainer' })]);
    expect(await all.link(z, project, web)).toBe('linked');
    expect(await answered(x, aGrant(y.who, onProject(project), { role: 'observer' }))).toEqual({ status: 200 });
    expect(await answered(x, aGrant(x.who, onProject(project), { role: 'observer' }))).toMatchObject({ status: 403 });
  });

  it('that was archived to keep them out is not restored by them', async () => {
    const [web, x, project] = [await all.container(), await all.member(), await all.project()];
    await all.link(owner, project, web);
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'observer', allow: ['projects.archive', 'projects.see'] }),
      aGrant(x.who, onProject(project), { role: 'operator' }),
    ]);
    await owner.post(`projects/${project.id}/archive`);
    expect((await x.post(`projects/${project.id}/restore`)).status).toBe(403);
    await owner.change([await all.revocation(x.who.user, onProject(project))]);
    expect((await x.post(`projects/${project.id}/restore`)).status).toBe(200);
  });
});

describe('a team', () => {
  it('that means what each carries lets in who carries no more than one holds', async () => {
    const [web, [x, y], z] = [await all.container(), await two(), await all.member()];
    await owner.patch(`users/${z.who.user.id}`, { roleTag: 'admin' });
    const team = await all.team([]);
    await owner.change([
      aGrant(x.who, all.onTenant, { role: 'user', allow: [...TEAMS, 'containers.manageAccess'] }),
      aGrant(x.who, on(web), toTeam(team)),
    ]);
    expect((await x.patch(`teams/${team.id}`, { members: [z.who.user.id] })).status).toBe(403);
    expect((await x.patch(`teams/${team.id}`, { members: [y.who.user.id] })).status).toBe(200);
  });

  it('that takes nothing away is left, and lets in by who holds what it has by it', async () => {
    const [x, y] = await two();
    const team = await all.team([x]);
    await owner.change([aGrant(x.who, all.onTenant, { ...toTeam(team), role: 'maintainer', allow: TEAMS })]);
    expect((await x.patch(`teams/${team.id}`, { members: [x.who.user.id, y.who.user.id] })).status).toBe(200);
    expect((await x.patch(`teams/${team.id}`, { members: [y.who.user.id] })).status).toBe(200);
  });
});

describe('while an engine is not seen', () => {
  let storageDir: string;
  let engine: FakeEngine;
  beforeEach(() => {
    storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-ends-'));
    engine = new FakeEngine(new SystemClock());
  });
  afterEach(() => rmSync(storageDir, { recursive: true, force: true }));

  /** A lead of the whole tenant and somebody else, in a core that is started again before its engine answers. */
  const again = async (arrange: (before: Delegating, web: SeenContainer, x: Asking, y: Asking) => Promise<unknown>) => {
    const first = await startApp({ storageDir, engine });
    const before = await Delegating.in(first);
    const [x, y, web] = [await before.member(), await before.member(), await before.container()];
    await arrange(before, web, x, y);
    await first.close();
    engine.goOffline();
    const then = await startApp({ storageDir, engine });
    const who = (person: Asking) => new Asking(then, person.who);
    return { then, after: new Delegating(then, who(before.owner)), web, x: who(x), y: who(y) };
  };
  const seen = ({ id }: SeenContainer, { app }: TestApp) => until(() => app.get(MirrorsService).container(id));

  it('nothing reaches further on it than who makes it', async () => {
    const { then, after, web, x, y } = await again((before, thing, lead) =>
      before.owner.change([
        aGrant(lead.who, before.onTenant, { role: 'maintainer' }),
        aGrant(lead.who, on(thing), { role: 'none', deny: [STOP] }),
      ]),
    );
    expect(await answered(x, aGrant(y.who, after.onTenant, { role: 'operator' }))).toEqual({ status: 403, missing: [STOP] }); // prettier-ignore
    expect(await answered(x, aGrant(y.who, after.onTenant, { role: 'observer' }))).toEqual({ status: 200 });
    engine.goOnline();
    await seen(web, then);
    expect(await after.may(y, STOP, web)).toBe(false);
    await then.close();
  });

  it('what ended falls as soon as it is seen', async () => {
    const { then, after, web, x, y } = await again(async (before, thing, lead, other) => {
      await before.owner.change([aGrant(lead.who, before.onTenant, { role: 'maintainer' })]);
      await lead.change([aGrant(other.who, on(thing), { role: 'operator' })]);
    });
    await after.owner.change([await after.revocation(x.who.user, after.onTenant)]);
    engine.goOnline();
    await seen(web, then);
    await until(async () => !(await after.may(y, STOP, web)));
    await then.close();
  });
});

describe('of two changes at once', () => {
  /** Again and again, so that they meet in every order. */
  const ROUNDS = 10;
  const together = (...work: ReadonlyArray<() => PromiseLike<unknown>>) => Promise.all(work.map((each) => each()));

  it('of a team, the new name lets nobody in again who left', async () => {
    const [x, y] = await two();
    for (let round = 0; round < ROUNDS; round += 1) {
      const team = await all.team([x, y]);
      await together(
        () => owner.patch(`teams/${team.id}`, { members: [x.who.user.id] }),
        () => owner.patch(`teams/${team.id}`, { description: 'Renamed' }),
      );
      expect((await owner.get(`teams/${team.id}`)).body.item.members).toHaveLength(1);
    }
  });

  it('of a project, the new name does not undo its archiving', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const project = await all.project();
      await together(
        () => owner.post(`projects/${project.id}/archive`),
        () => owner.patch(`projects/${project.id}`, { description: 'Renamed' }),
      );
      expect((await owner.get(`projects/${project.id}`)).body.item.archivedAt).not.toBeNull();
    }
  });
});
