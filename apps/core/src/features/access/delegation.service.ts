import { Injectable } from '@nestjs/common';
import type { TenantId, UserId } from '@bailiwick/contract';
import { holdsAsOwner } from '../../foundation/access/access.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { AppError } from '../../kernel/errors.js';
import { GainsService } from './gains.service.js';
import { PrincipalsService } from './principals.service.js';
import { ResourcesService } from './resources.service.js';

/** Whoever may change other people's accounts by delegation does not come to more by it than they hold. */
@Injectable()
export class DelegationService {
  constructor(
    private readonly gains: GainsService,
    private readonly principals: PrincipalsService,
    private readonly resources: ResourcesService,
    private readonly mirrors: MirrorsService,
    private readonly rows: ContainerRowsService,
  ) {}

  /** 403 where somebody holds what the actor does not: a new password for them would hand it on. */
  async assertNotBeyond(
    actor: Actor,
    person: { id: UserId; tenantId: TenantId; roleTag: string | null },
  ): Promise<void> {
    if (isStaff(actor) || actor.userId === person.id) return;
    const known = await this.principals.find(person.id);
    if (known) await this.gains.assertNotBeyond(actor, known, 'id');
    const owned = [
      ...(await this.rows.ownedBy(person.id)).map((row) => ({
        name: row.name,
        on: this.mirrors.container(row.id) ?? row,
      })),
      ...this.resources.projectsOf(person.tenantId),
    ];
    for (const { name, on } of owned) {
      if (on.ownerId !== person.id || holdsAsOwner(actor, on)) continue;
      throw new AppError('forbidden', 403, `${name} is theirs, and you hold less on it than they do.`, {
        params: { missing: ['containers.manageAccess'], resource: person.id, grantedBy: ['owner', 'administrator'] },
      });
    }
  }
}
