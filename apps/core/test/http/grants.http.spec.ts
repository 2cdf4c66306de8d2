import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AccessChange,
  AccessPreview,
  type Capability,
  PrincipalList,
  ReachList,
  TargetAccess,
  WhoCanList,
} from '@bailiwick/contract';
import { AccessBook } from '../../src/foundation/access/access-book.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { LogViewer } from '../log-viewer.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: SignedInPerson;
let maintainer: SignedInPerson;
let tania: SignedInPerson;
let web: SeenContainer;

beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
  maintainer = await signIn(core, { platformRole: 'member' });
});
afterAll(() => core.close());

const by = (who: SignedInPerson) => new Asking(core, who);
const get = (who: SignedInPerson, path: string) => by(who).get(path);
const post = (who: SignedInPerson, path: string, body: object) => by(who).post(path, body);
const grantTo = (who: SignedInPerson, { id }: Pick<SeenContainer, 'id'>, more: Parameters<typeof aGrant>[2] = {}) =>
  aGrant(who, { kind: 'container', id }, more);
const change = (who: SignedInPerson, changes: AccessChange[], reason = '') => by(who).change(changes, reason);
const explain = (who: SignedInPerson, about: SignedInPerson, capability: Capability, resource: string = web.id) =>
  by(who).explain(about, capability, resource);
let made = 0;
/** Another container and another person for each promise. */
async function fresh(): Promise<void> {
  made += 1;
  web = await ownedOnEngine(core, maintainer.user, { name: `web-${made}`, command: ['sleep', 'infinity'] });
  tania = await signIn(core, { platformRole: 'member', username: `tania${made}` });
}

describe('handing on a right', () => {
  beforeAll(fresh);

  it('shows one container to one person, with exactly what they were given, and takes it away again', async () => {
    expect((await get(tania, `containers/${web.id}`)).status).toBe(404);
    const { grants } = await change(owner, [grantTo(tania, web, { role: 'observer', allow: ['containers.restart'] })]);
    const { body: list } = await get(tania, 'containers');
    expect(list.items.map(({ id }: { id: string }) => id)).toEqual([web.id]);
    expect((await post(tania, `containers/${web.id}/restart`, {})).status).toBe(200);
    const stop = await post(tania, `containers/${web.id}/stop`, {});
    expect({ status: stop.status, missing: stop.body.params.missing }).toEqual({
      status: 403,
      missing: ['containers.stop'],
    });
    const [grant] = grants;
    if (!grant) throw new Error('Nothing was granted.');
    await change(owner, [{ op: 'revoke', grantId: grant.id, version: grant.version }]);
    expect((await get(tania, `containers/${web.id}`)).status).toBe(404);
    expect((await get(tania, 'containers')).body.items).toEqual([]);
  });

  it('writes one row into the trail for a whole edit, with its reason, where the thing itself shows it', async () => {
    const second = await signIn(core, { platformRole: 'member' });
    await change(
      owner,
      [grantTo(tania, web, { role: 'operator' }), grantTo(second, web, { role: 'observer' })],
      'on call',
    );
    const { body } = await get(owner, `audit?target=${web.id}&action=access.change`);
    expect(body.items).toHaveLength(3);
    expect(body.items[0]).toMatchObject({
      action: 'access.change',
      details: { reason: 'on call', changes: [{ op: 'grant' }, { op: 'grant' }] },
    });
  });
});

