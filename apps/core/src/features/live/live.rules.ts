import { type Capability, ContainerId, type Topic, type UserId } from '@bailiwick/contract';
import { differing } from '../../foundation/access/access-state.rules.js';
import type { AccessState, KnownProject, KnownTeam } from '../../foundation/access/standing.js';

/** How long somebody may be away and still get exactly what he missed. */
const KEPT_DETACHED_MS = 120_000;
const DETACHED_PER_PERSON = 20;

/** What changes independently of each other. */
export type FeedKind =
  | 'containers'
  | 'environments'
  | 'operations'
  | 'people'
  | 'tenants'
  | 'roles'
  | 'teams'
  | 'projects'
  | 'accessRequests'
  | 'alerts'
  | 'engineEvents'
  | 'plugins'
  | 'access'
  | 'usage'
  | 'hostUsage';

const CAPABILITIES: Readonly<Record<FeedKind, Capability>> = {
  containers: 'containers.see',
  environments: 'environments.see',
  operations: 'operations.see',
  people: 'people.see',
  tenants: 'tenants.see',
  roles: 'roles.see',
  teams: 'teams.see',
  projects: 'projects.see',
  // Everybody has requests of their own; whose else they see is asked for each.
  accessRequests: 'account.see',
  // Whose they see is asked for each.
  alerts: 'containers.see',
  engineEvents: 'containers.see',
  plugins: 'plugins.see',
  access: 'containers.see',
  usage: 'containers.stats',
  hostUsage: 'environments.metrics',
};

export type TopicOfAccess = Extract<Topic, `access:${string}`>;
const isFeed = (topic: Topic): topic is Extract<Topic, FeedKind> => topic in CAPABILITIES;
export const isOfAccess = (topic: Topic): topic is TopicOfAccess => topic.startsWith('access:');
export type TopicOfUsage = Extract<Topic, `usage:${string}`>;
export const isOfUsage = (topic: Topic): topic is TopicOfUsage => topic.startsWith('usage:');
export const containerOf = (topic: TopicOfAccess | TopicOfUsage): ContainerId =>
  ContainerId.parse(topic.slice(topic.indexOf(':') + 1));

/** What changes on it: the topic without an id. */
function feedOf(topic: Topic): FeedKind {
  if (isFeed(topic)) return topic;
  if (isOfAccess(topic)) return 'access';
  return isOfUsage(topic) ? 'usage' : 'operations';
}

/** The topic without an id, so that no id makes a new kind of refusal. */
export const kindOf = (topic: Topic): FeedKind | 'operation' =>
  topic.startsWith('operation:') ? 'operation' : feedOf(topic);

/** What somebody must hold to follow a topic at all; each item is asked about again. */
export const capabilityOf = (topic: Topic): Capability => CAPABILITIES[feedOf(topic)];

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

type Teams = Pick<AccessState, 'teams' | 'grants'>;
type Projects = Pick<AccessState, 'projects' | 'grants'>;

/** Teams that are otherwise now, or hold otherwise. */
export function teamsTouchedBy(before: Teams, after: Teams): KnownTeam[] {
  const ids = differing(before.grants, after.grants).map(({ principal }) => principal.id);
  return touched(before.teams, after.teams, new Set<string>(ids));
}

/** Projects that are otherwise now, or have other members. */
export function projectsTouchedBy(before: Projects, after: Projects): KnownProject[] {
  const ids = differing(before.grants, after.grants).map(({ target }) => target.id);
  return touched(before.projects, after.projects, new Set<string>(ids));
}

type Known<Item> = ReadonlyMap<string, Item>;

function touched<Item extends { readonly id: string }>(
  before: Known<Item>,
  after: Known<Item>,
  named: ReadonlySet<string>,
): Item[] {
  const changed = differing(before, after).map(({ id }) => id);
  return [...new Set([...changed, ...named])].flatMap((id) => after.get(id) ?? before.get(id) ?? []);
}
