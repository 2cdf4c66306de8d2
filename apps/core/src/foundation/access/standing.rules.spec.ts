import { describe, expect, it } from '@jest/globals';
import {
  ANNA,
  anna,
  asAnna,
  BEN,
  exceptionOn,
  FIRST,
  firstTeam,
  given,
  grant,
  holder,
  LEVELS,
  NOTHING_YET,
  NOW,
  onHost,
  onShop,
  onStack,
  onTenant,
  onWeb,
  OTHER_TENANT,
  project,
  SECOND,
  secondTeam,
  SHOP,
  team,
  UNKNOWN,
  verdict,
  WEB,
  web,
} from '../../../test/factories/access.js';
import { TEST_TENANT } from '../../../test/factories/actor.js';
import { decide, type Target } from './access.rules.js';
import { afterWrites } from './access-state.rules.js';
import type { KnownGrant } from './standing.js';
import { toStanding } from './standing.rules.js';

describe('a grant on the thing itself', () => {
  it('gives what its role says, and nothing beside', () => {
    const state = given(grant(anna, onWeb, { role: 'operator' }));
    expect(verdict(state, 'containers.start')).toBe('yes by direct');
    expect(verdict(state, 'containers.delete')).toBe('no by default');
    expect(verdict(state, 'containers.start', { ...web, id: 'ct_bbbbbbbbbbbbbbbb' })).toBe('no by default');
  });

  it('gives nobody else anything', () => {
    const state = given(grant(anna, onWeb, { role: 'maintainer' }));
    expect(verdict(state, 'containers.see', web, { userId: BEN })).toBe('no by default');
  });

  it('reaches what is about its container', () => {
    const state = given(grant(anna, onWeb, { role: 'operator' }));
    const operation: Target = { id: 'op_aaaaaaaaaaaaaaaa', tenantId: TEST_TENANT, ownerId: BEN, containerId: WEB };
    expect(verdict(state, 'operations.see', operation)).toBe('yes by direct');
    expect(verdict(state, 'operations.see', { ...operation, containerId: null })).toBe('no by default');
  });

  it('allows more than its role by its own exceptions, and what they take away it does not give', () => {
    const state = given(
      grant(anna, onWeb, { role: 'operator', allow: ['containers.delete'], deny: ['containers.stop'] }),
    );
    expect(verdict(state, 'containers.delete')).toBe('yes by direct');
    expect(verdict(state, 'containers.stop')).toBe('no by denied');
  });

  it('gives nothing it takes away, even where it allows it as well', () => {
    const state = given(grant(anna, onWeb, { allow: ['containers.stop'], deny: ['containers.stop'] }));
    expect(verdict(state, 'containers.stop')).toBe('no by denied');
  });

  it('adds to what a team has: an observer whose team maintains may maintain', () => {
    const state = given(grant(anna, onWeb, { role: 'observer' }), grant(firstTeam, onWeb, { role: 'maintainer' }));
    expect(verdict(state, 'containers.see')).toBe('yes by direct');
    expect(verdict(state, 'containers.delete')).toBe('yes by team');
  });

  it('is as if it had never been from the moment it ends', () => {
    const ending = (expiresAtMs: number) => given(grant(anna, onWeb, { role: 'operator', expiresAtMs }));
    expect(verdict(ending(NOW + 1), 'containers.start')).toBe('yes by direct');
    expect(verdict(ending(NOW), 'containers.start')).toBe('no by default');
    const over = given(
      grant(anna, onWeb, { deny: ['containers.stop'], expiresAtMs: NOW }),
      grant(firstTeam, onWeb, { role: 'observer', expiresAtMs: NOW }),
      grant(secondTeam, onWeb, { role: 'operator' }),
    );
    expect(verdict(over, 'containers.stop')).toBe('yes by team');
  });

  it('gives nothing by a role that is in no catalogue, not even what is excepted for that name', () => {
    const state = afterWrites(given(grant(anna, onWeb, { role: 'gone' })), exceptionOn('gone', ['containers.start']));
    expect(verdict(state, 'containers.start')).toBe('no by default');
    const known = afterWrites(state, { putRoles: [['gone', new Set()]] });
    expect(verdict(known, 'containers.start')).toBe('yes by direct');
  });
});

