import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, sessionOf } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { ViewingService } from '../../foundation/identity/viewing.service.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, forbidden, notFound } from '../../kernel/errors.js';

/** Looking at the panel through somebody else's eyes; its begin and its end are in the trail. */
@Injectable()
export class ViewsService {
  constructor(
    private readonly access: AccessService,
    private readonly users: UsersService,
    private readonly viewing: ViewingService,
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  async begin(actor: Actor, userId: UserId): Promise<void> {
    this.access.require(actor, 'access.viewAs', null);
    if (actor.credential !== 'cookie')
      throw forbidden({ missing: ['access.viewAs'], resource: userId, grantedBy: ['a session of your own'] });
    const seen = await this.users.find(userId);
    if (!seen) throw notFound('user', userId);
    if (userId === actor.userId) throw conflict('wrong_state', 'You look through your own eyes already.');
    if (seen.platformRole === 'owner' && !this.access.allows(actor, 'people.ownership', null))
      throw forbidden({ missing: ['people.ownership'], resource: userId, grantedBy: ['owner'] });
    await this.look(actor, userId, 'access.viewAs', seen.displayName);
  }

  async end(actor: Actor): Promise<void> {
    if (!actor.viewedBy) throw conflict('wrong_state', 'You look through your own eyes already.');
    await this.look(actor, null, 'access.viewAsEnd', actor.displayName, actor.userId);
  }

  private async look(actor: Actor, as: UserId | null, action: string, label: string, of = as): Promise<void> {
    const announce = await this.database.transaction(async (rows) => {
      await this.audit.record(rows, {
        actor,
        action,
        target: { kind: 'user', id: of ?? actor.userId, label },
        outcome: 'done',
      });
      return this.viewing.look(rows, sessionOf(actor), as);
    });
    announce();
  }
}