describe('refusing to hand on', () => {
  beforeAll(fresh);

  it('what one does not hold: the maintainer gives no root, staff may', async () => {
    const wish = [grantTo(tania, web, { role: 'observer', allow: ['containers.inspect'] })];
    const refused = await post(maintainer, 'access/changes', { changes: wish });
    expect(refused.status).toBe(403);
    expect(refused.body.params).toMatchObject({ missing: ['containers.inspect'], path: 'changes.0' });
    await change(owner, wish);
  });

  it('to who may hand on, but holds less than the role gives', async () => {
    await fresh();
    const helper = await signIn(core, { platformRole: 'member' });
    await change(maintainer, [grantTo(helper, web, { role: 'operator', allow: ['containers.manageAccess'] })]);
    await change(helper, [grantTo(tania, web, { role: 'observer' })]);
    const { status, body } = await post(helper, 'access/changes', {
      changes: [grantTo(tania, web, { role: 'developer', version: 1 })],
    });
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'forbidden' });
    expect(body.params.missing).toContain('containers.settingsStartup');
    expect(body.params.missing).not.toContain('containers.start');
  });

  it('an exception less than was taken away from them', async () => {
    await fresh();
    const helper = await signIn(core, { platformRole: 'member' });
    await change(owner, [
      grantTo(helper, web, { role: 'maintainer', deny: ['containers.stop'] }),
      grantTo(tania, web, { role: 'operator', deny: ['containers.stop'] }),
    ]);
    const { status } = await post(helper, 'access/changes', {
      changes: [grantTo(tania, web, { role: 'operator', version: 1 })],
    });
    expect(status).toBe(403);
  });

  it('what a role means more on this container than they hold, and gives the same role elsewhere', async () => {
    await fresh();
    const helper = await signIn(core, { platformRole: 'member' });
    const other = await ownedOnEngine(core, maintainer.user, { name: `other-${made}`, command: ['sleep', 'infinity'] });
    await change(owner, [
      ...[web, other].map((on) => grantTo(helper, on, { role: 'operator', allow: ['containers.manageAccess'] })),
      { op: 'exception', containerId: web.id, role: 'observer', allow: ['containers.inspect'], deny: [], version: 0 },
    ]);
    const { body } = await get(helper, `access/principals?resource=${web.id}`);
    const offered = PrincipalList.parse(body).roles.find(({ name }) => name === 'observer');
    expect(offered?.missing).toEqual(['containers.inspect']);
    const refused = await post(helper, 'access/changes', { changes: [grantTo(tania, web, { role: 'observer' })] });
    expect({ status: refused.status, missing: refused.body.params.missing }).toEqual({
      status: 403,
      missing: ['containers.inspect'],
    });
    await change(helper, [
      grantTo(tania, web, { role: 'observer', deny: ['containers.inspect'] }),
      grantTo(tania, other, { role: 'observer' }),
    ]);
    expect((await explain(tania, tania, 'containers.inspect')).allowed).toBe(false);
    expect((await explain(tania, tania, 'containers.logs')).allowed).toBe(true);
  });

  it('a role one of a team carries already, to the others who are in it', async () => {
    await fresh();
    const helper = await signIn(core, { platformRole: 'member' });
    const tagged = await signIn(core, { platformRole: 'member' });
    await by(owner).patch(`users/${tagged.user.id}`, { roleTag: 'admin' }).expect(200);
    const id = newId('tea');
    const members = new Set([tania.user.id, tagged.user.id]);
    const team = { id, tenantId: tania.user.tenantId, name: `Mixed ${made}`, priority: 1, members };
    await core.app.get(AccessBook).change(() => Promise.resolve({ writes: { putTeams: [team] }, result: undefined }));
    const toTeam = (more: Parameters<typeof grantTo>[2]) => grantTo(tania, web, { principal: { kind: 'team', id }, ...more }); // prettier-ignore
    await change(owner, [
      grantTo(helper, web, { role: 'operator', allow: ['containers.manageAccess'] }),
      toTeam({ role: null }),
    ]);
    const { status, body } = await post(helper, 'access/changes', { changes: [toTeam({ role: 'admin', version: 1 })] });
    expect(status).toBe(403);
    expect(body.params.missing).toContain('containers.settingsStartup');
    expect((await explain(owner, tania, 'containers.settingsStartup')).allowed).toBe(false);
    await change(helper, [toTeam({ role: 'operator', version: 1 })]);
    expect((await explain(owner, tania, 'containers.stop')).decidedBy).toBe('team');
  });

  it('for a while what they do not hold, and lends what they do', async () => {
    await fresh();
    const helper = await signIn(core, { platformRole: 'member' });
    await change(owner, [grantTo(helper, web, { role: 'operator', allow: ['containers.manageAccess'] })]);
    const lend = (capability: Capability): AccessChange => ({
      op: 'lend',
      principal: { kind: 'user', id: tania.user.id },
      target: { kind: 'container', id: web.id },
      capabilities: [capability],
      until: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect((await post(helper, 'access/changes', { changes: [lend('files.write')] })).status).toBe(403);
    await change(helper, [lend('containers.stop')]);
    expect((await explain(owner, tania, 'containers.stop')).allowed).toBe(true);
    expect((await explain(owner, tania, 'files.write')).allowed).toBe(false);
  });

  it('on what one does not see, to who is not there, what nobody can be given, and what is over', async () => {
    await fresh();
    const foreign = await seenOnEngine(core, { name: `foreign-${made}` });
    const cases: Array<[AccessChange, number, string]> = [
      [grantTo(tania, foreign, { role: 'observer' }), 404, 'not_found'],
      [grantTo(tania, web, { principal: { kind: 'user', id: 'usr_zzzzzzzzzzzzzzzz' } }), 400, 'invalid_request'],
      [grantTo(tania, web, { role: 'nobody-knows' }), 400, 'invalid_request'],
      [grantTo(tania, web, { allow: ['settings.update'] }), 400, 'invalid_request'],
      [grantTo(tania, web, { allow: ['people.see'] }), 400, 'invalid_request'],
      [grantTo(tania, web, { allow: ['containers.stop'], deny: ['containers.stop'] }), 400, 'invalid_request'],
      [grantTo(tania, web, { role: 'observer', expiresAt: '2020-01-01T00:00:00.000Z' }), 400, 'invalid_request'],
      [grantTo(tania, web, { role: 'observer', version: 4 }), 409, 'conflict'],
    ];
    for (const [wish, status, code] of cases) {
      const answer = await post(maintainer, 'access/changes', { changes: [wish] });
      expect({ status: answer.status, code: answer.body.code, wish }).toEqual({ status, code, wish });
    }
    expect(TargetAccess.parse((await get(owner, `access/on?resource=${web.id}`)).body).grants).toEqual([]);
  });

  it('all of an edit when one part of it may not be', async () => {
    await fresh();
    const { status } = await post(maintainer, 'access/changes', {
      changes: [grantTo(tania, web, { role: 'observer' }), grantTo(owner, web, { allow: ['containers.inspect'] })],
    });
    expect(status).toBe(403);
    expect((await get(tania, `containers/${web.id}`)).status).toBe(404);
  });

  it('who deployed it anything that locks them out, but for staff', async () => {
    await fresh();
    const helper = await signIn(core, { platformRole: 'member' });
    await change(maintainer, [grantTo(helper, web, { role: 'maintainer' })]);
    const lockOut = [grantTo(maintainer, web, { role: 'maintainer', deny: ['containers.delete'] })];
    expect((await post(helper, 'access/changes', { changes: lockOut })).status).toBe(403);
    await change(owner, lockOut);
    expect((await explain(owner, maintainer, 'containers.delete')).decidedBy).toBe('denied');
  });

  it('to look at access for who may neither hand on nor explain', async () => {
    await fresh();
    await change(owner, [grantTo(tania, web, { role: 'operator' })]);
    const { status, body } = await get(tania, `access/on?resource=${web.id}`);
    expect({ status, missing: body.params.missing }).toEqual({ status: 403, missing: ['containers.manageAccess'] });
    const whoCan = await get(tania, `access/who-can?resource=${web.id}&capability=containers.stop`);
    expect(whoCan.status).toBe(403);
    const foreign = await get(tania, `access/explain?principal=${maintainer.user.id}&resource=${web.id}&capability=containers.stop`); // prettier-ignore
    expect(foreign.status).toBe(403);
  });
});

