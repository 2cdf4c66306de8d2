import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Capability, Channel, type TenantId } from '@bailiwick/contract';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { HttpReceiver } from '../http-receiver.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const RIGHTS: Capability[] = ['tenants.see', 'tenants.update', 'containers.see', 'containers.stats', 'operations.see'];
const SECRET = 'sixteen letters and more';

let core: TestApp;
let clock: ManualClock;
let receiver: HttpReceiver;
let owner: Asking;
let acme: TenantId;
let lead: Asking;

const member = async (tenant = 'acme') => new Asking(core, await signIn(core, { platformRole: 'member', tenant }));
async function holding(...allow: Capability[]): Promise<Asking> {
  const who = await member();
  await owner.change([aGrant(who.who, { kind: 'tenant', id: acme }, { role: 'none', allow })]);
  return who;
}

beforeEach(async () => {
  clock = new ManualClock();
  receiver = await HttpReceiver.start();
  core = await startApp({ clock, env: { BAILIWICK_OUTBOUND_ALLOW: '127.0.0.0/8' } });
  owner = new Asking(core, await signIn(core));
  acme = (await owner.post('tenants', { slug: 'acme', name: 'Acme' })).body.item.id;
  lead = await holding(...RIGHTS);
});
afterEach(async () => {
  await core.close();
  await receiver.close();
});

const settings = () => ({ kind: 'webhook', url: `${receiver.url}/hook`, secret: SECRET });
const path = (more = '') => `tenants/${acme}/channels${more}`;
const made = async (name = 'Ours', who = lead): Promise<Channel> =>
  Channel.parse((await who.post(path(), { name, settings: settings() }).expect(201)).body.item);
const labels = () =>
  receiver.received.flatMap(({ text }) => (JSON.parse(text) as { alerts: Array<{ label: string }> }).alerts.map(({ label }) => label)); // prettier-ignore

describe('a channel a tenant sets up itself', () => {
  it('hears of the things of that tenant, and of no others', async () => {
    await made();
    const maker = await member();
    const ours = await ownedOnEngine(core, maker.who.user, { name: 'ours' });
    const theirs = await ownedOnEngine(core, (await member('default')).who.user, { name: 'theirs' });
    const found = await seenOnEngine(core, { name: 'found' });
    clock.advance(1000);
    for (const { engineId } of [theirs, found, ours]) fakeEngine(core).get(engineId).exit(3);
    await until(
      () => {
        clock.advance(200);
        return labels().includes('ours');
      },
      { what: 'The message', within: 15_000 },
    );
    expect(new Set(labels())).toEqual(new Set(['ours']));
  });

  it('never shows its secrets again, nor what the receiver says, and is in the audit trail of the tenant', async () => {
    const { id } = await made();
    receiver.answer = { status: 500, text: 'hushed-inside' };
    const tested = (await lead.post(path(`/${id}/test`)).expect(200)).body.item;
    expect(tested).toMatchObject({ failure: 'failing', status: 500, said: null });
    const { body } = await lead.get(path()).expect(200);
    expect(body.items).toMatchObject([{ id, delegated: true, tenant: { id: acme }, settings: { kind: 'webhook' } }]);
    for (const hushed of [SECRET, '/hook', 'hushed-inside']) expect(JSON.stringify(body)).not.toContain(hushed);
    const staff = (await owner.get('settings/channels').expect(200)).body.items;
    expect(staff).toMatchObject([{ id, delegated: true, tenant: { name: 'Acme' } }]);
    const trail = (await owner.get('audit?action=channels.create').expect(200)).body.items;
    expect(trail[0]).toMatchObject({ target: { label: 'Ours' } });
  });

  it('is changed and removed by who manages the tenant, and stays of the tenant when staff change it', async () => {
    const { id } = await made();
    const change = { name: 'Otherwise', settings: { kind: 'webhook' } };
    await lead.put(path(`/${id}`), change).expect(200);
    const { body } = await owner.put(`settings/channels/${id}`, { ...change, tenant: null }).expect(200);
    expect(body.item).toMatchObject({ delegated: true, tenant: { id: acme } });
    await lead.delete(path(`/${id}`)).expect(204);
    expect((await lead.get(path())).body.items).toEqual([]);
  });

  it('may be called as one of others, goes where staff may send only, and is no mail', async () => {
    await owner.post('settings/channels', { name: 'Ours', settings: settings() }).expect(201);
    await made();
    await lead.post(path(), { name: 'ours', settings: settings() }).expect(409);
    const elsewhere = { kind: 'slack', url: 'http://10.1.2.3/hook' };
    const { id } = (await lead.post(path(), { name: 'Far', settings: elsewhere }).expect(201)).body.item;
    const { failure } = (await lead.post(path(`/${id}/test`)).expect(200)).body.item;
    expect(failure).toBe('address_refused');
    const letters = { kind: 'mail', to: ['a@example.test'] };
    const { status, body } = await lead.post(path(), { name: 'Letters', settings: letters });
    expect({ status, path: body.params.issues[0].path }).toEqual({ status: 400, path: 'settings.kind' });
    await lead.post(path(), { name: 'All', settings: settings(), tenant: null }).expect(400);
  });

  it('is nobody else’s: not of a member, of another tenant, or of who may not see all it tells', async () => {
    const { id } = await made();
    const foreign = await owner.post('settings/channels', { name: 'Of staff', settings: settings() }).expect(201);
    await (await member()).get(path()).expect(403);
    await lead.get('tenants/default/channels').expect(404);
    await lead.put(path(`/${foreign.body.item.id}`), { name: 'x', settings: { kind: 'webhook' } }).expect(404);
    await lead.delete(path(`/${foreign.body.item.id}`)).expect(404);
    for (const missing of RIGHTS.slice(1)) {
      const lesser = await holding(...RIGHTS.filter((each) => each !== missing));
      await lesser.get(path()).expect(403);
      await lesser.post(path(`/${id}/test`)).expect(403);
    }
    await (await member('default')).get(path()).expect(403);
  });

  it('takes a proof of who one is, and there are ten at most', async () => {
    const { id } = await made();
    for (let n = 1; n < 10; n += 1) await made(`Ours ${n}`);
    await lead.post(path(), { name: 'One more', settings: settings() }).expect(409);
    clock.advance(6 * 60_000);
    const { status, body } = await lead.delete(path(`/${id}`));
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'step_up_required' });
  });
});
