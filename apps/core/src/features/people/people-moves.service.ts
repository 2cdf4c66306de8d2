import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { MoveUser, Operation, UserId } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { AccountMovesService } from '../../foundation/identity/account-moves.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { isStaffRole } from '../../foundation/identity/users.rules.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { conflict } from '../../kernel/errors.js';
import { movePerson, type MovePlan } from './move-person.operation.js';
import { assertMayGive } from './people.rules.js';
import { PeopleService } from './people.service.js';

/** Brings people to another tenant or another platform role. */
@Injectable()
export class PeopleMovesService implements OnModuleInit {
  private readonly definition: ReturnType<typeof movePerson>;

  constructor(
    private readonly people: PeopleService,
    private readonly tenants: TenantsService,
    private readonly operations: OperationsService,
    private readonly stepUp: StepUpService,
    moves: AccountMovesService,
  ) {
    this.definition = movePerson(moves);
  }

  onModuleInit(): void {
    this.operations.register(this.definition);
  }

  async move(actor: Actor, id: UserId, wanted: MoveUser, idempotencyKey: string | undefined): Promise<Operation> {
    const user = await this.people.find(actor, 'people.move', id);
    this.stepUp.assertProved(actor);
    const platformRole = wanted.platformRole ?? user.platformRole;
    assertMayGive(actor, platformRole);
    const from = await this.tenants.get(user.tenantId);
    const to = wanted.tenant === undefined ? from : await this.people.openTenant(wanted.tenant, actor);
    if (to.id === user.tenantId && platformRole === user.platformRole)
      throw conflict('wrong_state', 'They are there already.', { params: { tenant: to.slug, platformRole } });
    const plan: MovePlan = {
      userId: id,
      username: user.username,
      from: {
        tenantId: user.tenantId,
        platformRole: user.platformRole,
        home: isStaffRole(user.platformRole) ? 'system' : 'tenant',
        slug: from.slug,
      },
      to: { tenantId: to.id, platformRole },
    };
    const request = {
      input: plan,
      tenantId: actor.tenantId,
      environmentId: null,
      containerId: null,
      label: user.username,
    };
    return this.operations.start(actor, this.definition, request, { idempotencyKey });
  }
}
