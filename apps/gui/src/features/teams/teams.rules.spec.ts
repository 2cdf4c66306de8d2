import { describe, expect, it } from '@jest/globals';
import type { Team } from '@bailiwick/contract';
import { isPriority, isTeamName, membersChanged } from './team-form.rules.ts';
import { ALL_TEAMS, filterCount, readTeamView, selectTeams, writeTeamView } from './team-view.rules.ts';

const aTeam = (overrides: Partial<Team> = {}): Team => ({
  id: 'tea_aaaaaaaaaaaaaaaa',
  tenant: { id: 'ten_aaaaaaaaaaaaaaaa', slug: 'acme', name: 'Acme' },
  name: 'Backend',
  description: '',
  priority: 100,
  members: [{ id: 'usr_aaaaaaaaaaaaaaaa', name: 'Tania', username: 'tania' }],
  grants: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 'one',
  rights: { can: [], why: {} },
  ...overrides,
});

describe('the list of teams', () => {
  it('reads back exactly the view it wrote', () => {
    for (const view of [ALL_TEAMS, { q: 'łódź & co', tenant: 'acme' }])
      expect(readTeamView(new URLSearchParams(writeTeamView(view)))).toEqual(view);
    expect(writeTeamView(ALL_TEAMS)).toBe('');
    expect(filterCount({ q: ' ', tenant: 'acme' })).toBe(1);
  });

  it('finds a team by its name, its words and who is in it, in one tenant or all', () => {
    const front = aTeam({ name: 'Frontend', description: 'Draws', members: [] });
    const names = (q: string, tenant = '') => selectTeams([front, aTeam()], { q, tenant }).map(({ name }) => name);
    expect(names('')).toEqual(['Backend', 'Frontend']);
    expect(names('END draws')).toEqual(['Frontend']);
    expect(names('tania')).toEqual(['Backend']);
    expect(names('', 'other')).toEqual([]);
  });
});

describe('the form of a team', () => {
  it('takes names of 2 to 96 characters and priorities of 1 to 1000', () => {
    expect(['a', 'ab', ' a ', 'x'.repeat(97)].map(isTeamName)).toEqual([false, true, false, false]);
    expect(['1', '1000', '0', '1001', '1.5', '', 'x'].map(isPriority)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('tells who comes and who goes', () => {
    expect(membersChanged(aTeam(), new Set(['usr_bbbbbbbbbbbbbbbb']))).toEqual({
      joined: ['usr_bbbbbbbbbbbbbbbb'],
      left: ['usr_aaaaaaaaaaaaaaaa'],
    });
    expect(membersChanged(aTeam(), new Set(['usr_aaaaaaaaaaaaaaaa']))).toEqual({ joined: [], left: [] });
  });
});
