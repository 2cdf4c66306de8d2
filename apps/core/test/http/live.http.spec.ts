import { request as httpRequest } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Accepted, ContainerList } from '@bailiwick/contract';
import { LiveService } from '../../src/features/live/live.service.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { Events } from '../../src/kernel/events.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aContainer } from '../factories/container.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { changeRights } from '../people.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const WEB = { name: 'web', image: 'nginx:stable' };
let core: TestApp;
let owner: SignedInPerson;
beforeEach(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await core.close();
});

const clients: LiveClient[] = [];
const connect = async (person: SignedInPerson): Promise<LiveClient> => {
  const client = await LiveClient.connect(core, person);
  clients.push(client);
  return client;
};

const list = async (person: SignedInPerson) => {
  const answer = await fetch(`${core.url}/api/v1/containers`, { headers: person.headers });
  return ContainerList.parse(await answer.json()).items;
};
const rename = (id: string, name: string) =>
  fetch(`${core.url}/api/v1/containers/${id}/name`, {
    method: 'PUT',
    headers: { ...owner.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });

describe('following the containers', () => {
  it('begins with what the list shows', async () => {
    await seenOnEngine(core, WEB);
    const { snapshot } = await (await connect(owner)).join('containers');
    expect(snapshot).toEqual(await list(owner));
  });

  it('tells what happens on the engine, numbered, as the list would show it', async () => {
    const client = await connect(owner);
    const { epoch, seq } = await client.join('containers');
    const web = await seenOnEngine(core, WEB);
    await until(() => client.changes.length > 0);
    expect(client.changes).toEqual([
      { topic: 'containers', epoch, seq: seq + 1, type: 'upsert', id: web.id, item: (await list(owner))[0] },
    ]);
    await fakeEngine(core).stop(web.engineId, 1);
    await until(() => client.changes.at(-1)?.item?.state === 'exited');
    await fakeEngine(core).remove(web.engineId, { force: true });
    await until(() => client.changes.at(-1)?.type === 'remove');
    expect(client.changes.map((change) => change.seq)).toEqual(client.changes.map((_, index) => seq + 1 + index));
    expect(client.changes.at(-1)).toEqual({
      topic: 'containers',
      epoch,
      seq: client.changes.length,
      type: 'remove',
      id: web.id,
    });
  });

  it('says nothing when nothing that is shown has changed', async () => {
    const web = await seenOnEngine(core, WEB);
    const client = await connect(owner);
    await client.join('containers');
    for (let look = 0; look < 5; look++) await core.app.get(MirrorsService).refresh(web.environmentId, web.engineId);
    await rename(web.id, 'last');
    await until(() => client.changes.at(-1)?.item?.name === 'last');
    expect(client.changes).toHaveLength(1);
  });

  it('shows everybody only what is theirs', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const his = await ownedOnEngine(core, member.user, { ...WEB, name: 'his' });
    const other = await seenOnEngine(core, { ...WEB, name: 'other' });
    const client = await connect(member);
    const { snapshot } = await client.join('containers');
    expect(snapshot).toMatchObject([{ id: his.id }]);
    await fakeEngine(core).stop(other.engineId, 1);
    await fakeEngine(core).remove(other.engineId, { force: true });
    await fakeEngine(core).stop(his.engineId, 1);
    await until(() => client.changes.at(-1)?.item?.state === 'exited');
    expect(new Set(client.changes.map(({ id }) => id))).toEqual(new Set([his.id]));
    expect(client.changes.at(-1)?.item).toEqual((await list(member))[0]);
  });

  it('says that nothing is known any more when the engine goes away', async () => {
    const web = await seenOnEngine(core, WEB);
    const client = await connect(owner);
    await client.join('containers');
    await client.join('environments');
    fakeEngine(core).goOffline();
    await until(() => client.changes.some(({ id, item }) => id === web.id && item?.status === 'unknown'));
    await until(() => client.changes.some(({ topic, item }) => topic === 'environments' && item?.state === 'offline'));
  });
});

