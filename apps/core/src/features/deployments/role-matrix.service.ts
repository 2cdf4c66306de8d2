import { Injectable } from '@nestjs/common';
import type { ContainerId, OperationId, PresetRoles } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { AccessBook } from '../../foundation/access/access-book.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { KnownException } from '../../foundation/access/standing.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { Committed } from '../../foundation/operations/operation.js';
import { Clock } from '../../kernel/clock.js';
import type { DeploymentPlan } from './deployment-plan.js';
import { differencesIn } from './role-matrix.rules.js';

interface Matrix {
  readonly plan: Pick<DeploymentPlan, 'containerId' | 'name' | 'preset'>;
  readonly roles: PresetRoles;
  readonly operationId: OperationId;
}

/** What the roles of a preset mean on what is deployed from it. */
@Injectable()
export class RoleMatrixService {
  constructor(
    private readonly book: AccessBook,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Stands or falls with the deployment. Staff wrote the preset: it holds whatever who deploys may hand on. */
  async write(rows: EntityManager, actor: Actor, { plan, roles, operationId }: Matrix): Promise<Committed> {
    const differences = differencesIn(roles);
    if (differences.length === 0) return () => undefined;
    const { containerId, name, preset } = plan;
    const by = { updatedBy: actor.userId, updatedByName: actor.displayName, byStaff: true };
    const written = differences.map(({ role, allow, deny }): [ContainerId, string, KnownException] => [
      containerId,
      role,
      { allow: new Set(allow), deny: new Set(deny), ...by, updatedAtMs: this.clock.now(), version: 1 },
    ]);
    await this.audit.record(rows, {
      actor,
      action: 'access.change',
      target: { kind: 'container', id: containerId, label: name, tenantId: actor.tenantId },
      outcome: 'done',
      operationId,
      details: {
        reason: `Said by the preset ${preset?.name}`,
        changes: differences.map(({ role, ...after }) => ({ op: 'exception', containerId, role, before: null, after })),
      },
    });
    return this.book.within(rows, { putExceptions: written });
  }

  /** A deployment that failed leaves none behind. */
  async takeBack(rows: EntityManager, containerId: ContainerId): Promise<Committed> {
    const roles = [...(this.book.state.exceptions.get(containerId)?.keys() ?? [])];
    if (roles.length === 0) return () => undefined;
    return this.book.within(rows, { dropExceptions: roles.map((role) => [containerId, role]) });
  }
}
