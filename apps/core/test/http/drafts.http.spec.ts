import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DRAFT_KEPT_MS, MOST_DRAFTS } from '@bailiwick/contract';
import { DraftRow } from '../../src/features/drafts/draft.entity.js';
import { DraftsService } from '../../src/features/drafts/drafts.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { checkInvariants } from '../invariants.js';
import { changeRights } from '../people.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const clock = new ManualClock();
const A_DRAFT = { preset: 'web', title: 'Web', name: 'shop', content: { form: { name: 'shop', memoryMib: '64' } } };
let app: TestApp;
let member: SignedInPerson;
let other: SignedInPerson;
let owner: SignedInPerson;

const begin = async (person: SignedInPerson, more: object = {}) =>
  (await call(app, person, 'POST', '/me/drafts', { body: { ...A_DRAFT, ...more } })).body;
const listOf = async (person: SignedInPerson) => (await call(app, person, 'GET', '/me/drafts')).body.items;
const rowsOf = (id: string) =>
  app.app
    .get(Database)
    .repository(DraftRow)
    .findBy({ ownerId: id as DraftRow['ownerId'] });
const empty = () => app.app.get(Database).transaction((rows) => rows.deleteAll(DraftRow));

beforeAll(async () => {
  app = await startApp({
    clock,
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_SESSION_IDLE_MIN: '1440',
      BAILIWICK_SESSION_MAX_H: '720',
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: {}, failing: { config: { command: ['sh', '-c', 'exit 3'] } } }),
    },
  });
  [owner, member, other] = await Promise.all([
    signIn(app),
    signIn(app, { platformRole: 'member' }),
    signIn(app, { platformRole: 'member' }),
  ]);
});
afterEach(async () => {
  await empty();
  await checkInvariants(app);
});
afterAll(() => app?.close());

