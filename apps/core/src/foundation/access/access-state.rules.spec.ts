import { describe, expect, it } from '@jest/globals';
import {
  ANNA,
  anna,
  BEN,
  exceptionOn,
  FIRST,
  firstTeam,
  given,
  grant,
  NOTHING_YET,
  NOW,
  onShop,
  onWeb,
  project,
  SHOP,
  team,
  verdict,
  WEB,
} from '../../../test/factories/access.js';
import { type AccessWrites, afterWrites, endedBetween, holders, nextEnd, touchedBy } from './access-state.rules.js';
import type { AccessState } from './standing.js';

describe('a change', () => {
  it('leaves the state before as it was', () => {
    const one = grant(anna, onWeb, { role: 'operator' });
    const before = afterWrites(given(one), exceptionOn('operator', ['containers.delete']));
    const after = afterWrites(before, {
      dropGrants: [one.id],
      dropTeams: [FIRST],
      dropProjects: [SHOP],
      dropRoles: ['operator'],
      dropExceptions: [[WEB, 'operator']],
    });
    expect(verdict(before, 'containers.delete')).toBe('yes by direct');
    expect(verdict(after, 'containers.delete')).toBe('no by default');
    expect([after.teams.size, after.projects.size, after.exceptions.size]).toEqual([1, 0, 0]);
  });

  const touched = (before: AccessState, writes: AccessWrites) => [
    ...touchedBy(before, afterWrites(before, writes), writes),
  ];

  it('of a grant touches those it is to, and no others', () => {
    const one = grant(firstTeam, onWeb, { role: 'operator' });
    expect(touched(NOTHING_YET, { putGrants: [one] })).toEqual([ANNA]);
    expect(touched(given(one), { dropGrants: [one.id] })).toEqual([ANNA]);
    expect(touched(given(one), { putGrants: [{ ...one, principal: { kind: 'user', id: BEN } }] })).toEqual([ANNA, BEN]);
  });

  it('of a team touches who was in it and who is', () => {
    expect(touched(NOTHING_YET, { putTeams: [team(FIRST, 1, { members: new Set([BEN]) })] })).toEqual([ANNA, BEN]);
    expect(touched(NOTHING_YET, { dropTeams: [FIRST] })).toEqual([ANNA]);
  });

  it('of what a role or a project means touches everybody who was given anything, also when a project goes', () => {
    const before = given(grant(firstTeam, onShop, {}));
    const changes: AccessWrites[] = [
      { dropProjects: [SHOP] },
      { putProjects: [project({ archived: true })] },
      { dropRoles: ['operator'] },
      { putRoles: [['operator', new Set()]] },
      exceptionOn('operator', []),
    ];
    for (const writes of changes) expect(touched(before, writes)).toEqual([ANNA]);
    expect(touched(NOTHING_YET, { dropProjects: [SHOP] })).toEqual([]);
  });
});

describe('the end of a grant', () => {
  const ending = (expiresAtMs: number) => grant(anna, onWeb, { role: 'observer', expiresAtMs });

  it('is waited for from the next one on', () => {
    expect(nextEnd(given(ending(NOW), ending(NOW + 9), ending(NOW + 3)), NOW)).toBe(NOW + 3);
    expect(nextEnd(given(ending(NOW), grant(anna, onWeb, {})), NOW)).toBe(Infinity);
  });

  it('is told once: after the moment before it, and not again', () => {
    const one = ending(NOW);
    const state = given(one, ending(NOW + 1));
    expect(endedBetween(state, NOW - 1, NOW)).toEqual([one]);
    expect(endedBetween(state, NOW, NOW)).toEqual([]);
  });

  it('touches every member of the team it was to', () => {
    const state = afterWrites(given(), { putTeams: [team(FIRST, 1, { members: new Set([ANNA, BEN]) })] });
    expect([...holders(state, [grant(firstTeam, onWeb, {})])]).toEqual([ANNA, BEN]);
  });
});
