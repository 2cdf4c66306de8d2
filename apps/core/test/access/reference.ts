import { BUILT_IN_ROLES, type Capability, type GrantId, READ_CAPABILITIES, Rule } from '@bailiwick/contract';
import type { KnownGrant } from '../../src/foundation/access/standing.js';
import { NOW, type Question, type World } from './world.js';

/** What one rule says, and the grants it says it by. */
export interface Answer {
  readonly effect: 'allow' | 'deny' | 'none';
  readonly grants: readonly GrantId[];
}
export interface Verdict {
  readonly rule: Rule;
  readonly allowed: boolean;
  readonly answers: Readonly<Record<Rule, Answer>>;
}

const SILENT: Answer = { effect: 'none', grants: [] };
const deniesIf = (condition: boolean): Answer => (condition ? { effect: 'deny', grants: [] } : SILENT);
const allowsIf = (condition: boolean): Answer => (condition ? { effect: 'allow', grants: [] } : SILENT);
const by = (effect: 'allow' | 'deny', grants: readonly KnownGrant[]): Answer =>
  grants.length === 0 ? SILENT : { effect, grants: grants.map(({ id }) => id) };

/** On the panel itself, everybody. */
const ON_THE_PANEL = [
  'account.see',
  'account.manage',
  'presets.see',
  'environments.see',
  'operations.see',
  'containers.see',
  'projects.see',
];

/**
 * The evaluator once more, written from what is promised instead of from the code: every rule looks through all grants
 * of the world by itself. Slow, and meant to be read.
 */
export function slowly(world: World, question: Question): Verdict {
  const answers: Record<Rule, Answer> = {
    account: deniesIf(!question.person.active),
    two_factor: deniesIf(
      question.person.twoFactorMissing &&
        question.capability !== 'account.see' &&
        question.capability !== 'account.manage',
    ),
    viewing: deniesIf(question.viewed && (!isReading(question.capability) || question.capability === 'account.manage')),
    token: deniesIf(!isInScope(question)),
    viewer: deniesIf(question.person.platformRole === 'viewer' && !isReading(question.capability)),
    ownership: deniesIf(question.capability === 'people.ownership' && question.person.platformRole !== 'owner'),
    staff: allowsIf(['owner', 'administrator'].includes(question.person.platformRole)),
    denied: by(
      'deny',
      standing(world, question)
        .filter((grant) => grant.target.id === thingId(question))
        .filter((grant) => takes(grant, question)),
    ),
    owner: allowsIf(
      isDeployer(question) &&
        (includes(BUILT_IN_ROLES['maintainer'], question.capability) ||
          ['volumes.see', 'volumes.delete'].includes(question.capability)),
    ),
    direct: by(
      'allow',
      giving(world, question, thingId(question))
        .filter(({ principal }) => principal.kind === 'user')
        .filter((grant) => !meansTheTag(grant)),
    ),
    team: by(
      'allow',
      giving(world, question, thingId(question))
        .filter(({ principal }) => principal.kind === 'team')
        .filter((grant) => !meansTheTag(grant)),
    ),
    role_tag: by('allow', giving(world, question, thingId(question)).filter(meansTheTag)),
    stack: holder(world, question, question.thing?.stack),
    project: holder(world, question, question.thing?.projectId),
    environment: holder(world, question, isOutOfReach(question) ? null : question.thing?.environmentId),
    tenant: holder(world, question, isOutOfReach(question) ? null : question.thing?.tenantId),
    default: isForEverybody(question) ? allowsIf(true) : deniesIf(true),
  };
  for (const rule of Rule.options)
    if (answers[rule].effect !== 'none') return { rule, allowed: answers[rule].effect === 'allow', answers };
  throw new Error('The last rule always says something.');
}

const isReading = (capability: Capability) => READ_CAPABILITIES.has(capability);
const includes = (some: readonly string[] | undefined, name: string) => some?.includes(name) ?? false;

