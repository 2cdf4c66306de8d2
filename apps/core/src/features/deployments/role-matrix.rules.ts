import {
  BUILT_IN_ROLES,
  Capability,
  FLAGS,
  type Flag,
  type PresetRole,
  type PresetRoles,
  PresetRoleTag,
} from '@bailiwick/contract';

export interface RoleDifference {
  readonly role: PresetRoleTag;
  readonly allow: Capability[];
  readonly deny: Capability[];
}

/** What a role may hold beyond the older switches, and loses with the switch it belongs to. */
const FALLS_WITH: Readonly<Partial<Record<Flag, readonly Capability[]>>> = {
  allow_shell: ['containers.shell', 'containers.shellRoot'],
  allow_settings: [
    'containers.pause',
    'containers.kill',
    'containers.settingsEnv',
    'containers.settingsSecrets',
    'containers.settingsResources',
    'containers.settingsImage',
    'containers.recreate',
  ],
};

/** In what the roles of a preset differ from what they mean everywhere; a role that means the same is left out. */
export const differencesIn = (roles: PresetRoles): RoleDifference[] =>
  PresetRoleTag.options.flatMap((role) => {
    const said = roles[role];
    const difference = said ? differenceOf(role, said) : undefined;
    return difference && difference.allow.length + difference.deny.length > 0 ? [difference] : [];
  });

function differenceOf(role: PresetRoleTag, said: PresetRole): RoleDifference {
  const usual = new Set(BUILT_IN_ROLES[role]);
  const flags = Object.keys(FLAGS) as Flag[];
  const of = (flag: Flag): readonly Capability[] => FLAGS[flag];
  const on = flags.filter((flag) => said[flag]).flatMap(of);
  const off = flags.filter((flag) => !said[flag]).flatMap((flag) => [...of(flag), ...(FALLS_WITH[flag] ?? [])]);
  const chosen = (some: readonly Capability[]) => Capability.options.filter((capability) => some.includes(capability));
  return {
    role,
    allow: chosen(on.filter((capability) => !usual.has(capability))),
    deny: chosen(off.filter((capability) => usual.has(capability))),
  };
}