describe('following operations', () => {
  const remove = async (id: string): Promise<string> => {
    const answer = await fetch(`${core.url}/api/v1/containers/${id}`, {
      method: 'DELETE',
      headers: { ...owner.headers, 'content-type': 'application/json' },
      body: '{}',
    });
    return Accepted.parse(await answer.json()).operation.id;
  };
  const statesOf = ({ changes }: LiveClient, id: string) =>
    changes.filter((change) => change.id === id).map(({ item }) => item?.['state']);

  it('tells how one goes on to its end, in the list and on its own topic, and on the container meanwhile', async () => {
    const web = await seenOnEngine(core, WEB, { started: false });
    const client = await connect(owner);
    await client.join('operations');
    await client.join('containers');
    fakeEngine(core).slowDown(50);
    const id = await remove(web.id);
    const own = await connect(owner);
    const { snapshot } = await own.join(`operation:${id}`);
    expect(snapshot).toMatchObject([{ id, name: 'containers.delete' }]);
    await until(() => statesOf(own, id).at(-1) === 'done' && statesOf(client, id).at(-1) === 'done');
    expect(statesOf(client, id)).toContain('running');
    const told = client.changes.filter((change) => change.topic === 'containers' && change.id === web.id);
    expect(told.map(({ item }) => item?.['operationId'])).toContain(id);
    await until(() => client.changes.some((change) => change.topic === 'containers' && change.type === 'remove'));
  });

  it('tells a member nothing of what is not theirs', async () => {
    const web = await seenOnEngine(core, WEB, { started: false });
    const member = await connect(await signIn(core, { platformRole: 'member' }));
    const witness = await connect(owner);
    expect((await member.join('operations')).snapshot).toEqual([]);
    await witness.join('operations');
    const id = await remove(web.id);
    expect(await member.ask({ topic: `operation:${id}` })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await until(() => statesOf(witness, id).at(-1) === 'done');
    expect(member.changes).toEqual([]);
  });
});

describe('coming back', () => {
  it('brings exactly what was missed, once', async () => {
    const web = await seenOnEngine(core, WEB);
    const witness = await connect(owner);
    await witness.join('containers');
    const first = await connect(owner);
    const { epoch, seq } = await first.join('containers');
    await rename(web.id, 'seen');
    await until(() => first.changes.length === 1);
    first.socket.close();
    await rename(web.id, 'missed');
    await seenOnEngine(core, { ...WEB, name: 'new' });
    await until(() => witness.changes.at(-1)?.item?.name === 'new');

    const second = await connect(owner);
    const joined = await second.join('containers', { epoch, seq: seq + 1 });
    expect(joined).toMatchObject({ epoch, seq: seq + 3 });
    expect(joined.snapshot).toBeUndefined();
    expect(joined.replay).toMatchObject([
      { seq: seq + 2, item: { name: 'missed' } },
      { seq: seq + 3, item: { name: 'new' } },
    ]);
    await rename(web.id, 'live');
    await until(() => second.changes.length > 0);
    expect(second.changes).toMatchObject([{ epoch, seq: seq + 4, item: { name: 'live' } }]);
  });

  it('brings everything anew when too much was missed', async () => {
    const { environmentId } = await seenOnEngine(core, WEB);
    const witness = await connect(owner);
    await witness.join('containers');
    const first = await connect(owner);
    const { epoch, seq } = await first.join('containers');
    first.socket.close();
    const events = core.app.get(Events);
    for (let n = 0; n < 300; n++) {
      const container = aContainer({ environmentId, name: `c${n}` });
      events.publish('container.changed', { type: 'upsert', container, version: 0 });
    }
    await until(() => witness.changes.length === 300);
    const joined = await (await connect(owner)).join('containers', { epoch, seq });
    expect(joined.epoch).not.toBe(epoch);
    expect(joined.snapshot).toHaveLength(301);
  });

  it.each([
    [119_000, 'replay'],
    [121_000, 'snapshot'],
  ])('after %d ms away it brings the %s', async (awayMs, begin) => {
    await core.close();
    const clock = new ManualClock();
    core = await startApp({ clock });
    const { actor } = await signIn(core);
    const live = core.app.get(LiveService);
    const sink = { change: () => undefined, gone: () => undefined };
    const { subscription, epoch, seq } = await live.open(actor, 'containers');
    subscription.attach(sink, seq);
    live.detach(subscription, sink);
    clock.advance(awayMs);
    expect((await live.open(actor, 'containers', { epoch, seq })).begin).toEqual({ [begin]: [] });
  });

  it('never replays what belongs to somebody else', async () => {
    const first = await connect(owner);
    const { epoch, seq } = await first.join('containers');
    const member = await signIn(core, { platformRole: 'member' });
    await seenOnEngine(core, WEB);
    const joined = await (await connect(member)).join('containers', { epoch, seq });
    expect(joined.snapshot).toEqual([]);
    expect(joined.epoch).not.toBe(epoch);
  });
});

describe('losing rights', () => {
  it('takes everything away when the session ends, and cuts the connection within a second', async () => {
    const client = await connect(owner);
    await client.join('containers');
    await client.join('environments');
    await fetch(`${core.url}/api/v1/sign-out`, {
      method: 'POST',
      headers: { ...owner.headers, 'content-type': 'application/json' },
      body: '{}',
    });
    await until(() => client.socket.disconnected, { within: 1000 });
    expect(client.gone).toEqual([
      { topic: 'containers', reason: 'signed_out' },
      { topic: 'environments', reason: 'signed_out' },
    ]);
    await expect(connect(owner)).rejects.toThrow();
  });

  it('takes a topic away when rights change; who joins again sees by the new ones', async () => {
    await seenOnEngine(core, WEB);
    const administrator = await signIn(core, { platformRole: 'administrator' });
    const client = await connect(administrator);
    expect((await client.join('containers')).snapshot).toHaveLength(1);
    await changeRights(core, administrator.user.id, { platformRole: 'member' });
    await until(() => client.gone.length > 0, { within: 1000 });
    expect(client.gone).toEqual([{ topic: 'containers', reason: 'rights_changed' }]);
    await seenOnEngine(core, { ...WEB, name: 'later' });
    expect((await client.join('containers')).snapshot).toEqual([]);
    expect(client.changes).toEqual([]);
  });
});

describe('rights that change while somebody asks', () => {
  it('never opens a topic for rights that are no longer held', async () => {
    const administrator = await signIn(core, { platformRole: 'administrator' });
    const live = core.app.get(LiveService);
    await changeRights(core, administrator.user.id, { platformRole: 'member' });
    await expect(live.open(administrator.actor, 'containers')).rejects.toMatchObject({ code: 'busy' });
  });

  it('ends at once what was opened and not yet listened to', async () => {
    const administrator = await signIn(core, { platformRole: 'administrator' });
    const { subscription, seq } = await core.app.get(LiveService).open(administrator.actor, 'containers');
    await changeRights(core, administrator.user.id, { platformRole: 'member' });
    const told: unknown[] = [];
    subscription.attach({ change: (change) => told.push(change), gone: (gone) => told.push(gone) }, seq);
    await seenOnEngine(core, WEB);
    expect(told).toEqual([{ topic: 'containers', reason: 'rights_changed' }]);
  });
});

describe('what a client may say', () => {
  it.each([
    ['an unknown topic', { topic: 'secrets' }],
    ['no topic', {}],
    ['an unknown field', { topic: 'containers', tenantId: 'ten_aaaaaaaaaaaaaaaa' }],
    ['a position that is none', { topic: 'containers', since: { epoch: 'x', seq: -1 } }],
    ['no object at all', 'containers'],
  ])('answers %s with an error, and goes on', async (_, message) => {
    const client = await connect(owner);
    const joined = await client.ask(message);
    expect(joined).toMatchObject({
      ok: false,
      error: { code: 'invalid_request', requestId: expect.stringMatching(/^req_/) },
    });
    await client.join('containers');
  });

  it('answers 404 for an operation that is not there to be seen', async () => {
    const client = await connect(owner);
    const joined = await client.ask({ topic: 'operation:op_aaaaaaaaaaaaaaaa' });
    expect(joined).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('answers a message it does not know', async () => {
    const client = await connect(owner);
    const answered = new Promise((resolve) => client.socket.once('exception', resolve));
    client.socket.emit('shout', {});
    expect(await answered).toMatchObject({ code: 'invalid_request' });
  });

  it('hears nothing more of a topic that was left', async () => {
    const web = await seenOnEngine(core, WEB);
    const client = await connect(owner);
    const other = await connect(owner);
    await client.join('containers');
    await other.join('containers');
    client.socket.emit('leave', { topic: 'containers' });
    await client.join('environments');
    await rename(web.id, 'other');
    await until(() => other.changes.length > 0);
    expect(client.changes).toEqual([]);
  });

  it('cuts off a client that floods, and only that one', async () => {
    const quiet = await connect(owner);
    const loud = await connect(owner);
    for (let n = 0; n < 400; n++) loud.socket.emit('leave', { topic: 'containers' });
    await until(() => loud.socket.disconnected);
    await quiet.join('containers');
  });
});

describe('the door', () => {
  const knock = (headers: Record<string, string>, path = '/socket.io/?EIO=4&transport=websocket') =>
    new Promise<{ status: number; body: unknown }>((resolve, reject) => {
      const request = httpRequest(`${core.url}${path}`, {
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
          ...headers,
        },
      });
      request.once('upgrade', ({ statusCode = 0 }, socket) => {
        socket.destroy();
        resolve({ status: statusCode, body: {} });
      });
      request.once('response', (response) => {
        const { statusCode: status = 0 } = response;
        json(response).then((body) => resolve({ status, body }), reject);
      });
      request.once('error', reject).end();
    });

  it('opens for a signed-in person on a page of the panel', async () => {
    expect(await knock({ cookie: owner.cookie, origin: core.url })).toMatchObject({ status: 101 });
  });

  it.each([
    ['none at all', undefined],
    ['null', 'null'],
    ['another site', 'https://evil.example'],
    ['a host that only begins like ours', 'http://127.0.0.1.evil.example'],
    ['a host that only ends like ours', 'http://evil127.0.0.1'],
    ['our host on another port', 'http://127.0.0.1:1'],
    ['our host by another scheme', 'https://127.0.0.1:5000'],
    ['ours with a path', 'http://127.0.0.1:5000/'],
    ['two', 'http://127.0.0.1:5000, https://evil.example'],
  ])('refuses the origin: %s', async (_, origin) => {
    expect(await knock({ cookie: owner.cookie, ...(origin === undefined ? {} : { origin }) })).toMatchObject({
      status: 403,
      body: { code: 'origin_refused' },
    });
  });

  it('refuses strangers before the upgrade', async () => {
    expect(await knock({ origin: core.url })).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(await knock({ origin: core.url, cookie: `bw_session=${'a'.repeat(43)}` })).toMatchObject({ status: 401 });
  });

  it('refuses a name that is not ours', async () => {
    const headers = { host: 'rebind.evil', origin: 'http://rebind.evil', cookie: owner.cookie };
    expect(await knock(headers)).toMatchObject({ status: 421, body: { code: 'host_refused' } });
  });

  it('refuses an address where nothing is', async () => {
    expect(await knock({ cookie: owner.cookie, origin: core.url }, '/elsewhere')).toMatchObject({ status: 404 });
  });

  it('offers no other transport', async () => {
    const answer = await fetch(`${core.url}/socket.io/?EIO=4&transport=polling`, { headers: owner.headers });
    expect(answer.status).toBe(404);
  });
});

describe('how many may be open', () => {
  it('lets in as many as a person may have, and another once one is closed', async () => {
    await core.close();
    core = await startApp({ env: { BAILIWICK_SOCKETS_PER_PERSON: '2' } });
    owner = await signIn(core);
    const first = await connect(owner);
    await connect(owner);
    await expect(connect(owner)).rejects.toThrow();
    await connect(await signIn(core, { platformRole: 'member' }));
    first.socket.close();
    await until(() =>
      connect(owner).then(
        () => true,
        () => false,
      ),
    );
  });

  it('lets in as many as an address and the whole may have', async () => {
    await core.close();
    core = await startApp({ env: { BAILIWICK_SOCKETS_PER_ADDRESS: '3', BAILIWICK_SOCKETS_TOTAL: '2' } });
    for (let n = 0; n < 2; n++) await connect(await signIn(core, { platformRole: 'member' }));
    await expect(connect(await signIn(core))).rejects.toThrow();
  });
});
