import { Injectable } from '@nestjs/common';
import type { Principal, TenantId, UserId } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import type { Actor, BrowserActor } from '../../foundation/access/actor.js';
import type { AccessState } from '../../foundation/access/standing.js';
import { toStanding } from '../../foundation/access/standing.rules.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { TwoFactorPolicyService } from '../../foundation/identity/two-factor-policy.service.js';
import { TwoFactorService } from '../../foundation/identity/two-factor.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';

/** The people rights are about: as they would ask, if they asked now in a browser. */
@Injectable()
export class PrincipalsService {
  constructor(
    private readonly book: AccessBook,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly factors: TwoFactorService,
    private readonly policy: TwoFactorPolicyService,
    private readonly clock: Clock,
  ) {}

  /** Somebody, with the rights they have now; undefined where there is nobody of that id. */
  async find(id: UserId): Promise<BrowserActor | undefined> {
    const user = await this.users.find(id);
    return user && this.toActor(user, (await this.factors.sinceOf(id)) !== null);
  }

  /** Everybody of a tenant, staff of it included. */
  async inTenant(tenantId: TenantId): Promise<Map<UserId, BrowserActor>> {
    const tenant = await this.tenants.get(tenantId);
    const { users, since } = await this.factors.list(tenant);
    return new Map(users.map((user) => [user.id, this.toActor(user, since.has(user.id))]));
  }

  /** The same person where something else was handed on. */
  asIn<Kind extends Actor>(state: AccessState, actor: Kind): Kind {
    return { ...actor, standing: toStanding(state, actor, this.clock.now(), 'asked') };
  }

  /** What whoever holds something is called. */
  async namesOf(principals: Iterable<Principal>): Promise<(principal: Principal) => string | null> {
    const names = new Map<string, string>();
    for (const { kind, id } of principals) {
      if (names.has(id)) continue;
      const name = kind === 'team' ? this.book.state.teams.get(id)?.name : (await this.users.find(id))?.displayName;
      if (name !== undefined) names.set(id, name);
    }
    return ({ id }) => names.get(id) ?? null;
  }

  private toActor(user: User, twoFactor: boolean): BrowserActor {
    const { id: userId, username, displayName, platformRole, roleTag, tenantId, active, rightsVersion } = user;
    const asker = { userId, tenantId, roleTag };
    return {
      kind: 'user',
      credential: 'cookie',
      userId,
      username,
      displayName,
      platformRole,
      roleTag,
      tenantId,
      // The id names nothing: nobody is signed in by this.
      sessionId: newId('ses'),
      active,
      twoFactorMissing: this.policy.isMissing({ platformRole, twoFactor }),
      rightsVersion,
      standing: this.book.standingOf(asker),
      provedUntil: 0,
      via: 'panel',
    };
  }
}
