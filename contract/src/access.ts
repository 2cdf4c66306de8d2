import * as z from 'zod';
import { Capability, PlatformRole } from './capabilities.ts';
import { ContainerId, EnvironmentId, GrantId, ProjectId, TeamId, TenantId, UserId } from './ids.ts';
import { RoleTag } from './people.ts';
import { Timestamp } from './wire.ts';

/** The rules in the order they are asked; the first that does not answer `none` decides. */
export const Rule = z.enum([
  'account',
  'two_factor',
  'viewing',
  'token',
  'viewer',
  'ownership',
  'staff',
  'denied',
  'owner',
  'direct',
  'team',
  'role_tag',
  'stack',
  'project',
  'environment',
  'tenant',
  'default',
]);
export type Rule = z.infer<typeof Rule>;

/** One rule the evaluator asked. `grants` are those it answers by; `wins` is true on the one that decides. */
export const RuleStep = z.object({
  rule: Rule,
  effect: z.enum(['allow', 'deny', 'none']),
  wins: z.boolean(),
  grants: z.array(GrantId),
});
export type RuleStep = z.infer<typeof RuleStep>;

/** The verdict on one capability for one target, with the rule that decided and every rule in order. */
export const Decision = z.object({
  allowed: z.boolean(),
  capability: Capability,
  decidedBy: Rule,
  trace: z.array(RuleStep),
});
export type Decision = z.infer<typeof Decision>;

/** A compose project on one environment. */
export const StackKey = z.templateLiteral([EnvironmentId, '/', z.string().min(1).max(255)]);
export type StackKey = z.infer<typeof StackKey>;

/** What something is granted on. */
export const GrantTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('container'), id: ContainerId }),
  z.strictObject({ kind: z.literal('stack'), id: StackKey }),
  z.strictObject({ kind: z.literal('project'), id: ProjectId }),
  z.strictObject({ kind: z.literal('environment'), id: EnvironmentId }),
  z.strictObject({ kind: z.literal('tenant'), id: TenantId }),
]);
export type GrantTarget = z.infer<typeof GrantTarget>;
export type GrantTargetKind = GrantTarget['kind'];

/** Whom something is granted to. */
export const Principal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user'), id: UserId }),
  z.strictObject({ kind: z.literal('team'), id: TeamId }),
]);
export type Principal = z.infer<typeof Principal>;

/** Exceptions to a role: a capability stands in one of the two at most. */
const Exceptions = z.strictObject({
  allow: z.array(Capability).max(200).default([]),
  deny: z.array(Capability).max(200).default([]),
});

/** A right that was handed on. Times are UTC. */
export const Grant = z.object({
  id: GrantId,
  tenantId: TenantId,
  principal: Principal,
  /** As people call them; null where there is no such person or team any more. */
  principalName: z.string().nullable(),
  target: GrantTarget,
  targetName: z.string().nullable(),
  /** Null: by the role each person carries in their tenant; on a project, by the project's own role for its members. `none`: only what `allow` names. */
  role: z.string().nullable(),
  allow: z.array(Capability),
  deny: z.array(Capability),
  /** Given on top for a while, whatever else stands here; also what is taken away otherwise. */
  lent: z.array(z.object({ capability: Capability, until: Timestamp, by: z.object({ id: UserId, name: z.string() }) })),
  reason: z.string().nullable(),
  grantedBy: z.object({ id: UserId, name: z.string() }),
  grantedAt: Timestamp,
  /** From then on it is as if it had never been. */
  expiresAt: Timestamp.nullable(),
  expired: z.boolean(),
  /** Changes with every write; a change that names an older one is refused. */
  version: z.int(),
});
export type Grant = z.infer<typeof Grant>;

/** What a role means on one container: there, everybody who holds it has these exceptions. */
export const RoleException = z.object({
  containerId: ContainerId,
  role: z.string(),
  allow: z.array(Capability),
  deny: z.array(Capability),
  updatedBy: z.object({ id: UserId, name: z.string() }),
  updatedAt: Timestamp,
  version: z.int(),
});
export type RoleException = z.infer<typeof RoleException>;

