import type {
  AuditVia,
  Capability,
  PlatformRole,
  SessionId,
  TenantId,
  TokenId,
  TokenTarget,
  UserId,
} from '@bailiwick/contract';
import { forbidden } from '../../kernel/errors.js';
import type { Standing } from './standing.js';

/** Who asks, however they came. */
export interface Asker {
  readonly kind: 'user';
  readonly userId: UserId;
  readonly username: string;
  readonly displayName: string;
  readonly platformRole: PlatformRole;
  /** What this person is in their tenant; a name of the role catalogue. */
  readonly roleTag: string | null;
  readonly tenantId: TenantId;
  /** Disabled accounts keep their actor until the session is cut; every decision on them is no. */
  readonly active: boolean;
  /** Their role needs a second factor and they have none: every decision but on their own account is no. */
  readonly twoFactorMissing: boolean;
  /** Rises with every change of this person's account that changes their rights. */
  readonly rightsVersion: number;
  /** What was handed on to them. */
  readonly standing: Standing;
  /** Who looks through their eyes: an owner or administrator, who may change nothing meanwhile. */
  readonly viewedBy?: { readonly userId: UserId; readonly displayName: string; readonly tenantId: TenantId };
  /** Until when it counts that they proved again who they are, epoch milliseconds. */
  readonly provedUntil: number;
  /** By which door they came in, for the audit trail. */
  readonly via: AuditVia;
  /** Where the request came from and its name, for the audit trail; sockets have neither. */
  readonly address?: string;
  readonly requestId?: string;
}

/** What a personal token was made for; it reaches no further, whatever its person may do. */
export interface TokenScope {
  readonly capabilities: readonly Capability[];
  /** None: everything its person reaches. */
  readonly targets: readonly TokenTarget[];
}

/** By a session: a browser with its cookie. */
export interface BrowserActor extends Asker {
  readonly credential: 'cookie';
  readonly sessionId: SessionId;
}

/** By a session as well: a program that signed in by name and password and shows a short access token. */
export interface ProgramActor extends Asker {
  readonly credential: 'access_token';
  readonly sessionId: SessionId;
  readonly tokenId: TokenId;
  /** When the token ends by itself, epoch milliseconds. */
  readonly endsAt: number;
}

/** By a personal token. */
export interface TokenActor extends Asker {
  readonly credential: 'personal_token';
  readonly tokenId: TokenId;
  readonly endsAt: number;
  readonly scope: TokenScope;
}

/** Who asks. Handed down as an argument everywhere; nothing reads it from a request. */
export type Actor = BrowserActor | ProgramActor | TokenActor;

export const isStaff = (actor: Actor): boolean =>
  actor.active && !actor.twoFactorMissing && (actor.platformRole === 'owner' || actor.platformRole === 'administrator');

/** What they came with: whatever it opened closes with it. */
export const credentialOf = (actor: Actor): SessionId | TokenId =>
  actor.credential === 'personal_token' ? actor.tokenId : actor.sessionId;

/** Whether this session, or this token, is what they came with. */
export const cameWith = (actor: Actor, id: SessionId | TokenId): boolean =>
  credentialOf(actor) === id || (actor.credential !== 'cookie' && actor.tokenId === id);

/** 403 for who looks through somebody's eyes: what is shown to that person once is not for others. */
export function assertInPerson({ viewedBy, userId }: Actor): void {
  if (viewedBy)
    throw forbidden({ missing: ['account.manage'], resource: userId, grantedBy: ['a session of your own'] });
}

/** The session of who signed in. A personal token has none, and the rules let it near nothing that needs one. */
export function sessionOf(actor: Actor): SessionId {
  if (actor.credential === 'personal_token')
    throw forbidden({ missing: ['account.manage'], resource: null, grantedBy: ['a session of your own'] });
  return actor.sessionId;
}
