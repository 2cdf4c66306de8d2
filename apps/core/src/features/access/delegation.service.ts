import { Injectable } from '@nestjs/common';
import { BUILT_IN_ROLES, type TenantId, type UserId } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { heldOn } from '../../foundation/access/access.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { reaches } from '../../foundation/access/standing.rules.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { AppError } from '../../kernel/errors.js';
import { AccessPlanService } from './access-plan.service.js';
import { ResourcesService } from './resources.service.js';

const OWNED = BUILT_IN_ROLES['maintainer'] ?? [];

/** Whoever may change other people's accounts by delegation does not come to more by it than they hold. */
@Injectable()
export class DelegationService {
  constructor(
    private readonly book: AccessBook,
    private readonly plans: AccessPlanService,
    private readonly resources: ResourcesService,
    private readonly mirrors: MirrorsService,
  ) {}

  /** 403 where somebody holds what the actor does not: a new password for them would hand it on. */
  async assertNotBeyond(
    actor: Actor,
    person: { id: UserId; tenantId: TenantId; roleTag: string | null },
  ): Promise<void> {
    if (isStaff(actor) || actor.userId === person.id) return;
    const { state } = this.book;
    const holder = { ...person, userId: person.id };
    for (const grant of state.grants.values()) {
      if (!reaches(state, grant, holder)) continue;
      const resource = await this.resources.of(grant.target, grant.tenantId);
      if (resource) this.plans.assertMayHandOn(actor, grant, resource, 'id');
    }
    for (const seen of this.mirrors.containers()) {
      if (seen.ownerId !== person.id || heldOn(actor, OWNED, seen).length === OWNED.length) continue;
      throw new AppError('forbidden', 403, `They deployed ${seen.name}, on which you hold less than they do.`, {
        params: { missing: ['containers.manageAccess'], resource: person.id, grantedBy: ['owner', 'administrator'] },
      });
    }
  }
}
