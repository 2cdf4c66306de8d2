import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type CreateDashboard, Dashboard, DashboardList, MOST_DASHBOARDS, MOST_WIDGETS } from '@bailiwick/contract';
import { DashboardRow } from '../../src/features/dashboards/dashboard.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { changeRights } from '../people.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const A_DASHBOARD: CreateDashboard = {
  name: 'Mine',
  widgets: [
    { kind: 'attention', width: 2, height: 1 },
    { kind: 'top', measure: 'cpus', width: 1, height: 2 },
  ],
  shared: false,
};
let app: TestApp;
let member: SignedInPerson;
let other: SignedInPerson;
let stranger: SignedInPerson;

const ask = (person: SignedInPerson) => new Asking(app, person);
const create = async (person: SignedInPerson, change: Partial<CreateDashboard> = {}) =>
  Dashboard.parse(
    (
      await ask(person)
        .post('me/dashboards', { ...A_DASHBOARD, ...change })
        .expect(201)
    ).body,
  );
const names = async (person: SignedInPerson) =>
  DashboardList.parse((await ask(person).get('me/dashboards').expect(200)).body).items.map(({ name }) => name);

beforeAll(async () => {
  app = await startApp();
  member = await signIn(app, { platformRole: 'member' });
  other = await signIn(app, { platformRole: 'member' });
  const owner = await signIn(app);
  await ask(owner).post('tenants', { slug: 'acme', name: 'Acme' }).expect(201);
  stranger = await signIn(app, { platformRole: 'member', tenant: 'acme' });
});
afterEach(() => app.app.get(Database).transaction((rows) => rows.deleteAll(DashboardRow)));
afterAll(() => app?.close());

describe('a dashboard', () => {
  it('is kept for its person, in the order of its widgets, and is nobody else’s', async () => {
    const { id, owner } = await create(member);
    const { body } = await ask(member).get(`me/dashboards/${id}`).expect(200);
    expect(Dashboard.parse(body)).toMatchObject({ ...A_DASHBOARD, version: 1 });
    expect(owner.id).toBe(member.user.id);
    await ask(other).get(`me/dashboards/${id}`).expect(404);
    await ask(other)
      .put(`me/dashboards/${id}`, { ...A_DASHBOARD, version: 1 })
      .expect(404);
    await ask(other).delete(`me/dashboards/${id}`).expect(404);
    expect(await names(other)).toEqual([]);
    await ask(member).delete(`me/dashboards/${id}`).expect(204);
    expect(await names(member)).toEqual([]);
  });

  it('does not overwrite what was saved elsewhere', async () => {
    const { id } = await create(member);
    const moved = { ...A_DASHBOARD, widgets: A_DASHBOARD.widgets.toReversed() };
    await ask(member)
      .put(`me/dashboards/${id}`, { ...moved, version: 1 })
      .expect(200);
    const { body } = await ask(member)
      .put(`me/dashboards/${id}`, { ...A_DASHBOARD, version: 1 })
      .expect(409);
    expect(body).toMatchObject({ code: 'dashboard_changed', params: { version: 2 } });
    const now = Dashboard.parse((await ask(member).get(`me/dashboards/${id}`)).body);
    expect(now.widgets.map(({ kind }) => kind)).toEqual(['top', 'attention']);
  });

  it('that is shared is read by its owner’s tenant, changed by its owner alone', async () => {
    const { id } = await create(member, { name: 'Ours', shared: true });
    expect(await names(other)).toEqual(['Ours']);
    await ask(other).get(`me/dashboards/${id}`).expect(200);
    await ask(other)
      .put(`me/dashboards/${id}`, { ...A_DASHBOARD, version: 1 })
      .expect(404);
    await ask(other).delete(`me/dashboards/${id}`).expect(404);
    await ask(stranger).get(`me/dashboards/${id}`).expect(404);
    expect(await names(stranger)).toEqual([]);
  });

  it('is not shared any more once its owner is not let in', async () => {
    const leaver = await signIn(app, { platformRole: 'member' });
    await create(leaver, { name: 'Left', shared: true });
    expect(await names(member)).toEqual(['Left']);
    await changeRights(app, leaver.user.id, { active: false });
    expect(await names(member)).toEqual([]);
  });

  it.each([
    ['no name', { name: ' ' }],
    ['a widget nobody knows', { widgets: [{ kind: 'shell', width: 1, height: 1 }] }],
    ['a widget wider than a page', { widgets: [{ kind: 'hosts', width: 5, height: 1 }] }],
    ['nothing pinned', { widgets: [{ kind: 'pinned', containers: [], width: 1, height: 1 }] }],
    ['too much on it', { widgets: Array.from({ length: MOST_WIDGETS + 1 }, () => ({ kind: 'hosts', width: 1, height: 1 })) }], // prettier-ignore
    ['more than is asked for', { secret: 'x' }],
  ])('with %s is refused', async (_, change) => {
    const { body } = await ask(member)
      .post('me/dashboards', { ...A_DASHBOARD, ...change })
      .expect(400);
    expect(body.code).toBe('invalid_request');
    expect(await names(member)).toEqual([]);
  });

  it('beyond what a person may keep is refused, also when many are made at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: MOST_DASHBOARDS + 3 }, () => ask(member).post('me/dashboards', A_DASHBOARD)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(MOST_DASHBOARDS);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'dashboards_full',
      params: { limit: MOST_DASHBOARDS },
    });
    expect(await names(other)).toEqual([]);
  });
});
