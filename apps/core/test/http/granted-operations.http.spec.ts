import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { finished } from '../factories/deployment.js';
import { aGrant, Asking } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';

let core: TestApp;
let owner: Asking;
let deployer: Asking;
let tania: Asking;

beforeAll(async () => {
  core = await startApp();
  owner = new Asking(core, await signIn(core));
  deployer = new Asking(core, await signIn(core, { platformRole: 'member' }));
  tania = new Asking(core, await signIn(core, { platformRole: 'member' }));
});
afterAll(() => core.close());

const idsFor = async (who: Asking) => (await who.get('operations')).body.items.map(({ id }: { id: string }) => id);

describe('the work on a container', () => {
  it('is seen by who was given something on it, also when it is done, and by nobody else', async () => {
    const web = await ownedOnEngine(core, deployer.who.user, { name: 'web', command: ['sleep', '9'] });
    const other = await ownedOnEngine(core, deployer.who.user, { name: 'other', command: ['sleep', '9'] });
    await owner.change([aGrant(tania.who, { kind: 'container', id: web.id }, { role: 'observer' })]);
    const started: string[] = [];
    for (const { id } of [web, other]) {
      const answer = await deployer.delete(`containers/${id}`).send({ force: true });
      started.push(answer.body.operation.id);
    }
    const [onWeb = '', onOther = ''] = started;
    expect((await tania.get(`operations/${onOther}`)).status).toBe(404);
    expect(await idsFor(tania)).not.toContain(onOther);
    for (const id of started) await finished(core, deployer.who, id);
    expect(await idsFor(deployer)).toEqual(expect.arrayContaining(started));
    expect((await tania.get(`operations/${onWeb}`)).body).toMatchObject({
      state: 'done',
      rights: { can: ['operations.see'] },
    });
  });

  it('on no container at all stays with who started it, whatever was given for the tenant', async () => {
    await owner.change([
      aGrant(tania.who, { kind: 'tenant', id: owner.who.user.tenantId }, { role: 'maintainer', allow: ['audit.see'] }),
    ]);
    const { body } = await owner.post('audit/exports', { format: 'csv' });
    const { id } = body.operation;
    expect((await tania.get(`operations/${id}`)).status).toBe(404);
    expect(await idsFor(tania)).not.toContain(id);
    expect(await idsFor(owner)).toContain(id);
  });
});
