import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessBook } from '../../src/foundation/access/access-book.js';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { aToken } from '../bearer.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let colleague: SignedInPerson;

const user = (person: SignedInPerson) => ({ kind: 'user' as const, id: person.user.id });
const ask = (person: SignedInPerson, wish: object) =>
  call(app, person, 'POST', '/deployments', { body: aDeploy({ preset: 'web', ...wish }) });
const grantsOn = (id: string | null) =>
  [...app.app.get(AccessBook).state.grants.values()].filter(({ target }) => target.id === id);
const grants = () => app.app.get(AccessBook).state.grants.size;

beforeAll(async () => {
  app = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: {}, failing: { config: { command: ['sh', '-c', 'exit 3'] } } }),
    },
  });
  [owner, member, colleague] = await Promise.all([
    signIn(app),
    signIn(app, { platformRole: 'member' }),
    signIn(app, { platformRole: 'member' }),
  ]);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('access that is given with a deployment', () => {
  it('stands from the beginning, and is written down', async () => {
    const { status, body } = await ask(member, { name: 'shared', access: [{ principal: user(colleague), role: 'operator' }] }); // prettier-ignore
    expect(status).toBe(202);
    const { state, target } = await finished(app, member, body.operation.id);
    expect(state).toBe('done');
    expect(grantsOn(target.containerId)).toMatchObject([
      { role: 'operator', principal: user(colleague), grantedBy: member.user.id, byStaff: false, version: 1 },
    ]);
    const seen = await call(app, colleague, 'GET', `/containers/${target.containerId}`);
    expect(seen.body.rights.can).toContain('containers.restart');
    expect(seen.body.rights.can).not.toContain('containers.delete');
    const trail = await call(app, owner, 'GET', `/audit?action=access.change`);
    expect(JSON.stringify(trail.body.items)).toContain(target.containerId);
  });

  it('goes with a deployment that came to nothing', async () => {
    const before = grants();
    const { body } = await ask(member, { preset: 'failing', name: 'in-vain', access: [{ principal: user(colleague), role: 'operator' }] }); // prettier-ignore
    const { state, target } = await finished(app, member, body.operation.id);
    expect(state).toBe('failed');
    expect(grantsOn(target.containerId)).toEqual([]);
    expect(grants()).toBe(before);
    expect((await call(app, colleague, 'GET', `/containers/${target.containerId}`)).status).toBe(404);
  });

  it('is refused in the words of the access tab, and nothing is made', async () => {
    const before = grants();
    expect((await call(app, owner, 'POST', '/tenants', { body: { slug: 'acme', name: 'Acme' } })).status).toBe(201);
    const stranger = await signIn(app, { platformRole: 'member', tenant: 'acme' });
    for (const [gift, path] of [
      [{ principal: user(stranger), role: 'operator' }, 'access.0.principal'],
      [{ principal: { kind: 'team', id: 'tea_aaaaaaaaaaaaaaaa' }, role: 'operator' }, 'access.0.principal'],
      [{ principal: user(colleague), role: 'no-such-role' }, 'access.0.role'],
    ] as const) {
      const { status, body } = await ask(member, { name: 'refused', access: [gift] });
      expect([status, body.params.issues[0].path]).toEqual([400, path]);
      const looked = await call(app, member, 'POST', '/deployments/review', {
        body: aDeploy({ preset: 'web', name: 'refused', access: [gift] }),
      });
      expect(looked.body.checks.at(-1)).toMatchObject({ check: 'access', outcome: 'blocked', code: 'access_refused' });
    }
    const twice = [user(colleague), user(colleague)].map((principal) => ({ principal, role: 'operator' }));
    expect((await ask(member, { name: 'refused', access: twice })).status).toBe(400);
    expect(grants()).toBe(before);
  });

  it('is not more than a program may hand on that acts for somebody', async () => {
    const before = grants();
    const program = {
      ...member,
      headers: (await aToken(app, member, { capabilities: ['containers.create', 'containers.see'] })).headers,
    };
    const { status, body } = await ask(program, { name: 'by-program', access: [{ principal: user(colleague), role: 'operator' }] }); // prettier-ignore
    expect([status, body.code]).toEqual([403, 'forbidden']);
    expect(grants()).toBe(before);
  });

  it('is offered to people and teams of one’s tenant, and to nobody who may not deploy', async () => {
    const { status, body } = await call(app, member, 'GET', `/deployments/principals?q=${colleague.user.username}`);
    expect(status).toBe(200);
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([colleague.user.id]);
    expect(body.roles.find(({ name }: { name: string }) => name === 'operator').missing).toEqual([]);
    const viewer = await signIn(app, { platformRole: 'viewer' });
    expect((await call(app, viewer, 'GET', '/deployments/principals')).status).toBe(403);
  });
});
