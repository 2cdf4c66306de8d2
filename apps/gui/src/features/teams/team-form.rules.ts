import type { Team } from '@bailiwick/contract';

export const isTeamName = (text: string): boolean => text.trim().length >= 2 && text.trim().length <= 96;
export const isTeamDescription = (text: string): boolean => text.trim().length <= 300;
export const isPriority = (text: string): boolean =>
  /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1000;

/** Who comes and who goes by a choice that is not saved yet. */
export function membersChanged(
  { members }: Pick<Team, 'members'>,
  chosen: ReadonlySet<string>,
): { joined: string[]; left: string[] } {
  const known = new Set<string>(members.map(({ id }) => id));
  return {
    joined: [...chosen].filter((id) => !known.has(id)),
    left: [...known].filter((id) => !chosen.has(id)),
  };
}
