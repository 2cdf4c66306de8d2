import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Topic } from '@bailiwick/contract';
import request from 'supertest';
import { EntryPoints } from '../../src/foundation/access/entry-points.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { addressOf, isOutside } from '../address.js';
import { startApp, type TestApp } from '../app.js';
import { aGrant, Asking } from '../granting.js';
import { type Told, LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { Cast } from '../reach/cast.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

/** What everything of the hidden person is called by: nobody else's things have it in their names. */
const MARK = /hushed/i;
const HIDDEN_FROM = ['member', 'viewer', 'elsewhere', 'outsider', 'expired'] as const;
type Hidden = (typeof HIDDEN_FROM)[number];

/** What a list can be asked for; where it knows no such field it answers 400. */
const SEARCHES: ReadonlyArray<(about: { containerId: string; ownerId: string; asker: SignedInPerson }) => object> = [
  () => ({}),
  () => ({ q: 'hushed' }),
  () => ({ tenant: 'default' }),
  () => ({ env: 'local' }),
  () => ({ status: 'running' }),
  () => ({ state: 'active' }),
  () => ({ state: 'finished' }),
  () => ({ whose: 'mine' }),
  () => ({ tab: 'archived' }),
  ({ containerId }) => ({ container: containerId }),
  ({ containerId }) => ({ target: containerId }),
  ({ ownerId }) => ({ actor: ownerId }),
  ({ asker }) => ({ principal: asker.user.id }),
  ({ asker }) => ({ resource: asker.user.tenantId }),
  ({ containerId }) => ({ resource: containerId }),
  ({ containerId }) => ({ resource: containerId, capability: 'containers.see' }),
  ({ asker, containerId }) => ({ principal: asker.user.id, resource: containerId, capability: 'containers.see' }),
];

let core: TestApp;
let cast: Cast;
let owner: Asking;
let hidden: SignedInPerson;
let secret: SeenContainer;
let listing: string[];
const before = new Map<Hidden, Record<string, unknown>>();
const live = new Map<Hidden, LiveClient[]>();

const by = (who: Hidden) => new Asking(core, cast.get(who));
const toText = (...what: unknown[]): string => JSON.stringify(what);

/** Whoever may deploy chooses by name whom to share with, as they do on the access tab of what is theirs. */
const PRINCIPALS = 'deployments/principals';

const DEPLOYERS = HIDDEN_FROM.filter((who) => who !== 'viewer');

/** Everything anybody can read without an id. */
const listingRoutes = () =>
  core.app
    .get(EntryPoints)
    .list()
    .flatMap(({ name }) => (name.startsWith('GET ') && !name.includes(':') ? [name.slice('GET '.length)] : []))
    .filter((path) => path !== PRINCIPALS);

/** What moves by itself, and what says only that something did. */
const MOVING: ReadonlySet<string> = new Set(['version', 'requestId', 'syncedAt', 'since', 'lastUsedAt', 'idleEndsAt', 'time', 'uptimeSeconds']); // prettier-ignore
const still = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (key, value) => (MOVING.has(key) ? null : value)));

async function readAll(who: Hidden): Promise<Record<string, unknown>> {
  const bodies: Record<string, unknown> = {};
  for (const path of listing) {
    const { status, body } = isOutside(path) ? await request(core.url).get(addressOf(path)) : await by(who).get(path);
    bodies[path] = still({ status, body });
  }
  return bodies;
}

beforeAll(async () => {
  core = await startApp();
  cast = await Cast.assemble(core);
  owner = new Asking(core, cast.get('owner'));
  listing = listingRoutes();
  const other = await ownedOnEngine(core, cast.get('sibling').user, { name: 'plain', command: ['sleep', 'infinity'] });
  await cast.give('elsewhere', { kind: 'container', id: other.id });
  hidden = await signIn(core, { platformRole: 'member', username: 'hushedowner' });
  for (const who of HIDDEN_FROM) before.set(who, await readAll(who));
});
afterAll(async () => {
  for (const client of [...live.values()].flat()) client.close();
  await core.close();
});

/** A container with everything that can hang on it, all by the marked name. */
async function putInPlace(): Promise<void> {
  secret = await ownedOnEngine(core, hidden.user, {
    name: 'hushedname',
    image: 'hushedimage:1',
    command: ['sleep', 'infinity'],
  });
  const target = { kind: 'container' as const, id: secret.id };
  const wish = { target, capabilities: ['containers.restart'], reason: 'hushed' };
  const project = await owner.post('projects', { name: 'hushedproject', tags: ['hushedtag'] });
  const team = await owner.post('teams', { name: 'hushedteam', members: [hidden.user.id] });
  await owner.post(`projects/${project.body.item.id}/containers/link`, { ids: [secret.id] }).expect(200);
  await owner.change([
    aGrant(hidden, target, { principal: { kind: 'team', id: team.body.item.id }, role: 'observer' }),
    aGrant(cast.get('guest'), target, { role: 'observer' }),
  ]);
  await cast.give('expired', target, { over: true });
  await cast.give('expired', { kind: 'project', id: project.body.item.id }, { over: true });
  await new Asking(core, cast.get('guest')).post('access/requests', wish).expect(201);
}

