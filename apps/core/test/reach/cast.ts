import type { GrantTarget, TenantId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { AccessBook } from '../../src/foundation/access/access-book.js';
import { Session } from '../../src/foundation/identity/session.entity.js';
import { TenantsService } from '../../src/foundation/identity/tenants.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { newId } from '../../src/kernel/ids.js';
import type { TestApp } from '../app.js';
import { openSession, signIn, type SignedInPerson } from '../sign-in.js';

/** The columns of the table, in its order. */
export const REACHERS = [
  'owner',
  'administrator',
  'member',
  'viewer',
  'granted',
  'elsewhere',
  'outsider',
  'anonymous',
  'expired',
] as const;
export type Reacher = (typeof REACHERS)[number];

/** Whose things they are, and who can be given something by them. */
const EXTRAS = ['sibling', 'guest', 'neighbour', 'neighbourGuest'] as const;
type Part = Exclude<Reacher, 'anonymous'> | (typeof EXTRAS)[number];

const OF_ACME: ReadonlySet<Part> = new Set<Part>(['outsider', 'neighbour', 'neighbourGuest']);
const HOUR_MS = 3_600_000;

const roleOf = (part: Part) => (part === 'owner' || part === 'administrator' || part === 'viewer' ? part : 'member');

/** Everybody the table is about, in two tenants. */
export class Cast {
  private constructor(
    private readonly core: TestApp,
    private readonly parts: ReadonlyMap<Part, SignedInPerson>,
  ) {}

  static async assemble(core: TestApp): Promise<Cast> {
    const tenants = core.app.get(TenantsService);
    await tenants.default();
    const acme = await core.app
      .get(Database)
      .transaction((rows) => tenants.create(rows, { slug: 'acme', name: 'Acme' }));
    await tenants.finish(acme);
    const parts = new Map<Part, SignedInPerson>();
    for (const part of [...REACHERS.filter((who) => who !== 'anonymous'), ...EXTRAS]) {
      const tenant = OF_ACME.has(part) ? 'acme' : 'default';
      parts.set(part, await signIn(core, { platformRole: roleOf(part), tenant, username: part.toLowerCase() }));
    }
    return new Cast(core, parts);
  }

  get(part: Part): SignedInPerson {
    const person = this.parts.get(part);
    if (!person) throw new Error(`Nobody plays the ${part}.`);
    return person;
  }

  /** Whose thing is this one's own; who is not signed in has none, and looks at the sibling's. */
  self(who: Reacher): SignedInPerson {
    return this.get(who === 'anonymous' ? 'sibling' : who);
  }

  /** Somebody of that tenant who owns nothing yet. */
  guestOf(tenantId: TenantId): SignedInPerson {
    return this.get(tenantId === this.get('neighbour').user.tenantId ? 'neighbourGuest' : 'guest');
  }

  /** A colleague in the same tenant, who owns things. */
  colleagueOf({ user: { tenantId } }: SignedInPerson): SignedInPerson {
    return this.get(tenantId === this.get('neighbour').user.tenantId ? 'neighbour' : 'sibling');
  }

  /** What lets them in; unless asked for, they did not prove lately that it is them. */
  async headers(who: Reacher, { proved = false } = {}): Promise<Record<string, string>> {
    if (who === 'anonymous') return {};
    const { headers, actor } = await openSession(this.core, this.get(who).user);
    const forget = (rows: EntityManager) => rows.update(Session, { id: actor.sessionId }, { steppedUpAt: 0 });
    if (!proved) await this.core.app.get(Database).transaction(forget);
    return headers;
  }

  /** The role operator on one thing, from now on or until an hour ago. */
  async give(who: Reacher, target: GrantTarget, { over = false } = {}): Promise<void> {
    const { id, tenantId } = this.get(who === 'anonymous' ? 'member' : who).user;
    const owner = this.get('owner').user;
    const grant = {
      id: newId('gr'),
      tenantId,
      principal: { kind: 'user' as const, id },
      target,
      role: 'operator',
      allow: new Set<never>(),
      deny: new Set<never>(),
      lent: [],
      reason: null,
      grantedBy: owner.id,
      grantedByName: owner.displayName,
      byStaff: true,
      grantedAtMs: Date.now() - 2 * HOUR_MS,
      expiresAtMs: over ? Date.now() - HOUR_MS : null,
      version: 1,
    };
    await this.core.app
      .get(AccessBook)
      .change(() => Promise.resolve({ writes: { putGrants: [grant] }, result: undefined }));
  }
}