describe('an exception on the thing itself', () => {
  it('beats every grant, the one on the tenant as well as the ownership of the thing', () => {
    const state = given(
      grant(anna, onWeb, { deny: ['containers.stop'] }),
      grant(anna, onTenant, { role: 'maintainer' }),
    );
    expect(verdict(state, 'containers.stop', { ...web, ownerId: ANNA })).toBe('no by denied');
    expect(verdict(state, 'containers.start', { ...web, ownerId: ANNA })).toBe('yes by owner');
  });

  it('counts from every team they are in, also from one of a higher number', () => {
    const state = given(
      grant(anna, onWeb, { role: 'maintainer' }),
      grant(firstTeam, onWeb, { role: 'maintainer' }),
      grant(secondTeam, onWeb, { deny: ['containers.stop'] }),
    );
    expect(verdict(state, 'containers.stop')).toBe('no by denied');
    expect(
      verdict(afterWrites(state, { putTeams: [team(SECOND, 2, { members: new Set([BEN]) })] }), 'containers.stop'),
    ).toBe('yes by direct');
  });

  it('never holds up staff', () => {
    const state = given(grant(anna, onWeb, { deny: ['containers.stop'] }));
    expect(verdict(state, 'containers.stop', web, { platformRole: 'administrator' })).toBe('yes by staff');
  });
});

describe('grants to teams', () => {
  it('count by the lowest number of those that hold something on the same thing, and hide the others there', () => {
    const state = given(
      grant(firstTeam, onWeb, { role: 'observer' }),
      grant(secondTeam, onWeb, { role: 'maintainer' }),
    );
    expect(verdict(state, 'containers.see')).toBe('yes by team');
    expect(verdict(state, 'containers.delete')).toBe('no by default');
  });

  it('do not hide what another team has on the project that holds the thing', () => {
    const state = given(
      grant(firstTeam, onWeb, { role: 'observer' }),
      grant(secondTeam, onShop, { role: 'maintainer' }),
    );
    expect(verdict(state, 'containers.delete')).toBe('yes by project');
  });

  it('do not count by the number of a team that holds nothing on that thing', () => {
    const state = given(
      grant(firstTeam, onStack, { role: 'observer' }),
      grant(secondTeam, onWeb, { role: 'maintainer' }),
    );
    expect(verdict(state, 'containers.delete')).toBe('yes by team');
  });

  it('count together where two teams have the same number', () => {
    const state = afterWrites(
      given(grant(firstTeam, onWeb, { role: 'observer' }), grant(secondTeam, onWeb, { role: 'maintainer' })),
      { putTeams: [team(SECOND, 1)] },
    );
    expect(verdict(state, 'containers.delete')).toBe('yes by team');
  });

  it('reach members only', () => {
    const state = given(grant(firstTeam, onWeb, { role: 'maintainer' }));
    expect(verdict(state, 'containers.delete', web, { userId: BEN })).toBe('no by default');
  });

  it('give nothing in another tenant, though somebody is in a team of it', () => {
    const there = { ...web, tenantId: OTHER_TENANT };
    const putTeams = [team(FIRST, 1, { tenantId: OTHER_TENANT })];
    const state = afterWrites(given(grant(firstTeam, onWeb, { role: 'maintainer', tenantId: OTHER_TENANT })), {
      putTeams,
    });
    expect(verdict(state, 'containers.see', there)).toBe('no by default');
    expect(verdict(state, 'containers.see', web)).toBe('no by default');
    expect(verdict(state, 'containers.see', there, { tenantId: OTHER_TENANT })).toBe('yes by team');
  });
});

describe('between tenants', () => {
  it('nothing that was handed on reaches a thing of another one, on any level', () => {
    const all = [onWeb, ...Object.values(LEVELS)].map((target) => grant(anna, target, { role: 'maintainer' }));
    const state = given(...all);
    expect(verdict(state, 'containers.see', { ...web, tenantId: OTHER_TENANT, ownerId: ANNA })).toBe('no by default');
    expect(verdict(state, 'containers.see')).toBe('yes by direct');
  });
});

describe('the role somebody carries', () => {
  const state = given(grant(anna, onWeb, {}));

  it('is meant by a grant on the thing that names none', () => {
    expect(verdict(state, 'containers.start', web, { roleTag: 'moderator' })).toBe('yes by role_tag');
    expect(verdict(state, 'containers.start', web, { roleTag: 'user' })).toBe('no by default');
  });

  it('is `user` where they carry none, or one that is in no catalogue', () => {
    for (const roleTag of [null, 'gone']) {
      expect(verdict(state, 'files.list', web, { roleTag })).toBe('yes by role_tag');
      expect(verdict(state, 'containers.start', web, { roleTag })).toBe('no by default');
    }
  });

  it('is meant by what was given to a team as well, to each member by their own', () => {
    const toTeam = given(grant(firstTeam, onWeb, {}));
    expect(verdict(toTeam, 'containers.start', web, { roleTag: 'admin' })).toBe('yes by role_tag');
    expect(verdict(toTeam, 'containers.start', web, { roleTag: 'tester' })).toBe('no by default');
  });

  it('gives nothing by itself: an admin without a grant has nothing', () => {
    expect(verdict(NOTHING_YET, 'containers.see', web, { roleTag: 'admin' })).toBe('no by default');
  });
});

