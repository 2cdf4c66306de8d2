import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RoleList, type Tenant, TenantList, type User, UserList } from '@bailiwick/contract';
import request from 'supertest';
import { TwoFactorService } from '../../src/foundation/identity/two-factor.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aToken } from '../bearer.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { changeRights } from '../people.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { totp } from '../totp.js';
import { until } from '../until.js';

const API = '/api/v1';
const TOPICS = ['people', 'tenants', 'roles'] as const;

describe('following people, tenants and roles', () => {
  let core: TestApp;
  let clock: ManualClock;
  let owner: SignedInPerson;
  const clients: LiveClient[] = [];
  beforeEach(async () => {
    clock = new ManualClock();
    core = await startApp({ clock });
    owner = await signIn(core, { username: 'ada' });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await core.close();
  });

  const connect = async (who: SignedInPerson): Promise<LiveClient> => {
    const client = await LiveClient.connect(core, who);
    clients.push(client);
    return client;
  };
  type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
  const ask = (who: SignedInPerson, verb: Verb, address: string, body?: object) => {
    const asked = request(core.url)[verb](`${API}${address}`).set(who.headers);
    return body === undefined ? asked : asked.send(body);
  };
  const users = async (who = owner) => UserList.parse((await ask(who, 'get', '/users')).body).items;
  const tenant = async (slug: string): Promise<Tenant> =>
    (await ask(owner, 'post', '/tenants', { slug, name: slug.toUpperCase() }).expect(201)).body.item;
  const create = async (wish: object = {}): Promise<User> =>
    (await ask(owner, 'post', '/users', { displayName: 'Alice', username: 'alice', ...wish }).expect(201)).body.item;
  const last = (client: LiveClient, id: string) => client.changes.filter((change) => change.id === id).at(-1);

  it('begins with what the lists show', async () => {
    await tenant('acme');
    await create({ tenant: 'acme', roleTag: 'tester' });
    const client = await connect(owner);
    expect((await client.join('people')).snapshot).toEqual(await users());
    const tenants = TenantList.parse((await ask(owner, 'get', '/tenants')).body).items;
    expect((await client.join('tenants')).snapshot).toEqual(tenants);
    const roles = RoleList.parse((await ask(owner, 'get', '/roles')).body).items;
    expect((await client.join('roles')).snapshot).toEqual(roles);
  });

  it('tells who comes, changes and goes, numbered, as the list shows them', async () => {
    await tenant('acme');
    const client = await connect(owner);
    const { seq } = await client.join('people');
    const { id } = await create({ tenant: 'acme' });
    await until(() => last(client, id)?.type === 'upsert');
    expect(last(client, id)?.item).toEqual((await users()).find((user) => user.id === id));
    await ask(owner, 'patch', `/users/${id}`, { displayName: 'Alice P.', active: false }).expect(200);
    await until(() => last(client, id)?.item?.['active'] === false);
    expect(last(client, id)?.item).toEqual((await users()).find((user) => user.id === id));
    await ask(owner, 'delete', `/users/${id}`, {}).expect(204);
    await until(() => last(client, id)?.type === 'remove');
    expect(client.changes.map((change) => change.seq)).toEqual(client.changes.map((_, index) => seq + 1 + index));
  });

  it('tells a sign-in, and a second factor that comes and goes', async () => {
    const password = 'correct horse battery staple';
    const { id } = await create({ password });
    const client = await connect(owner);
    await client.join('people');
    await request(core.url).post(`${API}/sign-in`).send({ username: 'alice', password }).expect(200);
    await until(() => last(client, id)?.item?.['lastSignInAt'] !== null);
    const factors = core.app.get(TwoFactorService);
    await factors.confirm(await start(factors, id), totpNow(), () => Promise.resolve());
    await until(() => (last(client, id)?.item as User | undefined)?.twoFactor.enabledAt !== null);
    await ask(owner, 'delete', `/users/${id}/two-factor`, { reason: 'lost phone' }).expect(204);
    await until(() => (last(client, id)?.item as User | undefined)?.twoFactor.enabledAt === null);
    await ask(owner, 'put', '/settings/two-factor', { requiredFor: ['member'] }).expect(200);
    await until(() => (last(client, id)?.item as User | undefined)?.twoFactor.missing === true);
  });

  let secret = '';
  const start = async (factors: TwoFactorService, id: User['id']) => {
    secret = await factors.start(id);
    return id;
  };
  const totpNow = () => totp(secret, clock.now());

  it('tells a move on both sides: the person, and how many belong to each tenant', async () => {
    const [acme, beta] = [await tenant('acme'), await tenant('beta')];
    const { id } = await create({ tenant: 'acme' });
    const client = await connect(owner);
    await client.join('people');
    await client.join('tenants');
    await ask(owner, 'post', `/users/${id}/move`, { tenant: 'beta' }).expect(202);
    await until(() => (last(client, id)?.item as User | undefined)?.tenant.slug === 'beta');
    await until(() => last(client, acme.id)?.item?.['people'] === 0 && last(client, beta.id)?.item?.['people'] === 1);
  });

  it('tells a tenant that comes, is renamed, gets a container and is closed, and its people with it', async () => {
    const client = await connect(owner);
    await client.join('people');
    await client.join('tenants');
    const acme = await tenant('acme');
    await until(() => last(client, acme.id)?.item?.['name'] === 'ACME');
    const { id } = await create({ tenant: 'acme' });
    await ask(owner, 'put', `/tenants/${acme.id}/name`, { name: 'Acme Works' }).expect(200);
    await until(() => (last(client, id)?.item as User | undefined)?.tenant.name === 'Acme Works');
    await until(() => last(client, acme.id)?.item?.['name'] === 'Acme Works');
    expect(last(client, acme.id)?.item).toMatchObject({ name: 'Acme Works', people: 1, containers: 0 });
    const alice = { ...owner.user, id, tenantId: acme.id };
    await ownedOnEngine(core, alice, { name: 'web', image: 'nginx:stable' });
    await until(() => last(client, acme.id)?.item?.['containers'] === 1);
    await ask(owner, 'post', `/tenants/${acme.id}/archive`).expect(200);
    await until(() => last(client, acme.id)?.item?.['archivedAt'] !== null);
    await ask(owner, 'post', `/tenants/${acme.id}/restore`).expect(200);
    await until(() => last(client, acme.id)?.item?.['archivedAt'] === null);
  });

  it('tells a role that comes, is carried and goes', async () => {
    const client = await connect(owner);
    await client.join('roles');
    await ask(owner, 'put', '/roles/cook', { description: 'Cooks.' }).expect(200);
    await until(() => last(client, 'cook')?.item?.['description'] === 'Cooks.');
    const { id } = await create({ roleTag: 'cook' });
    await until(() => last(client, 'cook')?.item?.['people'] === 1);
    await ask(owner, 'patch', `/users/${id}`, { roleTag: 'tester' }).expect(200);
    await until(() => last(client, 'cook')?.item?.['people'] === 0 && last(client, 'tester')?.item?.['people'] === 1);
    await ask(owner, 'delete', '/roles/cook').expect(204);
    await until(() => last(client, 'cook')?.type === 'remove');
  });

  it('shows each of the staff what they themselves may do with somebody', async () => {
    const admin = await signIn(core, { platformRole: 'administrator', username: 'bob' });
    const [hers, his] = [await connect(owner), await connect(admin)];
    await hers.join('people');
    await his.join('people');
    await ask(owner, 'patch', `/users/${owner.user.id}`, { displayName: 'Ada L.' }).expect(200);
    await until(() => hers.changes.length > 0 && his.changes.length > 0);
    const shownTo = async (who: SignedInPerson) => (await users(who)).find(({ id }) => id === owner.user.id);
    expect(last(hers, owner.user.id)?.item).toEqual(await shownTo(owner));
    expect(last(his, owner.user.id)?.item).toEqual(await shownTo(admin));
    expect(last(his, owner.user.id)?.item).not.toEqual(last(hers, owner.user.id)?.item);
  });

  it.each(TOPICS)('is not for members and viewers: %s', async (topic) => {
    for (const platformRole of ['member', 'viewer'] as const) {
      const client = await connect(await signIn(core, { platformRole }));
      expect(await client.ask({ topic })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
      await create({ username: `new-${platformRole}`, roleTag: 'tester' });
      await client.join('operations');
      expect(client.changes).toEqual([]);
    }
  });

  it.each(TOPICS)(
    'is not for a token that was made for something else, nor for one of a single container: %s',
    async (topic) => {
      const join = async (wish: Parameters<typeof aToken>[2]) => {
        const { headers } = await aToken(core, owner, wish);
        const client = await LiveClient.connect(core, { authorization: headers['authorization'] ?? '' });
        clients.push(client);
        return client.ask({ topic });
      };
      const refused = { ok: false, error: { code: 'forbidden' } };
      expect(await join({ capabilities: ['containers.see'] })).toMatchObject(refused);
      const { id } = await ownedOnEngine(core, owner.user, { name: `for-${topic}`, command: ['sleep', '9'] });
      expect(await join({ capabilities: [`${topic}.see`], targets: [id] })).toMatchObject(refused);
      expect(await join({ capabilities: [`${topic}.see`] })).toMatchObject({ ok: true });
    },
  );

  it('is taken away from who is staff no longer, at once', async () => {
    const admin = await signIn(core, { platformRole: 'administrator' });
    const client = await connect(admin);
    for (const topic of TOPICS) await client.join(topic);
    await changeRights(core, admin.user.id, { platformRole: 'member' });
    await until(() => client.gone.length === TOPICS.length, { within: 1000 });
    expect(new Set(client.gone.map(({ topic }) => topic))).toEqual(new Set(TOPICS));
    await create();
    for (const topic of TOPICS)
      expect(await client.ask({ topic })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(client.changes.filter(({ item }) => item?.['username'] === 'alice')).toEqual([]);
  });

  it('brings who comes back exactly what they missed, and everything anew after too long', async () => {
    const witness = await connect(owner);
    await witness.join('people');
    const first = await connect(owner);
    const { epoch, seq } = await first.join('people');
    first.socket.close();
    const { id } = await create();
    await until(() => last(witness, id) !== undefined);
    const { replay, snapshot } = await (await connect(owner)).join('people', { epoch, seq });
    expect(snapshot).toBeUndefined();
    expect(replay).toMatchObject([{ type: 'upsert', id, item: { username: 'alice' } }]);
    const late = await (await connect(owner)).join('people', { epoch: 'sub_aaaaaaaaaaaaaaaa', seq: 3 });
    expect(late.snapshot).toEqual(await users());
  });
});