describe('looking before changing', () => {
  beforeAll(fresh);

  it('says who gains and loses what, what closes, and writes nothing', async () => {
    await change(owner, [grantTo(tania, web, { role: 'operator' })]);
    const viewer = await LogViewer.connect(core, tania);
    await viewer.follow({ containerId: web.id });
    const wish = grantTo(tania, web, {
      role: 'observer',
      allow: ['files.list'],
      deny: ['containers.logs'],
      version: 1,
    });
    const { body } = await post(owner, 'access/changes/preview', { changes: [wish] });
    const preview = AccessPreview.parse(body);
    expect(preview.differences).toHaveLength(1);
    expect(preview.differences[0]).toMatchObject({ user: { id: tania.user.id }, gains: ['files.list'] });
    expect(preview.differences[0]?.loses).toEqual(expect.arrayContaining(['containers.logs', 'containers.stop']));
    expect(preview.cuts).toBe(1);
    expect((await explain(tania, tania, 'containers.logs')).allowed).toBe(true);
    viewer.close();
  });

  it('warns who takes something from themselves', async () => {
    await fresh();
    const { grants } = await change(maintainer, [grantTo(tania, web, { role: 'maintainer' })]);
    const [grant] = grants;
    const { body } = await post(tania, 'access/changes/preview', {
      changes: [{ op: 'revoke', grantId: grant?.id, version: 1 }],
    });
    expect(AccessPreview.parse(body).warnings).toEqual(['own_rights_shrink']);
  });
});