/** What its owner does with it. */
async function use(): Promise<void> {
  const its = new Asking(core, hidden);
  await its.post(`containers/${secret.id}/restart`).expect(200);
  const { body } = await its.post('containers/bulk', { action: 'stop', ids: [secret.id] });
  await until(async () => (await owner.get(`operations/${body.operation.id}`)).body.state === 'done');
  await its.patch('me', { displayName: 'Hushed Owner' }).expect(204);
  await its.put(`containers/${secret.id}/name`, { name: 'hushedrenamed' }).expect(204);
}

describe('what is a sibling’s alone', () => {
  it('reaches nobody who may not see it by any live topic, at its begin or by a change', async () => {
    await putInPlace();
    const snapshots = new Map<Hidden, unknown[]>();
    for (const who of HIDDEN_FROM)
      for (const topic of Topic.options[0].options) {
        const client = await LiveClient.connect(core, cast.get(who));
        live.set(who, [...(live.get(who) ?? []), client]);
        const joined = await client.ask({ topic });
        snapshots.set(who, [...(snapshots.get(who) ?? []), joined]);
      }
    const watching = await LiveClient.connect(core, owner.who);
    await watching.join('containers');
    await use();
    await until(() => watching.changes.some(({ item }) => item?.['name'] === 'hushedrenamed'));
    watching.close();
    // What comes after everything else has come: nothing is on its way any more.
    for (const who of HIDDEN_FROM) {
      const own = await ownedOnEngine(core, cast.get(who).user, { name: `own-${who}`, command: ['sleep', 'infinity'] });
      const isTold = ({ id }: Told) => id === own.id;
      await until(() => live.get(who)?.some(({ changes }) => changes.some(isTold)), {
        what: `The own container of ${who}`,
      });
      const told = toText(
        snapshots.get(who),
        live.get(who)?.map(({ changes }) => changes),
      );
      expect({ who, marked: MARK.exec(told)?.[0] ?? null, id: told.includes(secret.id) }).toEqual({ who, marked: null, id: false }); // prettier-ignore
    }
  });

  it.each(HIDDEN_FROM)('reaches no list, no search and no count of %s', async (who) => {
    const told: string[] = [];
    const about = { containerId: secret.id, ownerId: hidden.user.id, asker: cast.get(who) };
    for (const path of listing)
      for (const search of SEARCHES) {
        const query = search(about);
        const { text, status } = await (isOutside(path) ? request(core.url).get(addressOf(path)) : by(who).get(path)).query(query); // prettier-ignore
        // A refusal repeats what was asked for; nothing else may.
        const said =
          status < 400 ? text : [secret.id, hidden.user.id].reduce((all, id) => all.replaceAll(id, ''), text);
        if (MARK.test(said) || said.includes(secret.id) || said.includes(hidden.user.id))
          told.push(`${path} ${JSON.stringify(query)}: ${text}`);
        // Whoever may not read it at all may not, whatever they look for.
        if (status === 403) break;
      }
    expect(told).toEqual([]);
  });

  it.each(DEPLOYERS)('is told to %s of people and teams only, as to whoever hands on what is theirs', async (who) => {
    const mine = await by(who).get(`containers?q=own-${who}`);
    const own = await by(who).get(`access/principals?resource=${mine.body.items[0].id}`);
    const { status, body } = await by(who).get(PRINCIPALS);
    const others = own.body.items.filter(({ id }: { id: string }) => id !== cast.get(who).user.id);
    expect({ status, items: body.items }).toEqual({ status: 200, items: others });
    expect(toText(body)).not.toMatch(new RegExp(`${secret.id}|hushedname|hushedimage|hushedproject|hushedtag`));
  });

  it('is told to whoever may see it by every list that has it, so that the search above searches', async () => {
    const found = async (path: string) => toText((await owner.get(path)).body);
    for (const path of ['containers', 'operations', 'projects', 'teams', 'users', 'audit', 'access/requests'])
      expect(await found(path)).toMatch(MARK);
  });

  it.each(HIDDEN_FROM)('leaves everything %s reads as it was, but for what is their own', async (who) => {
    const now = await readAll(who);
    const own = new Set(['containers', 'environments', 'events', 'me/sessions', 'me/activity', 'metrics/containers']);
    const changed = listing.filter((path) => !own.has(path) && toText(now[path]) !== toText(before.get(who)?.[path]));
    expect(changed.map((path) => ({ path, was: before.get(who)?.[path], is: now[path] }))).toEqual([]);
    const { body } = await by(who).get('containers');
    expect(body.items.map(({ name }: { name: string }) => name).sort()).toEqual(
      who === 'elsewhere' ? [`own-${who}`, 'plain'] : [`own-${who}`],
    );
    const theirs = body.items.map(({ id }: { id: string }) => id);
    const { body: told } = await by(who).get('events?limit=1000');
    expect(told.items.filter(({ data }: { data: { id: string } }) => !theirs.includes(data.id))).toEqual([]);
    const { body: measured } = await by(who).get('metrics/containers');
    expect(measured.items.filter(({ id }: { id: string }) => !theirs.includes(id))).toEqual([]);
    const { body: places } = await by(who).get('environments');
    expect(places.items.map(({ containers }: { containers: object }) => containers)).toEqual([
      { total: body.items.length, running: body.items.length },
    ]);
  });
});
