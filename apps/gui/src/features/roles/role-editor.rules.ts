import type { Capability, CapabilityGroup, Risk, Role } from '@bailiwick/contract';

/** A capability a role can hold. `tenantOnly`: it counts only where the role is given for a whole tenant. */
export interface OfferedCapability {
  capability: Capability;
  group: CapabilityGroup;
  risk: Risk;
  tenantOnly: boolean;
}

/** What was changed and is not saved yet; somebody else's change of the same role is kept beside it. */
export type Staged = ReadonlyMap<Capability, boolean>;
export const NOTHING_STAGED: Staged = new Map();

const GROUPS: readonly CapabilityGroup[] = ['see', 'operate', 'console', 'files', 'configure', 'data', 'administer'];

export interface OfferedGroup {
  group: CapabilityGroup;
  offered: OfferedCapability[];
}

/** In the order of the panel; a group nothing is offered of is none. */
export const groupsOf = (offered: readonly OfferedCapability[]): OfferedGroup[] =>
  GROUPS.map((group) => ({ group, offered: offered.filter((each) => each.group === group) })).filter(
    (each) => each.offered.length > 0,
  );

/** How much of each group a role holds, without groups it holds nothing of. */
export const countsOf = (
  { capabilities }: Pick<Role, 'capabilities'>,
  offered: readonly OfferedCapability[],
): Array<{ group: CapabilityGroup; held: number; of: number }> =>
  groupsOf(offered)
    .map(({ group, offered: some }) => ({
      group,
      held: some.filter(({ capability }) => capabilities.includes(capability)).length,
      of: some.length,
    }))
    .filter(({ held }) => held > 0);

/** Setting something to what it is already is no change. */
export function stage(
  staged: Staged,
  { capabilities }: Pick<Role, 'capabilities'>,
  changed: readonly Capability[],
  held: boolean,
): Staged {
  const next = new Map(staged);
  for (const capability of changed)
    if (capabilities.includes(capability) === held) next.delete(capability);
    else next.set(capability, held);
  return next;
}

/** The role as it would be. What the panel does not offer stays as it is. */
export function wanted({ capabilities }: Pick<Role, 'capabilities'>, staged: Staged): Capability[] {
  const added = [...staged].flatMap(([capability, held]) => (held ? [capability] : []));
  const kept = capabilities.filter((capability) => staged.get(capability) !== false);
  return [...kept, ...added.filter((capability) => !kept.includes(capability))];
}

export interface Difference {
  added: Capability[];
  removed: Capability[];
}

/** What one set has that another has not, and the other way round. */
export const differenceOf = (before: readonly Capability[], after: readonly Capability[]): Difference => ({
  added: after.filter((capability) => !before.includes(capability)),
  removed: before.filter((capability) => !after.includes(capability)),
});

/** Of the words a capability has, all that was typed. */
export function isFoundBy(words: { name: string; sentence: string; capability: string }, q: string): boolean {
  const text = `${words.name} ${words.sentence} ${words.capability}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => text.includes(word));
}