describe('what was handed on', () => {
  it('falls when who handed it on loses the right to, at once and with all that hung on it', async () => {
    await fresh();
    const lead = await signIn(core, { platformRole: 'member' });
    const third = await signIn(core, { platformRole: 'member' });
    const { grants } = await change(owner, [grantTo(lead, web, { role: 'maintainer' })]);
    await change(lead, [grantTo(tania, web, { role: 'maintainer' })]);
    await change(tania, [grantTo(third, web, { role: 'observer' })]);
    expect((await get(third, `containers/${web.id}`)).status).toBe(200);
    const revoke: AccessChange = { op: 'revoke', grantId: grants[0]?.id ?? 'gr_aaaaaaaaaaaaaaaa', version: 1 };
    const { body } = await post(owner, 'access/changes/preview', { changes: [revoke] });
    expect(
      AccessPreview.parse(body).falling.flatMap((item) => (item.kind === 'exception' ? [] : item.grant.principal.id)),
    ).toEqual([tania.user.id, third.user.id]);
    expect((await change(owner, [revoke])).fallen).toBe(2);
    expect((await get(tania, `containers/${web.id}`)).status).toBe(404);
    expect((await get(third, `containers/${web.id}`)).status).toBe(404);
  });

  it('is not told by name to whom it is over: what it was on is out of their sight', async () => {
    await fresh();
    const expiresAt = new Date(Date.now() + 300).toISOString();
    await change(owner, [grantTo(tania, web, { role: 'observer', expiresAt })]);
    const reach = async (who: SignedInPerson) =>
      ReachList.parse((await get(who, `access/reach?principal=${tania.user.id}`)).body).grants;
    expect(await reach(tania)).toMatchObject([{ targetName: web.name }]);
    await until(async () => (await get(tania, `containers/${web.id}`)).status === 404);
    expect(await reach(tania)).toEqual([]);
    expect(await reach(owner)).toMatchObject([{ targetName: web.name, expired: true }]);
  });

  it('ends by itself: what is open closes within a second, what is asked then is refused', async () => {
    await fresh();
    const live = await LiveClient.connect(core, tania);
    const viewer = await LogViewer.connect(core, tania);
    const endsAtMs = Date.now() + 1500;
    await change(owner, [grantTo(tania, web, { role: 'operator', expiresAt: new Date(endsAtMs).toISOString() })]);
    await live.join('containers');
    await viewer.follow({ containerId: web.id });
    await until(() => viewer.ended.length > 0 && live.gone.length > 0, { within: 4000, what: 'The end' });
    const closedAfterMs = Date.now() - endsAtMs;
    expect(closedAfterMs).toBeGreaterThanOrEqual(0);
    expect(closedAfterMs).toBeLessThan(1000);
    expect((await get(tania, `containers/${web.id}`)).status).toBe(404);
    await until(async () => (await get(owner, `audit?target=${web.id}&action=access.expire`)).body.items.length === 1);
    viewer.close();
    live.close();
  });

  it('closes the logs of who loses it by a change within a second', async () => {
    await fresh();
    const { grants } = await change(owner, [grantTo(tania, web, { role: 'operator' })]);
    const viewer = await LogViewer.connect(core, tania);
    await viewer.follow({ containerId: web.id });
    const began = performance.now();
    await change(owner, [{ op: 'revoke', grantId: grants[0]?.id ?? 'gr_aaaaaaaaaaaaaaaa', version: 1 }]);
    await until(() => viewer.ended.length > 0);
    expect(performance.now() - began).toBeLessThan(1000);
    viewer.close();
  });
});

