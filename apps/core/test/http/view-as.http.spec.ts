import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { openSession, signIn } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: Asking;
let tania: Asking;
let webId: string;

beforeAll(async () => {
  core = await startApp();
  owner = new Asking(core, await signIn(core));
  tania = new Asking(core, await signIn(core, { platformRole: 'member' }));
  const { user } = await signIn(core, { platformRole: 'member' });
  const web = await ownedOnEngine(core, user, { name: 'web', command: ['sleep', 'infinity'] });
  webId = web.id;
  await ownedOnEngine(core, user, { name: 'other', command: ['sleep', 'infinity'] });
  await owner.change([aGrant(tania.who, { kind: 'container', id: web.id }, { role: 'operator' })]);
});
afterAll(() => core.close());

/** Another session of the owner's, looking as somebody. */
async function looking(as = tania.who): Promise<Asking> {
  const asking = new Asking(core, await openSession(core, owner.who.user));
  expect((await asking.post('access/view-as', { userId: as.user.id })).status).toBe(204);
  return asking;
}
const names = async (who: Asking) =>
  (await who.get('containers')).body.items.map(({ name }: { name: string }) => name).sort();

describe('looking through somebody’s eyes', () => {
  it('shows exactly what they see, and who really looks', async () => {
    const viewer = await looking();
    expect(await names(viewer)).toEqual(['web']);
    expect(await names(owner)).toEqual(['other', 'web']);
    expect((await viewer.get('audit')).status).toBe(403);
    expect((await viewer.get('me')).body).toMatchObject({
      user: { id: tania.who.user.id },
      viewedBy: { id: owner.who.user.id },
    });
    expect((await tania.get('me')).body.viewedBy).toBeNull();
  });

  it('changes nothing, although they could, and nothing of their account', async () => {
    const viewer = await looking();
    expect((await tania.post(`containers/${webId}/restart`)).status).toBe(200);
    const refused = await viewer.post(`containers/${webId}/restart`);
    expect({ status: refused.status, missing: refused.body.params.missing }).toEqual({
      status: 403,
      missing: ['containers.restart'],
    });
    expect((await viewer.get(`containers/${webId}`)).body.rights.why['containers.restart'].code).toBe('viewing');
    for (const path of ['me/sessions', 'me/tokens', 'me/activity', 'me/two-factor'])
      expect({ path, status: (await viewer.get(path)).status }).toEqual({ path, status: 403 });
    expect((await viewer.patch('me', { displayName: 'Someone else' })).status).toBe(403);
    expect((await viewer.post('access/view-as', { userId: owner.who.user.id })).status).toBe(403);
    expect((await viewer.get(`operations/op_aaaaaaaaaaaaaaaa/secrets`)).status).toBe(403);
  });

  it('ends, is in the trail with its end, and what was open by it closes both times', async () => {
    const viewer = new Asking(core, await openSession(core, owner.who.user));
    const before = await LiveClient.connect(core, viewer.who);
    await before.join('containers');
    await viewer.post('access/view-as', { userId: tania.who.user.id });
    await until(() => before.gone.length === 1);
    const during = await LiveClient.connect(core, viewer.who);
    const { snapshot } = (await during.join('containers')) as { snapshot: unknown[] };
    expect(snapshot).toHaveLength(1);
    expect((await viewer.delete('access/view-as')).status).toBe(204);
    await until(() => during.gone.length === 1);
    expect(await names(viewer)).toEqual(['other', 'web']);
    expect((await viewer.delete('access/view-as')).status).toBe(409);
    const { body } = await owner.get(`audit?target=${tania.who.user.id}`);
    const rows = body.items.filter(({ action }: { action: string }) => action.startsWith('access.viewAs'));
    expect(rows.slice(0, 2)).toMatchObject([
      { action: 'access.viewAsEnd', actor: { id: owner.who.user.id } },
      { action: 'access.viewAs', actor: { id: owner.who.user.id } },
    ]);
    before.close();
    during.close();
  });

  it('writes refusals down of who looks, not of whom they look as', async () => {
    const viewer = await looking();
    await viewer.post(`containers/${webId}/kill`);
    await until(async () => {
      const { body } = await owner.get(`audit?action=containers.kill&outcome=refused`);
      return body.items.length > 0;
    });
    const { body } = await owner.get(`audit?action=containers.kill&outcome=refused`);
    expect(body.items[0].actor.id).toBe(owner.who.user.id);
  });

  it('is for owners and administrators, and as an owner only for owners', async () => {
    expect((await tania.post('access/view-as', { userId: owner.who.user.id })).status).toBe(403);
    const administrator = new Asking(core, await signIn(core, { platformRole: 'administrator' }));
    expect((await administrator.post('access/view-as', { userId: owner.who.user.id })).status).toBe(403);
    expect((await administrator.post('access/view-as', { userId: 'usr_zzzzzzzzzzzzzzzz' })).status).toBe(404);
    expect((await administrator.post('access/view-as', { userId: administrator.who.user.id })).status).toBe(409);
  });

  it('follows a change of their rights at once', async () => {
    const viewer = await looking();
    const { body } = await owner.get(`access/on?resource=${webId}`);
    const grant = body.grants.find(
      ({ principal }: { principal: { id: string } }) => principal.id === tania.who.user.id,
    );
    await owner.change([{ op: 'revoke', grantId: grant.id, version: grant.version }]);
    expect(await names(viewer)).toEqual([]);
  });
});
