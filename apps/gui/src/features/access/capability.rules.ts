import type { Capability } from '@bailiwick/contract';

type NounOf<Name extends string> = Name extends `${infer Noun}.${string}` ? Noun : never;
export type CapabilityNoun = NounOf<Capability>;

/** The critical ones: each has a word of warning. */
const CAUTIONED = [
  'containers.bindHost',
  'containers.shellRoot',
  'files.root',
  'containers.settingsSecrets',
  'containers.delete',
  'containers.manageAccess',
  'people.ownership',
  'tenants.archive',
  'roles.update',
  'volumes.delete',
  'environments.create',
  'environments.update',
  'environments.delete',
  'machines.delete',
  'apps.delete',
  'plugins.manage',
  'settings.update',
] as const satisfies readonly Capability[];

export const isCautioned = (capability: Capability): capability is (typeof CAUTIONED)[number] =>
  CAUTIONED.some((each) => each === capability);
