import { Capability, type ContainerId, PlatformRole, type TenantId, type TokenTarget } from '@bailiwick/contract';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anActor, aTokenOf, TEST_TENANT } from '../../../test/factories/actor.js';
import { allows, canEverHold, decide, rightsKey, type Target } from './access.rules.js';

const WEB: ContainerId = 'ct_aaaaaaaaaaaaaaaa';
const OTHER_TENANT: TenantId = 'ten_zzzzzzzzzzzzzzzz';
const person = anActor();
const web: Target = { id: WEB, tenantId: TEST_TENANT, ownerId: person.userId };
const db: Target = { ...web, id: 'ct_bbbbbbbbbbbbbbbb' };

const capability = fc.constantFrom(...Capability.options);
const target = fc.constantFrom<Target | null>(
  null,
  web,
  db,
  { ...web, ownerId: null },
  { ...web, tenantId: OTHER_TENANT },
  { tenantId: TEST_TENANT, ownerId: person.userId, containerId: WEB },
);
const reached = fc.uniqueArray(fc.constantFrom<TokenTarget>(WEB, TEST_TENANT, OTHER_TENANT));
const scope = fc.record({ capabilities: fc.uniqueArray(capability), targets: reached });

describe('a token', () => {
  it('never allows what its person is refused, whatever it was made for', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PlatformRole.options),
        fc.boolean(),
        scope,
        capability,
        target,
        (platformRole, active, made, wanted, on) => {
          const holder = { ...person, platformRole, active };
          const token = aTokenOf(holder, made);
          expect(allows(token, wanted, on) && !allows(holder, wanted, on)).toBe(false);
          expect(canEverHold(token, wanted) && !canEverHold(holder, wanted) && made.targets.length === 0).toBe(false);
        },
      ),
    );
  });

  it('allows all its person may where it was made for that, without targets', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PlatformRole.options), capability, target, (platformRole, wanted, on) => {
        const holder = { ...person, platformRole };
        const token = aTokenOf(holder, { capabilities: Capability.options, targets: [] });
        const isPersonal = wanted === 'account.manage' || wanted === 'access.viewAs';
        expect(allows(token, wanted, on)).toBe(!isPersonal && allows(holder, wanted, on));
      }),
    );
  });

  it('says that it was the token that left something out, after the account and its second factor', () => {
    const token = aTokenOf(person, { capabilities: ['containers.see'], targets: [] });
    const { allowed, decidedBy, trace } = decide(token, 'containers.start', web);
    expect({ allowed, decidedBy }).toEqual({ allowed: false, decidedBy: 'token' });
    expect(trace.slice(0, 4)).toEqual([
      { rule: 'account', effect: 'none', wins: false, grants: [] },
      { rule: 'two_factor', effect: 'none', wins: false, grants: [] },
      { rule: 'viewing', effect: 'none', wins: false, grants: [] },
      { rule: 'token', effect: 'deny', wins: true, grants: [] },
    ]);
    expect(decide({ ...token, active: false }, 'containers.see', web).decidedBy).toBe('account');
  });

  it('never changes its person’s account, even if it says so, and always says whose it is', () => {
    const owner = anActor({ platformRole: 'owner' });
    expect(allows(aTokenOf(owner, { capabilities: Capability.options, targets: [] }), 'account.manage', null)).toBe(
      false,
    );
    expect(allows(aTokenOf(owner, { capabilities: [], targets: [] }), 'account.see', null)).toBe(true);
  });

  it('for one container reaches that, what is about it, and the lists; nothing beside', () => {
    const made = { capabilities: Capability.options, targets: [WEB] };
    const token = aTokenOf(anActor({ ...person, platformRole: 'owner' }), made);
    expect(allows(token, 'containers.delete', web)).toBe(true);
    expect(allows(token, 'operations.see', { tenantId: TEST_TENANT, ownerId: null, containerId: WEB })).toBe(true);
    expect(allows(token, 'containers.see', null)).toBe(true);
    expect(allows(token, 'containers.delete', db)).toBe(false);
    expect(allows(token, 'operations.see', { tenantId: TEST_TENANT, ownerId: person.userId })).toBe(false);
    for (const beyond of ['containers.create', 'people.see', 'people.create', 'audit.see', 'panel.log'] as const)
      expect(allows(token, beyond, null)).toBe(false);
  });

  it('for a tenant reaches all of it, and may deploy there', () => {
    const made = { capabilities: Capability.options, targets: [TEST_TENANT] };
    expect(allows(aTokenOf(person, made), 'containers.create', null)).toBe(true);
    expect(allows(aTokenOf(person, made), 'containers.start', db)).toBe(true);
    expect(allows(aTokenOf(person, { ...made, targets: [OTHER_TENANT] }), 'containers.create', null)).toBe(false);
  });

  it('passes the door for what it could hold within its reach', () => {
    const made = { capabilities: ['containers.see', 'containers.start'] as const, targets: [WEB] };
    expect(canEverHold(aTokenOf(person, made), 'containers.start')).toBe(true);
    expect(canEverHold(aTokenOf(person, made), 'containers.stop')).toBe(false);
    expect(canEverHold(aTokenOf(person, { ...made, targets: [OTHER_TENANT] }), 'containers.start')).toBe(false);
  });

  it('shares no answer with anybody, not even with other staff', () => {
    const staff = anActor({ platformRole: 'owner' });
    const one = aTokenOf(staff, { capabilities: [], targets: [] });
    const other = aTokenOf(staff, { capabilities: [], targets: [] });
    expect(new Set([rightsKey(staff), rightsKey(one), rightsKey(other)]).size).toBe(3);
  });
});
