import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessRequest, type Capability } from '@bailiwick/contract';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { startApp, type TestApp } from '../app.js';
import { seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { LogViewer } from '../log-viewer.js';
import { ownedOnEngine } from '../owned-container.js';
import { openSession, signIn } from '../sign-in.js';
import { until } from '../until.js';

const HOUR_MS = 3_600_000;

let core: TestApp;
let owner: Asking;
let maintainer: Asking;
let tania: Asking;
let web: SeenContainer;
let made = 0;
const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));

beforeAll(async () => {
  core = await startApp();
  owner = new Asking(core, await signIn(core));
  maintainer = await member();
});
afterAll(() => core.close());
beforeEach(async () => {
  web = await ownedOnEngine(core, maintainer.who.user, { name: `web-${(made += 1)}`, command: ['sleep', 'infinity'] });
  tania = await member();
});

const onWeb = () => ({ kind: 'container' as const, id: web.id });
const wish = (capabilities: Capability[], more: object = {}) => ({
  target: onWeb(),
  capabilities,
  reason: 'The shop is down.',
  ...more,
});
const asks = async (capabilities: Capability[], more: object = {}): Promise<AccessRequest> => {
  const { status, body } = await tania.post('access/requests', wish(capabilities, more));
  expect({ status, body }).toMatchObject({ status: 201 });
  return AccessRequest.parse(body.item);
};
const observes = () => owner.change([aGrant(tania.who, onWeb(), { role: 'observer' })]);
const answer = (who: Asking, { id }: AccessRequest, verb: string, body: object = {}) =>
  who.post(`access/requests/${id}/${verb}`, body);
const restart = async () => (await tania.post(`containers/${web.id}/restart`)).status;

