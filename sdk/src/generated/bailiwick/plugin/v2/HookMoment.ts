// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export const HookMoment = {
  HOOK_MOMENT_UNSPECIFIED: 'HOOK_MOMENT_UNSPECIFIED',
  HOOK_MOMENT_VALIDATE: 'HOOK_MOMENT_VALIDATE',
  HOOK_MOMENT_BEFORE: 'HOOK_MOMENT_BEFORE',
  HOOK_MOMENT_AFTER: 'HOOK_MOMENT_AFTER',
} as const;

export type HookMoment =
  'HOOK_MOMENT_UNSPECIFIED' | 0 | 'HOOK_MOMENT_VALIDATE' | 1 | 'HOOK_MOMENT_BEFORE' | 2 | 'HOOK_MOMENT_AFTER' | 3;

export type HookMoment__Output = (typeof HookMoment)[keyof typeof HookMoment];
