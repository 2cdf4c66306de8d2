import { Capability, PlatformRole, READ_CAPABILITIES, Rule, type TenantId, type UserId } from '@bailiwick/contract';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anActor, TEST_TENANT } from '../../../test/factories/actor.js';
import { allows, canEverHold, decide, rightsOn } from './access.rules.js';

const OTHER: UserId = 'usr_zzzzzzzzzzzzzzzz';
const OTHER_TENANT: TenantId = 'ten_zzzzzzzzzzzzzzzz';
const own = (actor: { userId: UserId }) => ({ tenantId: TEST_TENANT, ownerId: actor.userId });

describe('deciding', () => {
  it('says no to everything for a disabled person, whatever their role', () => {
    for (const platformRole of PlatformRole.options)
      for (const capability of Capability.options) {
        const actor = anActor({ platformRole, active: false });
        expect(decide(actor, capability, own(actor))).toMatchObject({ allowed: false, decidedBy: 'account' });
      }
  });

  it('lets who lacks the second factor their role needs do nothing but mend that, whatever their role', () => {
    for (const platformRole of PlatformRole.options)
      for (const capability of Capability.options) {
        const actor = anActor({ platformRole, twoFactorMissing: true });
        const { allowed, decidedBy } = decide(actor, capability, own(actor));
        if (capability !== 'account.see' && capability !== 'account.manage')
          expect({ allowed, decidedBy }).toEqual({ allowed: false, decidedBy: 'two_factor' });
        else expect(allows(actor, capability, null)).toBe(true);
      }
  });

  it('lets staff do everything, but an administrator not make or unmake owners', () => {
    for (const platformRole of ['owner', 'administrator'] as const)
      for (const capability of Capability.options)
        expect({
          platformRole,
          capability,
          allowed: allows(anActor({ platformRole }), capability, { tenantId: OTHER_TENANT, ownerId: null }),
        }).toEqual({
          platformRole,
          capability,
          allowed: platformRole === 'owner' || capability !== 'people.ownership',
        });
  });

  it('never lets a viewer change anything, not even what is theirs', () => {
    const viewer = anActor({ platformRole: 'viewer' });
    for (const capability of Capability.options.filter((name) => !READ_CAPABILITIES.has(name)))
      expect(decide(viewer, capability, own(viewer))).toMatchObject({ allowed: false, decidedBy: 'viewer' });
  });

  it('makes whoever deployed a thing its maintainer, but not of the host below it', () => {
    const member = anActor();
    expect(allows(member, 'containers.delete', own(member))).toBe(true);
    expect(allows(member, 'containers.inspect', own(member))).toBe(false);
  });

  it('gives nothing on what belongs to another person, another tenant or nobody', () => {
    const member = anActor();
    for (const capability of Capability.options)
      for (const target of [
        { tenantId: TEST_TENANT, ownerId: OTHER },
        { tenantId: OTHER_TENANT, ownerId: member.userId },
        { tenantId: TEST_TENANT, ownerId: null },
      ])
        expect(allows(member, capability, target)).toBe(false);
  });

  it('always explains itself: the first rule that says anything wins, and it says what came out', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PlatformRole.options),
        fc.boolean(),
        fc.constantFrom(...Capability.options),
        fc.constantFrom('own', 'other', 'none'),
        (platformRole, active, capability, whose) => {
          const actor = anActor({ platformRole, active });
          const target =
            whose === 'none' ? null : { tenantId: TEST_TENANT, ownerId: whose === 'own' ? actor.userId : OTHER };
          const { allowed, decidedBy, trace } = decide(actor, capability, target);
          const first = trace.find(({ effect }) => effect !== 'none');
          expect(trace.filter(({ wins }) => wins)).toEqual([first]);
          expect(first).toEqual({ rule: decidedBy, effect: allowed ? 'allow' : 'deny', wins: true, grants: [] });
          expect(trace.map(({ rule }) => rule)).toEqual(Rule.options);
        },
      ),
    );
  });

  it('lets in whoever could hold it on anything, and nobody else', () => {
    expect(canEverHold(anActor(), 'containers.start')).toBe(true);
    expect(canEverHold(anActor(), 'audit.see')).toBe(false);
    expect(canEverHold(anActor({ platformRole: 'viewer' }), 'containers.start')).toBe(false);
    expect(canEverHold(anActor({ platformRole: 'viewer' }), 'containers.logs')).toBe(true);
    expect(canEverHold(anActor({ platformRole: 'owner', active: false }), 'containers.see')).toBe(false);
  });

  it('lists what may be done and gives the reason for the rest', () => {
    const member = anActor();
    expect(rightsOn(member, ['containers.start', 'containers.inspect'], own(member))).toEqual({
      can: ['containers.start'],
      why: { 'containers.inspect': { code: 'default', params: {} } },
    });
  });
});