describe('asking for access', () => {
  it('that is approved works on the very next request, and shows who said so', async () => {
    await observes();
    expect(await restart()).toBe(403);
    const request = await asks(['containers.restart']);
    const { body } = await maintainer.get('access/requests');
    expect(body).toMatchObject({
      pending: 1,
      items: [{ id: request.id, rights: { can: ['containers.manageAccess'] } }],
    });
    expect((await answer(maintainer, request, 'approve', { note: 'Go ahead.' })).status).toBe(200);
    expect(await restart()).toBe(200);
    const { body: mine } = await tania.get('access/requests?whose=mine');
    expect(mine.items).toMatchObject([
      {
        state: 'approved',
        note: 'Go ahead.',
        decidedBy: { name: maintainer.who.user.displayName },
        rights: { can: [] },
      },
    ]);
    const { body: trail } = await owner.get(`audit?target=${web.id}`);
    const actions = trail.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['access.request', 'access.approve', 'access.change']));
  });

  it('lends for a while beside what was there, takes it back on time, and closes what is open by it', async () => {
    await owner.change([aGrant(tania.who, onWeb(), { role: 'operator', deny: ['containers.logs'] })]);
    const request = await asks(['containers.logs'], { durationMs: HOUR_MS });
    expect((await answer(maintainer, request, 'approve', { durationMs: 60_000 })).status).toBe(200);
    const viewer = await LogViewer.connect(core, tania.who);
    await viewer.follow({ containerId: web.id });
    const [grant] = (await owner.get(`access/on?resource=${web.id}`)).body.grants;
    expect(grant).toMatchObject({
      role: 'operator',
      deny: ['containers.logs'],
      lent: [{ capability: 'containers.logs' }],
    });
    await owner.change([
      { op: 'lend', principal: grant.principal, target: onWeb(), capabilities: ['containers.logs'], until: new Date(Date.now() + 1200).toISOString() }, // prettier-ignore
    ]);
    await until(() => viewer.ended.length === 1, { within: 4000 });
    expect((await tania.get(`containers/${web.id}/logs`)).status).toBe(403);
    expect(await restart()).toBe(200);
    viewer.close();
  });

  it('lifts an exception for good when it is approved without an end', async () => {
    await owner.change([aGrant(tania.who, onWeb(), { role: 'operator', deny: ['containers.restart'] })]);
    const request = await asks(['containers.restart']);
    expect((await answer(maintainer, request, 'approve')).status).toBe(200);
    expect(await restart()).toBe(200);
    const [grant] = (await owner.get(`access/on?resource=${web.id}`)).body.grants;
    expect(grant).toMatchObject({ role: 'operator', deny: [], lent: [] });
  });

  it('can be approved in part, and never beyond what was asked', async () => {
    await observes();
    const request = await asks(['containers.restart', 'containers.stop']);
    const more = await answer(maintainer, request, 'approve', { capabilities: ['containers.delete'] });
    expect(more.status).toBe(400);
    await answer(maintainer, request, 'approve', { capabilities: ['containers.restart'] });
    expect(await restart()).toBe(200);
    expect((await tania.post(`containers/${web.id}/stop`)).status).toBe(403);
  });

  it('is denied with a reason, or taken back, and answered once', async () => {
    await observes();
    const denied = await asks(['containers.restart']);
    expect((await answer(maintainer, denied, 'deny')).status).toBe(400);
    expect((await answer(maintainer, denied, 'deny', { note: 'Not today.' })).status).toBe(200);
    const again = await answer(maintainer, denied, 'approve');
    expect({ status: again.status, state: again.body.params.state }).toEqual({ status: 409, state: 'denied' });
    const taken = await asks(['containers.restart']);
    expect((await answer(maintainer, taken, 'withdraw')).status).toBe(404);
    expect((await answer(tania, taken, 'withdraw')).status).toBe(200);
    expect((await answer(maintainer, taken, 'approve')).status).toBe(409);
    expect(await restart()).toBe(403);
  });

  it('says to whom lost sight of the thing meanwhile that they asked, and not what it is called now', async () => {
    const { grants } = await observes();
    const request = await asks(['containers.restart']);
    await owner.change(grants.map(({ id, version }) => ({ op: 'revoke', grantId: id, version })));
    await maintainer.put(`containers/${web.id}/name`, { name: `hidden-${made}` }).expect(204);
    const { body: mine } = await tania.get('access/requests?whose=mine');
    expect(mine.items).toMatchObject([{ id: request.id, targetName: null }]);
    expect((await tania.get(`access/requests/${request.id}`)).body.item.targetName).toBeNull();
    expect((await maintainer.get(`access/requests/${request.id}`)).body.item.targetName).toBe(`hidden-${made}`);
  });

  it('is answered by one of two who answer at once', async () => {
    await observes();
    const request = await asks(['containers.restart']);
    const answers = await Promise.all([
      answer(maintainer, request, 'approve'),
      answer(owner, request, 'deny', { note: 'No.' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { state } = (await tania.get(`access/requests/${request.id}`)).body.item;
    expect(await restart()).toBe(state === 'approved' ? 200 : 403);
  });
});

describe('asking for access is refused', () => {
  it('for what one does not see, has already, has asked for, or nobody can be given', async () => {
    const { id } = await seenOnEngine(core, { name: `foreign-${made}` });
    const cases: Array<[object, number]> = [
      [wish(['containers.restart']), 404],
      [wish(['containers.restart'], { target: { kind: 'container', id } }), 404],
    ];
    for (const [body, status] of cases) expect((await tania.post('access/requests', body)).status).toBe(status);
    await observes();
    expect((await tania.post('access/requests', wish(['containers.logs']))).status).toBe(409);
    expect((await tania.post('access/requests', wish(['settings.update']))).status).toBe(400);
    expect((await tania.post('access/requests', wish(['containers.restart'], { reason: '' }))).status).toBe(400);
    await asks(['containers.restart']);
    expect((await tania.post('access/requests', wish(['containers.restart']))).status).toBe(409);
  });

  it('an answer by who may not hand it on, or does not hold it: to strangers there is no such request', async () => {
    await observes();
    const request = await asks(['containers.restart']);
    const stranger = await member();
    expect((await answer(stranger, request, 'approve')).status).toBe(404);
    expect((await stranger.get(`access/requests/${request.id}`)).status).toBe(404);
    expect((await stranger.get('access/requests')).body).toMatchObject({ items: [], pending: 0 });
    expect((await answer(tania, request, 'approve')).status).toBe(403);
    const helper = await member();
    await owner.change([aGrant(helper.who, onWeb(), { role: 'observer', allow: ['containers.manageAccess'] })]);
    const refused = await answer(helper, request, 'approve');
    expect({ status: refused.status, missing: refused.body.params.missing }).toEqual({
      status: 403,
      missing: ['containers.restart'],
    });
  });

  it('an approval that would change nothing, because a team’s exception takes it away', async () => {
    const { body } = await owner.post('teams', { name: `Team ${made}`, members: [tania.who.user.id] });
    const team = { kind: 'team' as const, id: body.item.id };
    await owner.change([
      aGrant(tania.who, onWeb(), { principal: team, role: 'operator', deny: ['containers.restart'] }),
    ]);
    const request = await asks(['containers.restart']);
    const refused = await answer(owner, request, 'approve');
    expect({ status: refused.status, by: refused.body.params.decidedBy }).toEqual({ status: 409, by: 'denied' });
  });
});

describe('the live list of requests', () => {
  it('tells who asks and who may answer, each with their own rights, and nobody else', async () => {
    await observes();
    const stranger = await member();
    const [hers, theirs, others] = await Promise.all(
      [tania, maintainer, stranger].map(({ who }) => LiveClient.connect(core, who)),
    );
    if (!hers || !theirs || !others) throw new Error('Somebody is not connected.');
    for (const live of [hers, theirs, others]) {
      const { snapshot } = await live.join('accessRequests');
      expect(JSON.stringify(snapshot)).not.toContain(web.id);
    }
    const request = await asks(['containers.restart']);
    const told = (live: LiveClient) => live.changes.filter(({ id }) => id === request.id).map(({ item }) => item);
    await until(() => told(hers).length > 0 && told(theirs).length > 0, { what: 'Telling of the request' });
    expect(told(hers)).toMatchObject([{ state: 'pending', rights: { can: ['account.manage'] } }]);
    expect(told(theirs)).toMatchObject([{ state: 'pending', rights: { can: ['containers.manageAccess'] } }]);
    await answer(maintainer, request, 'deny', { note: 'Not today.' });
    await until(() => told(hers).length > 1 && told(theirs).length > 1, { what: 'Telling of the answer' });
    expect(told(hers).at(-1)).toMatchObject({ state: 'denied', note: 'Not today.', rights: { can: [] } });
    expect((await others.join('accessRequests')).snapshot).toEqual([]);
    expect(others.changes).toEqual([]);
    for (const live of [hers, theirs, others]) live.close();
  });
});

it('cannot be taken back by who only looks as its person', async () => {
  await observes();
  await asks(['containers.restart']);
  const viewer = new Asking(core, await openSession(core, owner.who.user));
  expect((await viewer.post('access/view-as', { userId: tania.who.user.id })).status).toBe(204);
  const { body } = await viewer.get('access/requests?whose=mine');
  expect(body.items).toMatchObject([{ state: 'pending', rights: { can: [] } }]);
  expect((await viewer.post(`access/requests/${body.items[0].id}/withdraw`)).status).toBe(403);
});
