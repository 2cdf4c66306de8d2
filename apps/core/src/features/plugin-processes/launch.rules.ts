import type { PluginManifest, PluginSource } from '@bailiwick/contract';

/** In words, for the person who would have it run. */
export type LaunchRefusal = string;

interface Machine {
  readonly isProduction: boolean;
  readonly bwrap: string | undefined;
  readonly hasCgroups: boolean;
}

/** What this machine lacks for it; undefined: nothing. */
export function whyNotLaunched(
  manifest: PluginManifest,
  source: PluginSource,
  { isProduction, bwrap, hasCgroups }: Machine,
): LaunchRefusal | undefined {
  if (source === 'in_process')
    return isProduction
      ? 'A module in the core is for development only: give it a command, and it gets a process of its own.'
      : 'A module in the core is not supported yet: give it a command.';
  if (source === 'external')
    return isLoopbackEndpoint(manifest.endpoint ?? '')
      ? undefined
      : `Its endpoint ${manifest.endpoint} is not this machine: use 127.0.0.1 or [::1].`;
  if (!isProduction) return undefined;
  if (bwrap === undefined) return 'Plugins are shut in by bubblewrap, which is not here: apt-get install bubblewrap.';
  if (!hasCgroups)
    return 'Its memory cannot be bounded: the core may make no cgroup here. Run the core as root, or run the plugin yourself and name its endpoint.'; // prettier-ignore
  return undefined;
}

const isLoopbackEndpoint = (endpoint: string): boolean => /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost):\d+$/.test(endpoint); // prettier-ignore
