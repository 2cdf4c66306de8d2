import type { PluginConsent, PluginManifest, PluginStatus } from '@bailiwick/contract';

interface Decided {
  readonly manifest: PluginManifest | null;
  readonly consent: PluginConsent | null;
  readonly isEnabled: boolean;
  readonly disabledBecause: string | null;
}

/** `running`: how its process stands; undefined where none is looked after. */
export function statusOf({ manifest, consent, isEnabled, disabledBecause }: Decided, running: PluginStatus | undefined): PluginStatus {
  if (!manifest) return 'broken';
  if (consent === null) return 'unapproved';
  if (!isEnabled) return disabledBecause === null ? 'stopped' : 'disabled';
  return running ?? 'stopped';
} // prettier-ignore

/** Whether its manifest asks for something that nobody agreed to. */
export function wantsMore(manifest: PluginManifest | null, consent: PluginConsent | null): boolean {
  if (!manifest || !consent) return false;
  const agreed = new Set<string>(consent.scopes);
  return manifest.scopes.some((scope) => !agreed.has(scope)) || (manifest.network && !consent.network);
}
