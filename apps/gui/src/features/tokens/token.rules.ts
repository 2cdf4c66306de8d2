import type { PersonalToken, TokenCapability, TokenTarget } from '@bailiwick/contract';
import type { CapabilityNoun } from '../access/capability.rules.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

/** Nobody's own account: no token is made for it. */
export type TokenNoun = Exclude<CapabilityNoun, 'account'>;

export interface CapabilityGroup {
  noun: TokenNoun;
  capabilities: TokenCapability[];
}

export type Expiry = { state: 'expired' } | { state: 'soon'; days: number } | { state: 'later' };

/** How near its end a token is; two weeks before, somebody should be told. */
export function expiryOf({ expiresAt }: Pick<PersonalToken, 'expiresAt'>, now: number): Expiry {
  const leftMs = Date.parse(expiresAt) - now;
  if (leftMs <= 0) return { state: 'expired' };
  const days = Math.floor(leftMs / DAY_MS);
  return days < SOON_DAYS ? { state: 'soon', days } : { state: 'later' };
}

/** What each noun is about, and what of it is to be seen before anything is done to it. */
const SIGHTS: Readonly<Record<TokenNoun, TokenCapability | null>> = {
  containers: 'containers.see',
  files: null,
  operations: 'operations.see',
  projects: 'projects.see',
  teams: 'teams.see',
  people: 'people.see',
  tenants: 'tenants.see',
  roles: 'roles.see',
  access: null,
  audit: 'audit.see',
  presets: 'presets.see',
  images: 'images.see',
  volumes: 'volumes.see',
  networks: 'networks.see',
  environments: 'environments.see',
  machines: 'machines.see',
  bundles: 'bundles.see',
  apps: 'apps.see',
  plugins: 'plugins.see',
  settings: 'settings.see',
  panel: null,
};

const isNoun = (text: string): text is TokenNoun => text in SIGHTS;

function nounOf(capability: TokenCapability): TokenNoun {
  const [noun = ''] = capability.split('.');
  if (!isNoun(noun)) throw new Error(`${capability} has no noun.`);
  return noun;
}

/** These are about no container and nothing of a tenant: a token made for such things never comes to them. */
const WITHOUT_TARGET: ReadonlySet<TokenNoun> = new Set<TokenNoun>([
  'people',
  'tenants',
  'roles',
  'audit',
  'images',
  'plugins',
  'settings',
  'panel',
]);

/** What of it a token can do that is made for a few things only, and what it cannot. */
export function splitByTargets(capabilities: readonly TokenCapability[]): {
  within: TokenCapability[];
  beyond: TokenNoun[];
} {
  const within = capabilities.filter((capability) => !WITHOUT_TARGET.has(nounOf(capability)));
  const beyond = capabilities.map(nounOf).filter((noun) => WITHOUT_TARGET.has(noun));
  return { within, beyond: [...new Set(beyond)] };
}

/** A container or a tenant a token can be made for. */
export interface Reachable {
  id: TokenTarget;
  kind: 'container' | 'tenant';
  name: string;
  /** What tells it from another of that name. */
  detail: string;
}

/** Found by every word, wherever it stands. */
export function findReachable(things: readonly Reachable[], q: string): Reachable[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return things.filter(({ name, detail }) => {
    const text = `${name}\n${detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** By what they are about, in the order the core gives them. */
export function groupByNoun(capabilities: readonly TokenCapability[]): CapabilityGroup[] {
  const groups = new Map<TokenNoun, TokenCapability[]>();
  for (const capability of capabilities) {
    const noun = nounOf(capability);
    groups.set(noun, [...(groups.get(noun) ?? []), capability]);
  }
  return [...groups].map(([noun, members]) => ({ noun, capabilities: members }));
}

/** Chooses one, or takes it back. Seeing comes with doing: the box shows what the core will add. */
export function toggle(
  chosen: ReadonlySet<TokenCapability>,
  changed: readonly TokenCapability[],
  on: boolean,
): Set<TokenCapability> {
  const next = new Set(chosen);
  for (const capability of changed) {
    if (on) next.add(capability);
    else next.delete(capability);
  }
  for (const capability of next) {
    const sight = SIGHTS[nounOf(capability)];
    if (sight) next.add(sight);
  }
  return next;
}
