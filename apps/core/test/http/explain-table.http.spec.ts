import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BUILT_IN_ROLES, Capability, Container, type Explanation, Rule } from '@bailiwick/contract';
import * as z from 'zod';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { startApp, type TestApp } from '../app.js';
import { aGrant, Asking } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn, type SignedInPerson } from '../sign-in.js';

const ROLES = Object.keys(BUILT_IN_ROLES);
/** What the panel says of each rule. */
const { rule: SENTENCES } = z
  .object({ rule: z.record(z.string(), z.record(z.string(), z.string())) })
  .parse(JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../gui/messages/en/capabilities.json'), 'utf8'))); // prettier-ignore

/** One request for a capability each; what is wrong with it but the right to do it is not looked at. */
const DOORS: ReadonlyArray<readonly [Capability, (by: Asking, id: string) => PromiseLike<{ status: number }>]> = [
  ['containers.logs', (by, id) => by.get(`containers/${id}/logs`)],
  ['containers.inspect', (by, id) => by.get(`containers/${id}/inspect`)],
  ['containers.activity', (by, id) => by.get(`containers/${id}/activity`)],
  ['containers.settingsSee', (by, id) => by.get(`containers/${id}/settings`)],
  ['containers.manageAccess', (by, id) => by.get(`access/principals?resource=${id}`)],
  ['containers.run', (by, id) => by.post(`containers/${id}/run`, { command: 'ls' })],
  ['containers.console', (by, id) => by.post(`containers/${id}/console`, { line: 'list' })],
  ['containers.pause', (by, id) => by.post(`containers/${id}/pause`)],
  ['containers.restart', (by, id) => by.post(`containers/${id}/restart`)],
  ['containers.stop', (by, id) => by.post(`containers/${id}/stop`)],
  ['containers.start', (by, id) => by.post(`containers/${id}/start`)],
  ['files.list', (by, id) => by.get(`containers/${id}/files?path=/app`)],
  ['containers.delete', (by, id) => by.get(`containers/${id}/delete-preview`)],
];

let core: TestApp;
let owner: SignedInPerson;
beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterAll(() => core.close());

async function somebodyWith(role: string): Promise<{ holder: SignedInPerson; web: SeenContainer }> {
  const web = await ownedOnEngine(core, owner.user, { name: `web-${role}`, image: 'python:3.12' });
  const holder = await signIn(core, { platformRole: 'member' });
  await new Asking(core, owner).change([aGrant(holder, { kind: 'container', id: web.id }, { role })]);
  return { holder, web };
}

describe.each(ROLES)('the explanation for the role %s', (role) => {
  let holder: SignedInPerson;
  let web: SeenContainer;
  const explained = new Map<Capability, Explanation>();
  beforeAll(async () => {
    ({ holder, web } = await somebodyWith(role));
    for (const capability of Capability.options)
      explained.set(capability, await new Asking(core, owner).explain(holder, capability, web.id));
  }, 60_000);

  it('is that of what the role holds, for every capability, and by the grant', () => {
    const held = BUILT_IN_ROLES[role] ?? [];
    const ruleFor = (capability: Capability): Rule =>
      capability === 'people.ownership' ? 'ownership' : held.includes(capability) ? 'direct' : 'default';
    const wrong = [...explained.values()].filter(
      ({ allowed, capability, decidedBy }) =>
        allowed !== held.includes(capability) || decidedBy !== ruleFor(capability),
    );
    expect(wrong.map(({ capability, decidedBy }) => ({ capability, decidedBy }))).toEqual([]);
  });

  it('is what the container itself says to who asks, by the same rule', async () => {
    const { status, body } = await new Asking(core, holder).get(`containers/${web.id}`);
    expect(status).toBe(explained.get('containers.see')?.allowed ? 200 : 404);
    if (status === 404) return;
    const { can, why } = Container.parse(body).rights;
    const said = [...can, ...Capability.options.filter((capability) => capability in why)];
    expect(said.length).toBeGreaterThan(20);
    const different = said.filter((capability) => {
      const code = why[capability]?.code;
      // Held, but of no use there: that is about the thing, and no rule of access.
      const isAllowed = code === undefined || !Rule.safeParse(code).success;
      const { allowed, decidedBy } = explained.get(capability) ?? {};
      return allowed !== isAllowed || (!isAllowed && decidedBy !== code);
    });
    expect(different).toEqual([]);
  });

  it('is what happens at the door', async () => {
    const by = new Asking(core, holder);
    const refused: Capability[] = [];
    for (const [capability, knock] of DOORS) {
      const { status } = await knock(by, web.id);
      expect(status).toBeLessThan(500);
      if (status === 403 || (status === 404 && role === 'none')) refused.push(capability);
    }
    const explainedAway = DOORS.flatMap(([capability]) => (explained.get(capability)?.allowed ? [] : [capability]));
    expect(refused).toEqual(explainedAway);
  });

  it('names each rule that spoke in a sentence of the panel', () => {
    const steps = [...explained.values()].flatMap(({ trace }) => trace);
    const silent = steps.filter(({ rule, effect }) => !/^\p{Lu}.* .*\.$/u.test(SENTENCES[rule]?.[effect] ?? ''));
    expect(silent).toEqual([]);
  });
});
