import type { Capability, Topic, UserId } from '@bailiwick/contract';

/** How long somebody may be away and still get exactly what he missed. */
const KEPT_DETACHED_MS = 120_000;
const DETACHED_PER_PERSON = 20;

/** What changes independently of each other. */
export type FeedKind = 'containers' | 'environments' | 'operations' | 'people' | 'tenants' | 'roles';

const CAPABILITIES: Readonly<Record<FeedKind, Capability>> = {
  containers: 'containers.see',
  environments: 'environments.see',
  operations: 'operations.see',
  people: 'people.see',
  tenants: 'tenants.see',
  roles: 'roles.see',
};

const isFeed = (topic: Topic): topic is FeedKind => topic in CAPABILITIES;

/** The topic without an id, so that no id makes a new kind of refusal. */
export const kindOf = (topic: Topic): FeedKind | 'operation' => (isFeed(topic) ? topic : 'operation');

/** What somebody must hold to follow a topic at all; each item is asked about again. */
export const capabilityOf = (topic: Topic): Capability => CAPABILITIES[isFeed(topic) ? topic : 'operations'];

interface Detachable {
  readonly actor: { readonly userId: UserId };
  readonly detachedAtMs: number | undefined;
}

/** Those nobody came back for in time, and the oldest of whoever left too many. */
export function toForget<Kept extends Detachable>(subscriptions: Iterable<Kept>, nowMs: number): Kept[] {
  const left = [...subscriptions]
    .flatMap((kept) => (kept.detachedAtMs === undefined ? [] : [{ kept, atMs: kept.detachedAtMs }]))
    .sort((one, other) => other.atMs - one.atMs);
  const perPerson = new Map<UserId, number>();
  return left
    .filter(({ kept: { actor }, atMs }) => {
      const newer = perPerson.get(actor.userId) ?? 0;
      perPerson.set(actor.userId, newer + 1);
      return nowMs - atMs > KEPT_DETACHED_MS || newer >= DETACHED_PER_PERSON;
    })
    .map(({ kept }) => kept);
}
