import type {
  Capability,
  ContainerId,
  GrantId,
  GrantTarget,
  Principal,
  ProjectId,
  TeamId,
  TenantId,
  UserId,
} from '@bailiwick/contract';

type Capabilities = ReadonlySet<Capability>;

/** A role's exceptions on one container. */
export interface HeldException {
  readonly allow: Capabilities;
  readonly deny: Capabilities;
}

/** Who handed something on. */
export interface Maker {
  readonly by: UserId;
  readonly byName: string;
  /** An owner or administrator: what they handed on stands whatever becomes of them. */
  readonly byStaff: boolean;
}

export interface Lent extends Maker {
  readonly capability: Capability;
  readonly untilMs: number;
}

/** A grant as it is kept in memory. Replaced whole, never changed. */
export interface KnownGrant {
  readonly id: GrantId;
  readonly tenantId: TenantId;
  readonly principal: Principal;
  readonly target: GrantTarget;
  readonly role: string | null;
  readonly allow: Capabilities;
  readonly deny: Capabilities;
  /** Given on top for a while; what is lent is not taken away meanwhile. */
  readonly lent: readonly Lent[];
  readonly reason: string | null;
  readonly grantedBy: UserId;
  readonly grantedByName: string;
  /** Made by an owner or administrator: it stands whatever becomes of them. */
  readonly byStaff: boolean;
  readonly grantedAtMs: number;
  readonly expiresAtMs: number | null;
  readonly version: number;
}

export interface KnownTeam {
  readonly id: TeamId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly priority: number;
  readonly members: ReadonlySet<UserId>;
}

export interface KnownProject {
  readonly id: ProjectId;
  readonly tenantId: TenantId;
  readonly name: string;
  /** Whoever made it maintains it. */
  readonly ownerId: UserId | null;
  readonly defaultRole: string;
  readonly archived: boolean;
}

export interface KnownException extends HeldException {
  readonly updatedBy: UserId;
  readonly updatedByName: string;
  /** As of a grant. */
  readonly byStaff: boolean;
  readonly updatedAtMs: number;
  readonly version: number;
}

/** Everything that was handed on, as of one moment. A change makes another one. */
export interface AccessState {
  readonly roles: ReadonlyMap<string, Capabilities>;
  readonly teams: ReadonlyMap<TeamId, KnownTeam>;
  readonly grants: ReadonlyMap<GrantId, KnownGrant>;
  readonly exceptions: ReadonlyMap<ContainerId, ReadonlyMap<string, KnownException>>;
  readonly projects: ReadonlyMap<ProjectId, KnownProject>;
}

/** One grant, ready to be asked: its role is looked up. */
export interface HeldGrant {
  readonly id: GrantId;
  /** The role it gives; null where nobody knows a role of that name. */
  readonly role: string | null;
  readonly capabilities: Capabilities;
  readonly allow: Capabilities;
  readonly deny: Capabilities;
  /** It names no role: the one its person carries is meant. */
  readonly byTag: boolean;
}

/** What one person holds on one target. */
export interface Holding {
  readonly direct: HeldGrant | null;
  /** Of those of their teams that hold something here, the ones with the lowest number. */
  readonly teams: readonly HeldGrant[];
  /** All that can give something here: both of them. */
  readonly counting: readonly HeldGrant[];
  /** Every exception that takes something away here, whoever's of them. */
  readonly denying: readonly HeldGrant[];
}

/** All that was handed on to one person, by what it was handed on. Made once, asked often. */
export interface Standing {
  /** Two that differ have different ones. */
  readonly version: string;
  /** When something of it ends by itself, epoch milliseconds. */
  readonly endsAtMs: number;
  readonly on: ReadonlyMap<string, Holding>;
  readonly exceptions: ReadonlyMap<ContainerId, ReadonlyMap<string, HeldException>>;
  /** What they could hold on anything at all. */
  readonly anywhere: Capabilities;
}

const NOTHING: Capabilities = new Set();

/** Of somebody to whom nobody handed anything on. */
export const NO_STANDING: Standing = {
  version: '0',
  endsAtMs: Infinity,
  on: new Map(),
  exceptions: new Map(),
  anywhere: NOTHING,
};
