import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Capability, TenantId } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: Asking;
let acme: TenantId;

beforeAll(async () => {
  core = await startApp();
  owner = new Asking(core, await signIn(core));
  const { body } = await owner.post('tenants', { slug: 'acme', name: 'Acme' });
  acme = body.item.id;
});
afterAll(() => core.close());

const member = async (tenant = 'acme') => new Asking(core, await signIn(core, { platformRole: 'member', tenant }));
/** Somebody of Acme who was given that for the whole tenant, and nothing else. */
async function holding(...allow: Capability[]): Promise<Asking> {
  const lead = await member();
  if (allow.length > 0) await owner.change([aGrant(lead.who, { kind: 'tenant', id: acme }, { role: 'none', allow })]);
  return lead;
}
let made = 0;
const aPerson = () => ({
  tenant: 'acme',
  username: `new${(made += 1)}`,
  displayName: 'New',
  email: `new${made}@acme.test`,
});

/** What each of these, and nothing else, opens for a whole tenant. */
const DOORS: ReadonlyArray<readonly [Capability, (who: Asking, somebody: Asking) => ReturnType<Asking['get']>]> = [
  ['people.see', (who, { who: { user } }) => who.get(`users/${user.id}`)],
  ['people.create', (who) => who.post('users', aPerson())],
  [
    'people.update',
    (who, { who: { user } }) => who.patch(`users/${user.id}`, { displayName: `Renamed ${(made += 1)}` }),
  ],
  ['people.delete', (who, { who: { user } }) => who.get(`users/${user.id}/delete-preview`)],
  ['people.sessions', (who, { who: { user } }) => who.get(`users/${user.id}/sessions`)],
  ['teams.see', (who) => who.get('teams')],
  ['teams.create', (who) => who.post('teams', { tenant: 'acme', name: `Team ${(made += 1)}` })],
  ['projects.create', (who) => who.post('projects', { name: `Project ${(made += 1)}` })],
  ['roles.see', (who) => who.get('roles')],
  ['audit.see', (who) => who.get('audit')],
  ['tenants.see', (who) => who.get('tenants')],
];

describe('a right for a whole tenant', () => {
  it.each(DOORS)('%s opens its own door and no other', async (capability, _) => {
    const lead = await holding(capability);
    const somebody = await member();
    const open: Capability[] = [];
    for (const [door, knock] of DOORS) {
      const { status } = await knock(lead, somebody);
      if (status < 300) open.push(door);
      else expect([403, 404]).toContain(status);
    }
    expect(open).toEqual([capability]);
  });

  it('shows the people, the trail and the tenant of that tenant only, in lists, by id and live', async () => {
    const lead = await holding('people.see', 'audit.see', 'tenants.see', 'teams.see');
    const outsider = await member('default');
    await owner.post('teams', { name: 'Theirs' });
    const people = (await lead.get('users')).body.items;
    expect(new Set(people.map(({ tenant }: { tenant: { id: string } }) => tenant.id))).toEqual(new Set([acme]));
    expect((await lead.get('users?tenant=default')).body.items).toEqual([]);
    expect((await lead.get(`users/${outsider.who.user.id}`)).status).toBe(404);
    expect((await lead.get(`users/${owner.who.user.id}`)).status).toBe(404);
    expect((await lead.get('tenants')).body.items.map(({ id }: { id: string }) => id)).toEqual([acme]);
    expect((await lead.get('tenants/default')).status).toBe(404);
    expect((await lead.get('teams')).body.items).not.toContainEqual(expect.objectContaining({ name: 'Theirs' }));
    const rows = (await lead.get('audit')).body.items;
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ tenantId }: { tenantId: string }) => tenantId))).toEqual(new Set([acme]));
    const foreign = (await owner.get(`audit?tenant=${outsider.who.user.tenantId}`)).body.items[0];
    expect((await lead.get(`audit/${foreign.id}`)).status).toBe(404);
    expect((await lead.get(`audit?tenant=${outsider.who.user.tenantId}`)).body.items).toEqual([]);
    const live = await LiveClient.connect(core, lead.who);
    const { snapshot } = (await live.join('people')) as { snapshot: Array<{ tenant: { id: string } }> };
    expect(snapshot.every(({ tenant }) => tenant.id === acme)).toBe(true);
    await owner.patch(`users/${outsider.who.user.id}`, { displayName: 'Elsewhere' });
    const neighbour = await member();
    await until(() => live.changes.some(({ id }) => id === neighbour.who.user.id));
    expect(live.changes.some(({ id }) => id === outsider.who.user.id)).toBe(false);
    live.close();
  });

  it('stops at who runs the panel, at other tenants, and at what people are in their tenant', async () => {
    const lead = new Asking(core, await signIn(core, { platformRole: 'member' }));
    const { tenantId, id } = owner.who.user;
    await owner.change([
      aGrant(lead.who, { kind: 'tenant', id: tenantId }, { allow: ['people.see', 'people.create', 'people.update', 'people.delete', 'people.sessions'] }), // prettier-ignore
    ]);
    const refusals: Array<[string, { status: number }]> = [
      ['an owner’s name', await lead.patch(`users/${id}`, { displayName: 'Mine' })],
      ['an owner’s sessions', await lead.get(`users/${id}/sessions`)],
      ['an owner’s password', await lead.post(`users/${id}/password-reset`, { by: 'link' })],
      ['an owner’s second factor', await lead.delete(`users/${id}/two-factor`)],
      ['an owner made', await lead.post('users', { ...aPerson(), tenant: 'default', platformRole: 'owner' })],
      ['an administrator made', await lead.post('users', { ...aPerson(), tenant: 'default', platformRole: 'administrator' })], // prettier-ignore
      ['an administrator invited', await lead.post('invitations', { tenant: 'default', email: 'x@acme.test', platformRole: 'administrator', by: 'link' })], // prettier-ignore
      ['a tag', await lead.post('users', { ...aPerson(), tenant: 'default', roleTag: 'admin' })],
    ];
    expect(refusals.filter(([, { status }]) => status !== 403).map(([what, { status }]) => [what, status])).toEqual([]);
    expect((await lead.post('users', aPerson())).status).toBe(404);
    expect((await lead.post('invitations', { tenant: 'acme', email: 'y@acme.test', by: 'link' })).status).toBe(404);
  });

  it('never makes more of somebody by changing whom who holds more', async () => {
    const lead = await holding('people.see', 'people.update', 'people.sessions');
    const deployer = await member();
    const web = await ownedOnEngine(core, deployer.who.user, { name: 'theirs', command: ['sleep', '9'] });
    const given = await member();
    await owner.change([aGrant(given.who, { kind: 'container', id: web.id }, { role: 'observer' })]);
    for (const { who } of [deployer, given]) {
      const { status, body } = await lead.post(`users/${who.user.id}/password-reset`, { by: 'link' });
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'forbidden' });
    }
    await owner.change([aGrant(lead.who, { kind: 'container', id: web.id }, { role: 'observer' })]);
    const { status } = await lead.patch(`users/${given.who.user.id}`, { displayName: 'Given' });
    expect(status).toBe(200);
  });

  it('is told to the panel with what one may do there', async () => {
    const lead = await holding('people.see');
    expect((await lead.get('me')).body.can).toContain('people.see');
    expect((await (await holding()).get('me')).body.can).not.toContain('people.see');
  });
});
