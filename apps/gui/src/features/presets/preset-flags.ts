import type { Flag, Preset, PresetRoleTag } from '@bailiwick/contract';

export const ROLE_TAGS: readonly PresetRoleTag[] = ['user', 'moderator', 'developer', 'tester', 'admin'];
/** In the order they have everywhere. */
export const FLAG_NAMES: readonly Flag[] = [
  'allow_explorer',
  'allow_root_explorer',
  'allow_console',
  'allow_shell',
  'allow_settings',
  'allow_edit_files',
  'allow_edit_startup',
  'allow_edit_ports',
];

type Flags = NonNullable<Preset['roles'][PresetRoleTag]>;
/** Nothing allowed yet. */
export const NO_FLAGS: Flags = {
  allow_explorer: false,
  allow_root_explorer: false,
  allow_console: false,
  allow_shell: false,
  allow_settings: false,
  allow_edit_files: false,
  allow_edit_startup: false,
  allow_edit_ports: false,
};
