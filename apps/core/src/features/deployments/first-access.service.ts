import { Injectable } from '@nestjs/common';
import type {
  ContainerId,
  DeployInput,
  EnvironmentId,
  LookForHolders,
  OperationId,
  PrincipalList,
  ReviewCheck,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { AccessBook } from '../../foundation/access/access-book.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import type { Committed } from '../../foundation/operations/operation.js';
import { isAppError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { PlannedChange } from '../access/access-plan.rules.js';
import { AccessPlanService } from '../access/access-plan.service.js';
import { ChoicesService } from '../access/choices.service.js';
import type { Resource } from '../access/resources.service.js';

interface ToBe {
  readonly containerId: ContainerId;
  readonly name: string;
  readonly environmentId: EnvironmentId;
}

/** Who else reaches what is deployed, from its beginning: given by the rules of any grant, by whoever will own it. */
@Injectable()
export class FirstAccessService {
  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly book: AccessBook,
    private readonly choices: ChoicesService,
    private readonly environments: EnvironmentsService,
    private readonly plans: AccessPlanService,
  ) {}

  /** Whom it could be given to. */
  async choose(actor: Actor, question: LookForHolders): Promise<PrincipalList> {
    this.access.require(actor, 'containers.create', null);
    const { id: environmentId } = this.environments.default();
    return this.choices.onNew(actor, toResource(actor, { ...NOT_YET(), environmentId }, {}), question);
  }

  async plan(actor: Actor, toBe: ToBe, input: DeployInput): Promise<PlannedChange[]> {
    return this.plans.planNew(actor, toResource(actor, toBe, input), input.access ?? [], 'access');
  }

  async check(actor: Actor, environmentId: EnvironmentId, input: DeployInput): Promise<ReviewCheck> {
    const count = input.access?.length ?? 0;
    try {
      await this.plan(actor, { ...NOT_YET(), environmentId }, input);
      return { check: 'access', outcome: 'ok', code: 'access_given', params: { count } };
    } catch (error) {
      if (!isAppError(error) || isOutage(error)) throw error;
      const { code: because, params } = error;
      return { check: 'access', outcome: 'blocked', code: 'access_refused', params: { ...params, because } };
    }
  }

  /** Stands or falls with the deployment. */
  async write(rows: EntityManager, actor: Actor, toBe: ToBe, { planned, operationId }: Written): Promise<Committed> {
    if (planned.length === 0) return () => undefined;
    await this.audit.record(rows, {
      actor,
      action: 'access.change',
      target: { kind: 'container', id: toBe.containerId, label: toBe.name, tenantId: actor.tenantId },
      outcome: 'done',
      operationId,
      details: { reason: 'Given with the deployment', changes: planned.map(({ details }) => details) },
    });
    return this.book.within(rows, { putGrants: planned.flatMap(({ writes }) => writes.putGrants ?? []) });
  }

  /** A deployment that failed leaves none behind. */
  async takeBack(rows: EntityManager, containerId: ContainerId): Promise<Committed> {
    const given = [...this.book.state.grants.values()].filter(({ target }) => target.id === containerId);
    if (given.length === 0) return () => undefined;
    return this.book.within(rows, { dropGrants: given.map(({ id }) => id) });
  }
}

interface Written {
  readonly planned: readonly PlannedChange[];
  readonly operationId: OperationId;
}

const NOT_YET = () => ({ containerId: newId('ct'), name: '' });

const toResource = (actor: Actor, toBe: ToBe, { project }: Pick<DeployInput, 'project'>): Resource => ({
  target: { kind: 'container', id: toBe.containerId },
  name: toBe.name,
  on: {
    id: toBe.containerId,
    tenantId: actor.tenantId,
    ownerId: actor.userId,
    environmentId: toBe.environmentId,
    projectId: project ?? null,
    managed: true,
  },
});