describe('what is inherited', () => {
  beforeAll(fresh);

  it('is shown where it counts: what is given for a tenant not on what was only found on an engine', async () => {
    const target = { kind: 'tenant' as const, id: tania.user.tenantId };
    await change(owner, [grantTo(tania, web, { target, role: 'operator' })]);
    const found = await seenOnEngine(core, { name: `found-${made}` });
    const inheritedOn = async ({ id }: Pick<SeenContainer, 'id'>) =>
      TargetAccess.parse((await get(owner, `access/on?resource=${id}`)).body).inherited.map(
        ({ principal }) => principal.id,
      );
    expect(await inheritedOn(web)).toContain(tania.user.id);
    expect((await explain(owner, tania, 'containers.stop')).decidedBy).toBe('tenant');
    expect(await inheritedOn(found)).not.toContain(tania.user.id);
    expect((await explain(owner, tania, 'containers.stop', found.id)).allowed).toBe(false);
  });
});

describe('whom and what can be chosen', () => {
  beforeAll(fresh);
  const choices = async (who: SignedInPerson, q = '') =>
    get(who, `access/principals?resource=${web.id}&q=${encodeURIComponent(q)}`);

  it('are the people of the tenant who are not staff, whoever holds something first, found by parts of their names', async () => {
    await change(owner, [grantTo(tania, web, { role: 'operator' })]);
    const { items } = PrincipalList.parse((await choices(maintainer)).body);
    expect(items[0]).toEqual({
      kind: 'user',
      id: tania.user.id,
      name: tania.user.displayName,
      username: tania.user.username,
      platformRole: 'member',
      carries: 'user',
      active: true,
    });
    expect(items.map(({ id }) => id)).not.toContain(owner.user.id);
    const found = PrincipalList.parse((await choices(maintainer, tania.user.username.toUpperCase())).body);
    expect(found.items.map(({ id }) => id)).toEqual([tania.user.id]);
    expect(PrincipalList.parse((await choices(maintainer, 'nobody at all')).body).items).toEqual([]);
  });

  it('are teams with how many are in them', async () => {
    const id = newId('tea');
    const team = {
      id,
      tenantId: tania.user.tenantId,
      name: `Backend ${made}`,
      priority: 1,
      members: new Set([tania.user.id]),
    };
    await core.app.get(AccessBook).change(() => Promise.resolve({ writes: { putTeams: [team] }, result: undefined }));
    const { items } = PrincipalList.parse((await choices(maintainer, `backend ${made}`)).body);
    expect(items).toEqual([{ kind: 'team', id, name: `Backend ${made}`, members: 1 }]);
  });

  it('are roles, each with what of it the asker does not hold there', async () => {
    const { roles } = PrincipalList.parse((await choices(maintainer)).body);
    const operator = roles.find(({ name }) => name === 'operator');
    expect(operator).toMatchObject({ builtIn: true, missing: [] });
    expect(operator?.capabilities).toContain('containers.restart');
    const helper = await signIn(core, { platformRole: 'member' });
    await change(maintainer, [grantTo(helper, web, { role: 'operator', allow: ['containers.manageAccess'] })]);
    const theirs = PrincipalList.parse((await choices(helper)).body).roles;
    expect(theirs.find(({ name }) => name === 'operator')?.missing).toEqual([]);
    expect(theirs.find(({ name }) => name === 'developer')?.missing).toContain('containers.settingsPorts');
  });

  it('are told to nobody who may not hand on there', async () => {
    const { status, body } = await choices(tania);
    expect({ status, missing: body.params.missing }).toEqual({ status: 403, missing: ['containers.manageAccess'] });
    const stranger = await signIn(core, { platformRole: 'member' });
    expect((await choices(stranger)).status).toBe(404);
  });
});