function isInScope({ token, capability, thing, person }: Question): boolean {
  if (token === null || capability === 'account.see') return true;
  if (capability === 'account.manage' || capability === 'access.viewAs') return false;
  if (!token.capabilities.includes(capability)) return false;
  if (token.targets.length === 0) return true;
  if (thing !== null)
    return [thing.tenantId, thing.id, thing.containerId].some((id) => includes(token.targets, id ?? 'nothing'));
  if (capability === 'containers.create') return includes(token.targets, person.tenantId);
  return ON_THE_PANEL.includes(capability);
}

function isDeployer({ person, thing }: Question): boolean {
  return thing !== null && thing.ownerId === person.userId && thing.tenantId === person.tenantId;
}

function isForEverybody({ thing, capability, person }: Question): boolean {
  if (thing !== null) return false;
  return ON_THE_PANEL.includes(capability) || (capability === 'containers.create' && person.platformRole === 'member');
}

/** Found on an engine and taken over by nobody. */
const isOutOfReach = ({ thing }: Question) => thing?.managed === false && thing.ownerId === null;

/** What the rules on the thing itself look at: the container it is about, else itself. */
const thingId = ({ thing }: Question) => thing?.containerId ?? thing?.id;

/** Every grant of the world that counts for this person and the tenant of this thing, wherever it is on. */
function standing(world: World, { person, thing }: Question): KnownGrant[] {
  const teamsOf = world.teams.filter(({ members }) => members.has(person.userId)).map(({ id }): string => id);
  return world.grants
    .filter(({ tenantId }) => tenantId === person.tenantId && tenantId === thing?.tenantId)
    .filter(({ principal }) => principal.id === person.userId || teamsOf.includes(principal.id))
    .filter(({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > NOW)
    .filter(({ target }) => target.kind !== 'project' || world.projects.some((known) => isOpen(known, target.id)));
}

const isOpen = (project: World['projects'][number], id: string) => project.id === id && !project.archived;

/** Those on one target that give the capability; of teams, the ones with the lowest number only. */
function giving(world: World, question: Question, targetId: string | null | undefined): KnownGrant[] {
  const here = standing(world, question).filter(({ target }) => target.id === targetId);
  const numberOf = ({ principal }: KnownGrant) => world.teams.find(({ id }) => id === principal.id)?.priority ?? 0;
  const ofTeams = here.filter(({ principal }) => principal.kind === 'team');
  return here
    .filter((one) => one.principal.kind === 'user' || ofTeams.every((other) => numberOf(other) >= numberOf(one)))
    .filter((grant) => gives(world, question, grant));
}

function gives(world: World, question: Question, grant: KnownGrant): boolean {
  if (takes(grant, question)) return false;
  if (grant.allow.has(question.capability) || lends(grant, question)) return true;
  const role = roleOf(world, question, grant);
  const known = world.roles.find(([name]) => name === role);
  if (!known) return false;
  for (const exception of world.exceptions)
    if (exception.containerId === thingId(question) && exception.role === role) {
      if (exception.deny.has(question.capability)) return false;
      if (exception.allow.has(question.capability)) return true;
    }
  return known[1].has(question.capability);
}

/** Lent until later than now: given, and not taken away. */
const lends = ({ lent }: KnownGrant, { capability }: Question) =>
  lent.some((each) => each.capability === capability && each.untilMs > NOW);
const takes = (grant: KnownGrant, question: Question) => grant.deny.has(question.capability) && !lends(grant, question);

const meansTheTag = ({ role, target }: KnownGrant) => role === null && target.kind !== 'project';

function roleOf(world: World, { person }: Question, { role, target }: KnownGrant): string {
  if (role !== null) return role;
  const project = world.projects.find(({ id }) => id === target.id);
  if (project) return project.defaultRole;
  const tag = person.roleTag;
  return tag !== null && world.roles.some(([name]) => name === tag) ? tag : 'user';
}

/** On something that holds the thing: what takes away comes before what gives. On the thing itself, others have spoken. */
function holder(world: World, question: Question, id: string | null | undefined): Answer {
  if (id === null || id === undefined || id === thingId(question)) return SILENT;
  const taking = standing(world, question)
    .filter(({ target }) => target.id === id)
    .filter((grant) => takes(grant, question));
  return taking.length > 0 ? by('deny', taking) : by('allow', giving(world, question, id));
}