describe('a draft that is shared', () => {
  const share = (person: SignedInPerson, id: string, people: readonly SignedInPerson[]) =>
    call(app, person, 'PUT', `/me/drafts/${id}/people`, { body: { people: people.map(({ user }) => user.id) } });
  const seen = async (person: SignedInPerson, id: string) =>
    (await call(app, person, 'GET', `/me/drafts/${id}`)).status;
  const save = (person: SignedInPerson, id: string, version: number) =>
    call(app, person, 'PUT', `/me/drafts/${id}`, { body: { version, name: `by-${version}`, content: {} } });

  it('is gone on with by those it is shared with, with the check of its version, and by nobody else', async () => {
    const third = await signIn(app, { platformRole: 'member' });
    const { id } = await begin(member);
    expect((await share(member, id, [other])).body).toMatchObject({
      owner: { id: member.user.id },
      sharedWith: [{ id: other.user.id, displayName: other.user.displayName }],
    });
    expect(await listOf(other)).toEqual([
      expect.objectContaining({
        id,
        owner: { id: member.user.id, displayName: member.user.displayName },
        sharedWith: [],
      }),
    ]);
    expect((await call(app, other, 'GET', `/me/drafts/${id}`)).body.content).toEqual(A_DRAFT.content);
    expect((await save(other, id, 1)).body).toMatchObject({ version: 2, owner: { id: member.user.id } });
    expect((await save(member, id, 1)).body).toMatchObject({ code: 'draft_changed', params: { version: 2 } });
    for (const person of [third, owner]) {
      expect(await listOf(person)).toEqual([]);
      expect(await seen(person, id)).toBe(404);
      expect((await save(person, id, 2)).status).toBe(404);
    }
    // Sharing is its owner's alone.
    for (const person of [other, third]) {
      expect((await share(person, id, [third])).status).toBe(404);
      expect((await call(app, person, 'GET', `/me/drafts/${id}/people`)).status).toBe(404);
    }
  });

  it('is offered to people of the tenant who may deploy, and refused for everybody else', async () => {
    expect((await call(app, owner, 'POST', '/tenants', { body: { slug: 'acme', name: 'Acme' } })).status).toBe(201);
    const stranger = await signIn(app, { platformRole: 'member', tenant: 'acme' });
    const viewer = await signIn(app, { platformRole: 'viewer' });
    const { id } = await begin(member);
    const people = (await call(app, member, 'GET', `/me/drafts/${id}/people`)).body.items;
    const ids = people.map((person: { id: string }) => person.id);
    expect(ids).toEqual(expect.arrayContaining([other.user.id, owner.user.id]));
    for (const person of [member, viewer, stranger]) expect(ids).not.toContain(person.user.id);
    const found = await call(app, member, 'GET', `/me/drafts/${id}/people?q=${other.user.username}`);
    expect(found.body.items).toMatchObject([{ kind: 'user', id: other.user.id }]);
    for (const person of [viewer, stranger, member]) {
      const refused = await share(member, id, [other, person]);
      expect(refused.status).toBe(400);
      expect(refused.body.params.issues).toMatchObject([{ path: 'people.1', code: 'may_not_deploy' }]);
    }
    expect(await seen(other, id)).toBe(404);
    // One of an image takes the right to deploy any.
    const { id: ofImage } = await begin(owner, { preset: null });
    expect((await share(owner, ofImage, [member])).status).toBe(400);
    const admin = await signIn(app, { platformRole: 'administrator' });
    expect((await share(owner, ofImage, [admin])).status).toBe(200);
    expect(await seen(admin, ofImage)).toBe(200);
  });

  it('ends by its owner, by whoever leaves it, and when one of them deploys it', async () => {
    const { id } = await begin(member);
    await share(member, id, [other]);
    await share(member, id, []);
    expect(await seen(other, id)).toBe(404);
    await share(member, id, [other]);
    expect((await call(app, other, 'DELETE', `/me/drafts/${id}`)).status).toBe(204);
    expect([await seen(other, id), await seen(member, id)]).toEqual([404, 200]);
    await share(member, id, [other]);
    const wish = aDeploy({ preset: 'web', name: 'by-the-other', draft: id });
    const { body } = await call(app, other, 'POST', '/deployments', { body: wish });
    expect((await finished(app, other, body.operation.id)).state).toBe('done');
    expect(await seen(member, id)).toBe(404);
    expect(await listOf(member)).toEqual([]);
    const next = await begin(member);
    await share(member, next.id, [other]);
    await call(app, member, 'DELETE', `/me/drafts/${next.id}`);
    expect(await seen(other, next.id)).toBe(404);
  });

  it('ends when one of the two may not deploy any more, is elsewhere, or is gone', async () => {
    const [author, reader, guest] = await Promise.all(
      (['member', 'member', 'member'] as const).map((platformRole) => signIn(app, { platformRole })),
    );
    if (!author || !reader || !guest) throw new Error('Three people were asked for.');
    const { id } = await begin(author);
    await share(author, id, [reader, guest]);
    await changeRights(app, reader.user.id, { platformRole: 'viewer' });
    expect(await seen(reader, id)).toBe(404);
    expect(await listOf(reader)).toEqual([]);
    expect(await seen(guest, id)).toBe(200);
    await changeRights(app, author.user.id, { platformRole: 'viewer' });
    expect(await seen(guest, id)).toBe(404);
    expect(await seen(author, id)).toBe(200);
    await changeRights(app, author.user.id, { platformRole: 'member' });
    expect(await seen(guest, id)).toBe(200);
    expect((await call(app, owner, 'DELETE', `/users/${author.user.id}`, { body: {} })).status).toBe(204);
    expect(await seen(guest, id)).toBe(404);
    expect(await listOf(guest)).toEqual([]);
  });
});

