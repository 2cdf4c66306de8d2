import { describe, expect, it } from '@jest/globals';
import { NOTHING_GIVEN } from '../../foundation/access/access-state.rules.js';
import type { AccessState, KnownGrant, KnownProject, KnownTeam } from '../../foundation/access/standing.js';
import { anActor } from '../../../test/factories/actor.js';
import { capabilityOf, projectsTouchedBy, teamsTouchedBy, toForget } from './live.rules.js';

describe('what a topic asks for', () => {
  it.each([
    ['containers', 'containers.see'],
    ['environments', 'environments.see'],
    ['operations', 'operations.see'],
    ['operation:op_aaaaaaaaaaaaaaaa', 'operations.see'],
    ['access:ct_aaaaaaaaaaaaaaaa', 'containers.see'],
    ['teams', 'teams.see'],
    ['projects', 'projects.see'],
  ] as const)('%s: %s', (topic, capability) => {
    expect(capabilityOf(topic)).toBe(capability);
  });
});

describe('what a change of access touches', () => {
  const tenantId = 'ten_aaaaaaaaaaaaaaaa';
  const team: KnownTeam = { id: 'tea_aaaaaaaaaaaaaaaa', tenantId, name: 'Backend', priority: 100, members: new Set() };
  const project: KnownProject = {
    id: 'prj_aaaaaaaaaaaaaaaa',
    tenantId,
    name: 'Shop',
    ownerId: null,
    defaultRole: 'operator',
    archived: false,
  };
  const grant: KnownGrant = {
    id: 'gr_aaaaaaaaaaaaaaaa',
    tenantId,
    principal: { kind: 'team', id: team.id },
    target: { kind: 'project', id: project.id },
    role: null,
    allow: new Set(),
    deny: new Set(),
    lent: [],
    reason: null,
    grantedBy: 'usr_aaaaaaaaaaaaaaaa',
    grantedByName: 'Ada',
    byStaff: true,
    grantedAtMs: 0,
    expiresAtMs: null,
    version: 1,
  };
  const state = (more: Partial<AccessState> = {}): AccessState => ({
    ...NOTHING_GIVEN,
    teams: new Map([[team.id, team]]),
    projects: new Map([[project.id, project]]),
    ...more,
  });
  const granted = state({ grants: new Map([[grant.id, grant]]) });

  it('is nothing where nothing is otherwise', () => {
    expect([teamsTouchedBy(granted, granted), projectsTouchedBy(granted, granted)]).toEqual([[], []]);
  });

  it('is the team and the project of a grant that comes or goes', () => {
    for (const [before, after] of [
      [state(), granted],
      [granted, state()],
    ] as const)
      expect([teamsTouchedBy(before, after), projectsTouchedBy(before, after)]).toEqual([[team], [project]]);
  });

  it('is what is called otherwise, once, as it is now; and what is gone, as it was', () => {
    const renamed = { ...team, name: 'Back end' };
    const after = { ...granted, teams: new Map([[team.id, renamed]]) };
    expect(teamsTouchedBy(state(), after)).toEqual([renamed]);
    expect(teamsTouchedBy(granted, { ...granted, teams: new Map() })).toEqual([team]);
    expect(projectsTouchedBy(granted, after)).toEqual([]);
  });
});

describe('which subscriptions are forgotten', () => {
  const actor = anActor();
  const left = (atMs: number | undefined, who = actor) => ({ actor: who, detachedAtMs: atMs });

  it('those nobody came back for in two minutes', () => {
    const old = left(0);
    expect(toForget([old, left(1), left(undefined)], 120_001)).toEqual([old]);
  });

  it('the oldest of whoever left more than twenty', () => {
    const many = Array.from({ length: 22 }, (_, n) => left(n));
    expect(toForget([...many, left(0, anActor())], 100)).toEqual([many[1], many[0]]);
  });
});