export const Reason = z
  .string()
  .trim()
  .max(300)
  .regex(/^\P{Cc}*$/u, 'Use one line, without control characters.');

/** One step of a staged edit. `version` is that of what is replaced; 0 where nothing is there yet. */
export const AccessChange = z.discriminatedUnion('op', [
  Exceptions.extend({
    op: z.literal('grant'),
    principal: Principal,
    target: GrantTarget,
    role: RoleTag.nullable(),
    expiresAt: Timestamp.nullable().default(null),
    version: z.int().min(0),
  }),
  // For a while, beside what stands there; `until` is later than now.
  z.strictObject({
    op: z.literal('lend'),
    principal: Principal,
    target: GrantTarget,
    capabilities: z.array(Capability).min(1).max(50),
    until: Timestamp,
  }),
  z.strictObject({ op: z.literal('revoke'), grantId: GrantId, version: z.int().min(1) }),
  Exceptions.extend({
    op: z.literal('exception'),
    containerId: ContainerId,
    role: RoleTag,
    version: z.int().min(0),
  }),
]);
export type AccessChange = z.infer<typeof AccessChange>;

/** Applied together or not at all. */
export const ChangeAccess = z.strictObject({
  changes: z.array(AccessChange).min(1).max(200),
  reason: Reason.default(''),
});
export type ChangeAccess = z.infer<typeof ChangeAccess>;

/** What one person gains and loses on one target by a staged edit. */
export const AccessDifference = z.object({
  user: z.object({ id: UserId, name: z.string() }),
  target: GrantTarget,
  targetName: z.string().nullable(),
  gains: z.array(Capability),
  loses: z.array(Capability),
});
export type AccessDifference = z.infer<typeof AccessDifference>;

/** What falls because whoever handed it on may no longer do so: a grant, one thing lent by it, or what a role means on a container. */
export const Falling = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('grant'), grant: Grant }),
  z.object({ kind: z.literal('loan'), grant: Grant, capability: Capability }),
  z.object({ kind: z.literal('exception'), exception: RoleException, targetName: z.string().nullable() }),
]);
export type Falling = z.infer<typeof Falling>;

export const AccessPreview = z.object({
  differences: z.array(AccessDifference),
  falling: z.array(Falling),
  /** Connections that will close: live logs and other streams of who loses something. */
  cuts: z.int(),
  warnings: z.array(z.enum(['own_rights_shrink'])),
});
export type AccessPreview = z.infer<typeof AccessPreview>;

/** What came of it; `fallen`: how many things that others handed on fell with it. */
export const AccessChanged = z.object({ grants: z.array(Grant), exceptions: z.array(RoleException), fallen: z.int() });
export type AccessChanged = z.infer<typeof AccessChanged>;

/** `resource`: an id, or `environment/stack`. */
export const LookAtAccess = z.strictObject({ resource: z.string().min(1).max(300) });
export type LookAtAccess = z.infer<typeof LookAtAccess>;

/** What holds on one target: its own grants, those it inherits, and what roles mean there. */
export const TargetAccess = z.object({
  target: GrantTarget,
  targetName: z.string(),
  grants: z.array(Grant),
  inherited: z.array(Grant),
  exceptions: z.array(RoleException),
  /** What the reader may hand on here; empty: nothing may be changed by them. */
  grantable: z.array(Capability),
  version: z.string(),
});
export type TargetAccess = z.infer<typeof TargetAccess>;

/** Whom something that is only to be made could be given to: parts of a name or a username. */
export const LookForHolders = z.strictObject({ q: z.string().trim().max(100).default('') });
export type LookForHolders = z.infer<typeof LookForHolders>;
/** `q`: parts of a name or a username; left out, whoever holds something there is always among them. */
export const LookForPrincipals = LookAtAccess.extend({ q: z.string().trim().max(100).default('') });
export type LookForPrincipals = z.infer<typeof LookForPrincipals>;

