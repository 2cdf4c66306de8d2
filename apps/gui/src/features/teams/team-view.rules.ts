import type { Team } from '@bailiwick/contract';

/** What the address says about the list. */
export interface TeamView {
  q: string;
  /** A slug. */
  tenant: string;
}

export const ALL_TEAMS: TeamView = { q: '', tenant: '' };

export const readTeamView = (parameters: URLSearchParams): TeamView => ({
  q: (parameters.get('q') ?? '').slice(0, 200),
  tenant: (parameters.get('tenant') ?? '').slice(0, 64),
});

/** The query string of a view; empty for all of them. */
export function writeTeamView(view: TeamView): string {
  const named = Object.entries(view).filter(([, value]) => value !== '');
  return named.length === 0 ? '' : `?${new URLSearchParams(named)}`;
}

export const filterCount = ({ q, tenant }: TeamView): number => Number(q.trim() !== '') + Number(tenant !== '');

/** Those that are meant, by name; a team is found by who is in it, too. */
export function selectTeams(teams: readonly Team[], { q, tenant }: TeamView): Team[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return teams
    .filter(
      (team) => (tenant === '' || team.tenant.slug === tenant) && words.every((word) => textOf(team).includes(word)),
    )
    .sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1));
}

const textOf = ({ name, description, tenant, members }: Team): string =>
  [name, description, tenant.name, ...members.flatMap((member) => [member.name, member.username])]
    .join('\n')
    .toLowerCase();