describe('a grant on what holds the thing', () => {
  it('gives on every level what its role says, and nothing where the thing is elsewhere', () => {
    const elsewhere: Target = { id: WEB, tenantId: TEST_TENANT, ownerId: null, environmentId: null };
    for (const [level, target] of Object.entries(LEVELS)) {
      const state = given(grant(anna, target, { role: 'operator' }));
      expect(verdict(state, 'containers.start')).toBe(`yes by ${level}`);
      expect(verdict(state, 'containers.delete')).toBe('no by default');
      if (level !== 'tenant') expect(verdict(state, 'containers.start', elsewhere)).toBe('no by default');
    }
  });

  it('takes away there what it denies, before anything gives there or further out, but after what is nearer', () => {
    for (const [level, target] of Object.entries(LEVELS)) {
      const there = [
        grant(anna, target, { deny: ['containers.stop'] }),
        grant(firstTeam, target, { role: 'maintainer' }),
      ];
      expect(verdict(given(...there), 'containers.stop')).toBe(`no by ${level}`);
      const near = grant(anna, onWeb, { role: 'operator' });
      expect(verdict(given(...there, near), 'containers.stop')).toBe('yes by direct');
    }
    const further = [grant(anna, onShop, { deny: ['containers.stop'] }), grant(anna, onTenant, { role: 'maintainer' })];
    expect(verdict(given(...further), 'containers.stop')).toBe('no by project');
    expect(verdict(given(...further, grant(anna, onStack, { role: 'operator' })), 'containers.stop')).toBe(
      'yes by stack',
    );
  });

  it('never reaches what nobody took over by way of its environment or tenant, but by its own name, stack or project', () => {
    const found: Target = { ...web, managed: false };
    for (const target of [onHost, onTenant]) {
      const state = given(grant(anna, target, { role: 'maintainer' }));
      expect(verdict(state, 'containers.see', found)).toBe('no by default');
      expect(verdict(state, 'containers.see', { ...found, ownerId: BEN })).toMatch('yes by');
    }
    expect(verdict(given(grant(anna, onWeb, { role: 'observer' })), 'containers.see', found)).toBe('yes by direct');
    expect(verdict(given(grant(anna, onStack, { role: 'observer' })), 'containers.see', found)).toBe('yes by stack');
    expect(verdict(given(grant(anna, onShop, { role: 'observer' })), 'containers.see', found)).toBe('yes by project');
  });

  it('speaks for the holder itself by the rules on a thing', () => {
    const shop: Target = { id: SHOP, tenantId: TEST_TENANT, ownerId: null, projectId: SHOP };
    const state = given(grant(anna, onShop, { role: 'maintainer' }));
    expect(verdict(state, 'projects.update', shop)).toBe('yes by direct');
    // Also without a role: that is the project's own, and nobody's tag.
    expect(verdict(given(grant(anna, onShop, {})), 'projects.see', shop)).toBe('yes by direct');
    const { trace } = decide(asAnna(state), 'projects.update', shop);
    expect(trace.find(({ rule }) => rule === 'project')).toMatchObject({ effect: 'none', grants: [] });
    expect(verdict(given(grant(anna, onShop, { deny: ['projects.see'] })), 'projects.see', shop)).toBe('no by denied');
  });
});

