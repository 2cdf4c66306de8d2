import type { AuditVia, PlatformRole, SessionId, TenantId, UserId } from '@bailiwick/contract';

/** Who asks. Handed down as an argument everywhere; nothing reads it from a request. */
export interface Actor {
  readonly kind: 'user';
  readonly userId: UserId;
  readonly username: string;
  readonly displayName: string;
  readonly platformRole: PlatformRole;
  /** What this person is in their tenant; a name of the role catalogue. */
  readonly roleTag: string | null;
  readonly tenantId: TenantId;
  readonly sessionId: SessionId;
  /** Disabled accounts keep their actor until the session is cut; every decision on them is no. */
  readonly active: boolean;
  /** Their role needs a second factor and they have none: every decision but on their own account is no. */
  readonly twoFactorMissing: boolean;
  /** Rises with every change of this person's rights. */
  readonly rightsVersion: number;
  /** Until when it counts that they proved again who they are, epoch milliseconds. */
  readonly provedUntil: number;
  /** By which door they came in, for the audit trail. */
  readonly via: AuditVia;
  /** Where the request came from and its name, for the audit trail; sockets have neither. */
  readonly address?: string;
  readonly requestId?: string;
}

export const isStaff = (actor: Actor): boolean =>
  actor.active && !actor.twoFactorMissing && (actor.platformRole === 'owner' || actor.platformRole === 'administrator');