/** Somebody something can be given to. Owners and administrators are none: they may everything already. */
export const GrantablePrincipal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('user'),
    id: UserId,
    name: z.string(),
    username: z.string(),
    platformRole: PlatformRole,
    /** What they are in their tenant, which a grant without a role gives. */
    carries: z.string(),
    active: z.boolean(),
  }),
  z.object({
    kind: z.literal('team'),
    id: TeamId,
    name: z.string(),
    /** How many people are in it. */
    members: z.int(),
  }),
]);
export type GrantablePrincipal = z.infer<typeof GrantablePrincipal>;

/** A role as it can be given on one thing. */
export const GrantableRole = z.object({
  name: z.string(),
  description: z.string(),
  capabilities: z.array(Capability),
  builtIn: z.boolean(),
  /** What of it the reader does not hold there; only a role without any can be given. */
  missing: z.array(Capability),
});
export type GrantableRole = z.infer<typeof GrantableRole>;

/** Whom and what can be chosen where something is handed on. */
export const PrincipalList = z.object({
  items: z.array(GrantablePrincipal),
  /** How many more there are: found by a longer `q`. */
  more: z.int(),
  roles: z.array(GrantableRole),
});
export type PrincipalList = z.infer<typeof PrincipalList>;

/** `principal` is a person, `resource` an id or `environment/stack`. */
export const Explain = z.strictObject({
  principal: UserId,
  resource: z.string().min(1).max(300),
  capability: Capability,
});
export type Explain = z.infer<typeof Explain>;

/** A rule, with what stands behind it. */
export const ExplainedStep = RuleStep.extend({ sources: z.array(Grant) });
export type ExplainedStep = z.infer<typeof ExplainedStep>;

/** One way to turn the verdict. `by`: who could, as the reader may know them. */
export const Fix = z.object({
  kind: z.enum([
    'enable_account',
    'set_up_second_factor',
    'raise_platform_role',
    'remove_exception',
    'remove_role_exception',
    'grant',
    'request',
    'revoke',
  ]),
  grantId: GrantId.nullable(),
  role: z.string().nullable(),
  by: z.array(z.string()),
  /** Whether the reader could do it now. */
  mine: z.boolean(),
});
export type Fix = z.infer<typeof Fix>;

export const Explanation = z.object({
  allowed: z.boolean(),
  capability: Capability,
  decidedBy: Rule,
  principal: z.object({
    id: UserId,
    name: z.string(),
    platformRole: PlatformRole,
    roleTag: z.string().nullable(),
  }),
  resource: z.object({ target: GrantTarget, name: z.string() }),
  trace: z.array(ExplainedStep),
  fixes: z.array(Fix),
});
export type Explanation = z.infer<typeof Explanation>;

/** Through whose eyes to look, until it is ended. */
export const ViewAs = z.strictObject({ userId: UserId });
export type ViewAs = z.infer<typeof ViewAs>;

export const WhoCan = z.strictObject({ resource: z.string().min(1).max(300), capability: Capability });
export type WhoCan = z.infer<typeof WhoCan>;
/** Everybody who may, with the rule that lets them. */
export const WhoCanList = z.object({
  items: z.array(
    z.object({
      user: z.object({ id: UserId, name: z.string(), username: z.string(), platformRole: PlatformRole }),
      decidedBy: Rule,
      grants: z.array(GrantId),
    }),
  ),
  version: z.string(),
});
export type WhoCanList = z.infer<typeof WhoCanList>;

export const Reach = z.strictObject({ principal: UserId });
export type Reach = z.infer<typeof Reach>;
/** Everything somebody can reach, and by which rule they see it. */
export const ReachList = z.object({
  items: z.array(
    z.object({
      target: GrantTarget,
      name: z.string(),
      decidedBy: Rule,
      grants: z.array(GrantId),
      can: z.array(Capability),
    }),
  ),
  /** The grants of theirs and of their teams. */
  grants: z.array(Grant),
  version: z.string(),
});
export type ReachList = z.infer<typeof ReachList>;
