import {
  Capability,
  type ContainerId,
  PlatformRole,
  READ_CAPABILITIES,
  Rule,
  type TenantId,
  type UserId,
} from '@bailiwick/contract';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  anna,
  asAnna,
  BEN,
  exceptionOn,
  firstTeam,
  given,
  grant,
  onShop,
  onWeb,
  secondTeam,
  verdict,
  WEB,
  web,
} from '../../../test/factories/access.js';
import { anActor, aTokenOf, TEST_TENANT } from '../../../test/factories/actor.js';
import { allows, canEverHold, decide, heldOn, rightsOn } from './access.rules.js';
import { afterWrites } from './access-state.rules.js';

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

describe('what stands before every grant', () => {
  const state = given(grant(anna, onWeb, { role: 'maintainer', allow: ['account.manage', 'people.ownership'] }));

  it('is the account, the missing second factor and the ceiling of a viewer', () => {
    expect(verdict(state, 'containers.stop', web, { active: false })).toBe('no by account');
    expect(verdict(state, 'containers.stop', web, { twoFactorMissing: true })).toBe('no by two_factor');
    expect(verdict(state, 'containers.stop', web, { platformRole: 'viewer' })).toBe('no by viewer');
    expect(verdict(state, 'containers.logs', web, { platformRole: 'viewer' })).toBe('yes by direct');
    expect(verdict(state, 'people.ownership')).toBe('no by ownership');
  });

  it('is that whoever looks through somebody’s eyes changes nothing, and not their account', () => {
    const viewedBy = { userId: BEN, displayName: 'Ben' };
    expect(verdict(state, 'containers.stop', web, { viewedBy })).toBe('no by viewing');
    expect(verdict(state, 'account.manage', web, { viewedBy })).toBe('no by viewing');
    expect(verdict(state, 'containers.logs', web, { viewedBy })).toBe('yes by direct');
    expect(verdict(state, 'containers.stop', web, { viewedBy, platformRole: 'owner' })).toBe('no by viewing');
  });

  it('is what a token was made for: it gives no more than both say', () => {
    const token = (capabilities: Capability[], targets: TenantId[] | ContainerId[] = []) =>
      aTokenOf(asAnna(state), { capabilities, targets });
    expect(decide(token(['containers.stop']), 'containers.stop', web)).toMatchObject({
      allowed: true,
      decidedBy: 'direct',
    });
    expect(decide(token(['containers.see']), 'containers.stop', web)).toMatchObject({
      allowed: false,
      decidedBy: 'token',
    });
    expect(decide(token(['containers.inspect']), 'containers.inspect', web)).toMatchObject({ decidedBy: 'default' });
    expect(allows(token(['containers.stop'], [WEB]), 'containers.stop', web)).toBe(true);
    expect(allows(token(['containers.stop'], [OTHER_TENANT]), 'containers.stop', web)).toBe(false);
    expect(decide(token(['account.manage']), 'account.manage', web)).toMatchObject({
      allowed: false,
      decidedBy: 'token',
    });
  });
});

describe('the grants a rule answers by', () => {
  it('are named, also where the rule came too late; nobody is named by a rule that says nothing', () => {
    const denied = grant(secondTeam, onWeb, { deny: ['containers.stop'] });
    const direct = grant(anna, onWeb, { role: 'operator' });
    const hidden = grant(secondTeam, onShop, { role: 'operator' });
    const counting = grant(firstTeam, onShop, { role: 'operator' });
    const { trace } = decide(asAnna(given(denied, direct, hidden, counting)), 'containers.stop', web);
    const named = trace.filter(({ grants }) => grants.length > 0).map(({ rule, grants }) => [rule, ...grants]);
    expect(named).toEqual([
      ['denied', denied.id],
      ['direct', direct.id],
      ['project', counting.id],
    ]);
  });
});

describe('the first door', () => {
  it('opens for what somebody was given on anything, and for nothing else', () => {
    const actor = asAnna(given(grant(anna, onWeb, { allow: ['containers.inspect'] })));
    expect(canEverHold(actor, 'containers.inspect')).toBe(true);
    expect(canEverHold(actor, 'audit.see')).toBe(false);
    expect(canEverHold({ ...actor, platformRole: 'viewer' }, 'containers.inspect')).toBe(true);
    expect(canEverHold({ ...actor, active: false }, 'containers.inspect')).toBe(false);
  });

  it('opens for what a role is excepted to give on one container', () => {
    const state = afterWrites(
      given(grant(anna, onWeb, { role: 'observer' })),
      exceptionOn('observer', ['containers.inspect']),
    );
    expect(canEverHold(asAnna(state), 'containers.inspect')).toBe(true);
    expect(canEverHold(asAnna(afterWrites(state, { dropExceptions: [[WEB, 'observer']] })), 'containers.inspect')).toBe(
      false,
    );
  });

  it('stays shut for a viewer to all that changes something, whatever they were given', () => {
    const actor = asAnna(given(grant(anna, onWeb, { allow: ['files.root'] })), { platformRole: 'viewer' });
    expect(canEverHold(actor, 'files.root')).toBe(false);
  });

  it('opens for a token only to what it was made for, within its reach', () => {
    const actor = asAnna(given(grant(anna, onWeb, { allow: ['containers.inspect'] })));
    const token = (capabilities: Capability[]) => aTokenOf(actor, { capabilities, targets: [WEB] });
    expect(canEverHold(token(['containers.inspect']), 'containers.inspect')).toBe(true);
    expect(canEverHold(token(['containers.see']), 'containers.inspect')).toBe(false);
  });
});

describe('handing on', () => {
  it('offers what somebody holds there, and nothing of their own account', () => {
    const actor = asAnna(given(grant(anna, onWeb, { role: 'operator', allow: ['account.see'] })));
    expect(heldOn(actor, ['containers.start', 'containers.delete', 'account.see'], web)).toEqual(['containers.start']);
  });
});