describe('explaining', () => {
  beforeAll(fresh);

  it('says which rule decided, by which grant, who set it, and what would change it', async () => {
    const { grants } = await change(
      owner,
      [grantTo(tania, web, { role: 'operator', deny: ['containers.stop'] })],
      'no stops',
    );
    const no = await explain(owner, tania, 'containers.stop');
    expect(no).toMatchObject({ allowed: false, decidedBy: 'denied', resource: { name: web.name } });
    const winning = no.trace.find(({ wins }) => wins);
    expect(winning?.sources).toMatchObject([
      {
        id: grants[0]?.id,
        reason: 'no stops',
        grantedBy: { id: owner.user.id },
        principalName: tania.user.displayName,
      },
    ]);
    expect(no.fixes).toMatchObject([
      { kind: 'remove_exception', grantId: grants[0]?.id, mine: true },
      { kind: 'request', mine: false },
    ]);
    const yes = await explain(owner, tania, 'containers.start');
    expect(yes).toMatchObject({ allowed: true, decidedBy: 'direct', fixes: [{ kind: 'revoke' }] });
  });

  it('tells somebody about themselves whom to ask', async () => {
    const mine = await explain(tania, tania, 'containers.delete');
    expect(mine).toMatchObject({ allowed: false, decidedBy: 'default' });
    expect(mine.fixes.map(({ kind, mine }) => ({ kind, mine }))).toEqual([
      { kind: 'grant', mine: false },
      { kind: 'request', mine: true },
    ]);
    expect(mine.fixes[0]?.by).toEqual([maintainer.user.displayName, 'owner', 'administrator']);
  });

  it('names everybody who may, with the rule that lets them', async () => {
    const { body } = await get(maintainer, `access/who-can?resource=${web.id}&capability=containers.start`);
    const rules = new Map(WhoCanList.parse(body).items.map(({ user, decidedBy }) => [user.id, decidedBy]));
    expect(rules.get(owner.user.id)).toBe('staff');
    expect(rules.get(maintainer.user.id)).toBe('owner');
    expect(rules.get(tania.user.id)).toBe('direct');
  });

  it('lists what somebody can reach, to them and to staff, and to nobody else', async () => {
    const { body } = await get(tania, `access/reach?principal=${tania.user.id}`);
    expect(ReachList.parse(body).items).toMatchObject([{ target: { id: web.id }, decidedBy: 'direct' }]);
    expect((await get(owner, `access/reach?principal=${tania.user.id}`)).status).toBe(200);
    expect((await get(tania, `access/reach?principal=${maintainer.user.id}`)).status).toBe(404);
  });
});

describe('what a role means on one container', () => {
  beforeAll(fresh);

  it('is changed for everybody who has it there, and nowhere else', async () => {
    const other = await ownedOnEngine(core, maintainer.user, { name: `other-${made}`, command: ['sleep', '9'] });
    await change(owner, [grantTo(tania, web, { role: 'user' }), grantTo(tania, other, { role: 'user' })]);
    const except = (deny: Capability[], allow: Capability[], version: number): AccessChange => ({
      op: 'exception',
      containerId: web.id,
      role: 'user',
      allow,
      deny,
      version,
    });
    await change(maintainer, [except(['files.list'], ['containers.start'], 0)]);
    expect((await explain(owner, tania, 'files.list')).allowed).toBe(false);
    expect((await explain(owner, tania, 'files.list')).fixes[0]).toMatchObject({
      kind: 'remove_role_exception',
      role: 'user',
    });
    expect((await explain(owner, tania, 'containers.start')).allowed).toBe(true);
    expect((await explain(owner, tania, 'files.list', other.id)).allowed).toBe(true);
    await change(maintainer, [except([], [], 1)]);
    expect((await explain(owner, tania, 'files.list')).allowed).toBe(true);
    expect((await explain(owner, tania, 'containers.start')).allowed).toBe(false);
  });
});
