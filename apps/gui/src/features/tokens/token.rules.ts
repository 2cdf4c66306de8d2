import type { PersonalToken, TokenCapability } from '@bailiwick/contract';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

type NounOf<Name extends string> = Name extends `${infer Noun}.${string}` ? Noun : never;
export type TokenNoun = NounOf<TokenCapability>;

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
  presets: 'presets.see',
  environments: 'environments.see',
  operations: 'operations.see',
  people: 'people.see',
  tenants: 'tenants.see',
  roles: 'roles.see',
  audit: 'audit.see',
  settings: 'settings.see',
  panel: null,
};

const isNoun = (text: string): text is TokenNoun => text in SIGHTS;

function nounOf(capability: TokenCapability): TokenNoun {
  const [noun = ''] = capability.split('.');
  if (!isNoun(noun)) throw new Error(`${capability} has no noun.`);
  return noun;
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