describe('a draft', () => {
  it('is kept as it was typed, listed to its person, and goes by hand', async () => {
    const { id, version } = await begin(member);
    expect(version).toBe(1);
    expect(await listOf(member)).toEqual([
      expect.objectContaining({ id, preset: 'web', title: 'Web', name: 'shop', version: 1 }),
    ]);
    const { body } = await call(app, member, 'GET', `/me/drafts/${id}`);
    expect(body.content).toEqual(A_DRAFT.content);
    expect((await call(app, member, 'DELETE', `/me/drafts/${id}`)).status).toBe(204);
    expect((await call(app, member, 'GET', `/me/drafts/${id}`)).status).toBe(404);
    expect(await listOf(member)).toEqual([]);
  });

  it('is nobody’s but its person’s, and lies sealed', async () => {
    const { id } = await begin(member, { content: { word: 'told-in-confidence' } });
    for (const person of [other, owner]) {
      expect(await listOf(person)).toEqual([]);
      expect((await call(app, person, 'GET', `/me/drafts/${id}`)).status).toBe(404);
      const body = { version: 1, name: 'x', content: {} };
      expect((await call(app, person, 'PUT', `/me/drafts/${id}`, { body })).status).toBe(404);
      expect((await call(app, person, 'DELETE', `/me/drafts/${id}`)).status).toBe(404);
    }
    expect(JSON.stringify(await rowsOf(member.user.id))).not.toContain('told-in-confidence');
  });

  it('that was saved elsewhere meanwhile is not overwritten', async () => {
    const { id } = await begin(member);
    const save = (version: number, name: string) =>
      call(app, member, 'PUT', `/me/drafts/${id}`, { body: { version, name, content: { name } } });
    expect((await save(1, 'first')).body).toMatchObject({ version: 2, name: 'first' });
    const late = await save(1, 'second');
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'draft_changed', params: { version: 2 } });
    const both = await Promise.all([save(2, 'left'), save(2, 'right')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('has a size, and nobody keeps more than twenty, however fast they ask', async () => {
    const big = await call(app, member, 'POST', '/me/drafts', {
      body: { ...A_DRAFT, content: { text: 'x'.repeat(64 * 1024) } },
    });
    expect(big.status).toBe(413);
    expect(big.body).toMatchObject({ code: 'too_large', params: { limitBytes: 65_536 } });
    const answers = await Promise.all(
      Array.from({ length: MOST_DRAFTS + 3 }, () => call(app, member, 'POST', '/me/drafts', { body: A_DRAFT })),
    );
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, body.code, body.params.limit])).toEqual(
      Array.from({ length: 3 }, () => [409, 'drafts_full', MOST_DRAFTS]),
    );
    expect(await listOf(member)).toHaveLength(MOST_DRAFTS);
    expect((await call(app, other, 'POST', '/me/drafts', { body: A_DRAFT })).status).toBe(201);
  });

  it('goes once it is deployed, and stays where the deployment came to nothing', async () => {
    const { id } = await begin(member);
    const deploy = async (wish: object) => {
      const { body } = await call(app, member, 'POST', '/deployments', { body: aDeploy({ ...wish, draft: id }) });
      return finished(app, member, body.operation.id);
    };
    expect((await deploy({ preset: 'failing', name: 'came-to-nothing' })).state).toBe('failed');
    expect(await listOf(member)).toHaveLength(1);
    const foreign = await begin(other);
    expect((await deploy({ preset: 'web', name: 'deployed' })).state).toBe('done');
    expect(await listOf(member)).toEqual([]);
    const wish = aDeploy({ preset: 'web', name: 'not-theirs', draft: foreign.id });
    const { body } = await call(app, member, 'POST', '/deployments', { body: wish });
    await finished(app, member, body.operation.id);
    expect(await listOf(other)).toHaveLength(1);
  });

  it('goes with its person', async () => {
    const leaver = await signIn(app, { platformRole: 'member' });
    await begin(leaver);
    expect((await call(app, owner, 'DELETE', `/users/${leaver.user.id}`, { body: {} })).status).toBe(204);
    expect(await rowsOf(leaver.user.id)).toEqual([]);
  });

  it('is forgotten a month after it was saved', async () => {
    const { id } = await begin(member);
    clock.advance(DRAFT_KEPT_MS - 1);
    await app.app.get(DraftsService).purge();
    expect(await rowsOf(member.user.id)).toHaveLength(1);
    clock.advance(1);
    await app.app.get(DraftsService).purge();
    expect(await rowsOf(member.user.id)).toHaveLength(0);
    expect(id).toMatch(/^dr_/);
  });
});
