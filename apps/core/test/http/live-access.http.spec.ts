import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AccessMark, TargetAccess } from '@bailiwick/contract';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient, type Told } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let clock: ManualClock;
let owner: Asking;
let mia: SignedInPerson;
let web: SeenContainer;
let other: SeenContainer;
let client: LiveClient;

beforeAll(async () => {
  clock = new ManualClock();
  core = await startApp({ clock });
  owner = new Asking(core, await signIn(core));
  mia = await signIn(core, { platformRole: 'member', username: 'mia' });
  web = await ownedOnEngine(core, owner.who.user, { name: 'web', image: 'nginx:stable' });
  other = await ownedOnEngine(core, owner.who.user, { name: 'other', image: 'nginx:stable' });
  client = await LiveClient.connect(core, owner.who);
});
afterAll(async () => {
  client.close();
  await core.close();
});

const on = ({ id }: SeenContainer) => ({ kind: 'container', id }) as const;
const versionOn = async ({ id }: SeenContainer, by = owner): Promise<string> =>
  TargetAccess.parse((await by.get(`access/on?resource=${id}`)).body).version;
const marks = (): Told[] => client.changes.filter(({ topic }) => topic.startsWith('access:'));
async function told(act: () => Promise<unknown>): Promise<Told> {
  const before = marks().length;
  await act();
  await until(() => marks().length > before, { what: 'Being told' });
  const [last] = marks().slice(-1);
  if (!last) throw new Error('Nothing was told.');
  return last;
}

describe('following who may do what on a container', () => {
  it('begins with the version that is shown', async () => {
    const { snapshot } = await client.join(`access:${web.id}`);
    expect(snapshot).toEqual([{ id: web.id, version: await versionOn(web) } satisfies AccessMark]);
  });

  it('tells of a grant there, and of its end by itself', async () => {
    const expiresAt = new Date(clock.now() + 60_000).toISOString();
    const given = await told(() => owner.change([aGrant(mia, on(web), { role: 'observer', expiresAt })]));
    expect(given).toMatchObject({ type: 'upsert', id: web.id, item: { version: await versionOn(web) } });
    const ended = await told(() => {
      clock.advance(61_000);
      return Promise.resolve();
    });
    expect(ended.item).toEqual({ id: web.id, version: await versionOn(web) });
    expect(ended.item).not.toEqual(given.item);
  });

  it('tells of what a role may do there', async () => {
    const exception = { op: 'exception', containerId: web.id, role: 'observer', allow: ['containers.start'], deny: [], version: 0 } as const; // prettier-ignore
    const { item } = await told(() => owner.change([{ ...exception, allow: [...exception.allow], deny: [] }]));
    expect(item).toEqual({ id: web.id, version: await versionOn(web) });
  });

  it('tells of its project: that it came into one, and who holds something on that', async () => {
    const project = (await owner.post('projects', { name: 'Web shop' })).body.item;
    await owner.change([aGrant(mia, { kind: 'project', id: project.id }, { role: 'observer' })]);
    const linked = await told(() => owner.post(`projects/${project.id}/containers/link`, { ids: [web.id] }));
    expect(linked.item).toEqual({ id: web.id, version: await versionOn(web) });
    const given = await told(() =>
      owner.change([aGrant(mia, { kind: 'project', id: project.id }, { role: 'operator', version: 1 })]),
    );
    expect(given.item).toEqual({ id: web.id, version: await versionOn(web) });
  });

  it('says nothing of another container', async () => {
    const before = marks().length;
    await owner.change([aGrant(mia, on(other), { role: 'observer' })]);
    // What is told of both comes in order: this one is the next.
    await told(() => owner.change([aGrant(mia, on(web), { role: 'operator', version: 1 })]));
    expect(marks().length).toBe(before + 1);
  });

  it('is taken from who may not look at it any more, and refused to who may not', async () => {
    const lea = await signIn(core, { platformRole: 'member', username: 'lea' });
    await owner.change([aGrant(lea, on(other), { role: 'observer', allow: ['containers.manageAccess'] })]);
    const hers = await LiveClient.connect(core, lea);
    await hers.join(`access:${other.id}`);
    expect(await hers.ask({ topic: `access:${web.id}` })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await owner.change([aGrant(lea, on(other), { role: 'observer', version: 1 })]);
    await until(() => hers.gone.length > 0);
    expect(hers.gone).toEqual([{ topic: `access:${other.id}`, reason: 'rights_changed' }]);
    expect(await hers.ask({ topic: `access:${other.id}` })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    hers.close();
  });
});