describe('a grant on a project', () => {
  const member = grant(anna, onShop, {});

  it('that names no role means the role of the project, whatever its person carries', () => {
    expect(verdict(given(member), 'containers.start')).toBe('yes by project');
    const looking = afterWrites(given(member), { putProjects: [project({ defaultRole: 'observer' })] });
    expect(verdict(looking, 'containers.start', web, { roleTag: 'admin' })).toBe('no by default');
    const named = given(grant(anna, onShop, { role: 'maintainer' }));
    expect(verdict(named, 'containers.delete')).toBe('yes by project');
  });

  it('rests while the project is archived, with what it takes away, and stands again afterwards', () => {
    const denying = grant(firstTeam, onShop, { deny: ['containers.see'] });
    const open = given(member, denying, grant(anna, onTenant, { role: 'observer' }));
    const archived = afterWrites(open, { putProjects: [project({ archived: true })] });
    expect(verdict(archived, 'containers.start')).toBe('no by default');
    expect(verdict(archived, 'containers.see')).toBe('yes by tenant');
    expect(verdict(afterWrites(archived, { putProjects: [project()] }), 'containers.start')).toBe('yes by project');
    expect(verdict(open, 'containers.see')).toBe('no by project');
  });

  it('rests while nobody knows the project', () => {
    const state = given(grant(anna, { kind: 'project', id: UNKNOWN }, { role: 'maintainer' }));
    expect(verdict(state, 'containers.see', { ...web, projectId: UNKNOWN })).toBe('no by default');
  });
});

describe('an exception to a role on one container', () => {
  it('changes there what the role gives, on whichever level it was granted', () => {
    for (const target of [onWeb, ...Object.values(LEVELS)]) {
      const before = given(grant(anna, target, { role: 'operator' }));
      const after = afterWrites(before, exceptionOn('operator', ['containers.delete'], ['containers.stop']));
      expect(verdict(after, 'containers.delete')).toMatch('yes by');
      expect(verdict(after, 'containers.stop')).toBe('no by default');
      expect(verdict(before, 'containers.stop')).toMatch('yes by');
      const other = { ...web, id: 'ct_bbbbbbbbbbbbbbbb' };
      if (target !== onWeb) expect(verdict(after, 'containers.stop', other)).toMatch('yes by');
      expect(verdict(after, 'containers.delete', other)).toBe('no by default');
    }
  });

  it('takes away rather than gives where it says both', () => {
    const state = afterWrites(
      given(grant(anna, onWeb, { role: 'operator' })),
      exceptionOn('operator', ['containers.stop'], ['containers.stop']),
    );
    expect(verdict(state, 'containers.stop')).toBe('no by default');
  });

  it('leaves alone what a grant allows by name, other roles, and what the owner of the thing may', () => {
    const exception = exceptionOn('operator', [], ['containers.stop']);
    const named = given(grant(anna, onWeb, { role: 'operator', allow: ['containers.stop'] }));
    expect(verdict(afterWrites(named, exception), 'containers.stop')).toBe('yes by direct');
    const other = given(grant(anna, onWeb, { role: 'developer' }));
    expect(verdict(afterWrites(other, exception), 'containers.stop')).toBe('yes by direct');
    const owned = afterWrites(NOTHING_YET, exceptionOn('maintainer', [], ['containers.stop']));
    expect(verdict(owned, 'containers.stop', { ...web, ownerId: ANNA })).toBe('yes by owner');
  });

  it('holds for the role somebody carries, and for the one a project gives', () => {
    const tagged = afterWrites(given(grant(anna, onWeb, {})), exceptionOn('user', ['containers.start']));
    expect(verdict(tagged, 'containers.start')).toBe('yes by role_tag');
    const ofProject = afterWrites(given(grant(anna, onShop, {})), exceptionOn('operator', [], ['containers.start']));
    expect(verdict(ofProject, 'containers.start')).toBe('no by default');
  });

  it('does not stop a rule further out that gives it by another role', () => {
    const state = afterWrites(
      given(grant(anna, onWeb, { role: 'operator' }), grant(anna, onTenant, { role: 'developer' })),
      exceptionOn('operator', [], ['containers.stop']),
    );
    expect(verdict(state, 'containers.stop')).toBe('yes by tenant');
  });
});
describe('a standing', () => {
  it('says when something of it ends first, and never where nothing does', () => {
    const ends = (...some: Array<number | null>) =>
      toStanding(given(...some.map((expiresAtMs) => grant(anna, onWeb, { expiresAtMs }))), holder, NOW, 'v').endsAtMs;
    expect(ends(null, NOW + 5, NOW + 3)).toBe(NOW + 3);
    expect(ends(NOW + 3, NOW + 5)).toBe(NOW + 3);
    expect(ends(null, NOW - 1)).toBe(Infinity);
    expect(ends()).toBe(Infinity);
  });

  it('can be worked out of two hundred thousand grants', () => {
    const one = grant(anna, onWeb, { role: 'observer' });
    const putGrants = Array.from({ length: 200_000 }, (_, n): KnownGrant => ({ ...one, id: `gr_${n}` }));
    expect(verdict(afterWrites(NOTHING_YET, { putGrants }), 'containers.see')).toBe('yes by direct');
  });
});
