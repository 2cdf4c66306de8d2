import { Injectable } from '@nestjs/common';
import type { ContainerId, EnvironmentId, OperationId, TokenTarget, UserId } from '@bailiwick/contract';
import { Brackets, type EntityManager, In } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { OperationStepRow } from './operation-step.entity.js';
import { OperationRow } from './operation.entity.js';
import { ACTIVE_STATES } from './operation.rules.js';

export interface StoredOperation {
  readonly row: OperationRow;
  /** In their order. */
  readonly steps: OperationStepRow[];
}

export interface OperationsPage {
  state: 'active' | 'finished' | 'failed' | undefined;
  containerId: ContainerId | undefined;
  environmentId: EnvironmentId | undefined;
  /** Only what this person started or owns; undefined for staff. */
  visibleTo: UserId | undefined;
  /** For that person also what is about these. */
  about: readonly ContainerId[];
  /** Only what is about these; undefined for everything. */
  within: readonly TokenTarget[] | undefined;
  after: { createdAt: number; id: string } | undefined;
  limit: number;
}

const STATES = { active: [...ACTIVE_STATES], finished: ['done', 'failed', 'cancelled'], failed: ['failed'] };

@Injectable()
export class OperationsStore {
  constructor(private readonly database: Database) {}

  async insert(rows: EntityManager, { row, steps }: StoredOperation): Promise<void> {
    await rows.insert(OperationRow, row);
    await rows.insert(OperationStepRow, steps);
  }

  async find(id: OperationId): Promise<StoredOperation | undefined> {
    const row = await this.database.repository(OperationRow).findOneBy({ id });
    return row ? (await this.withSteps([row]))[0] : undefined;
  }

  /** Newest first. */
  async page({
    state,
    containerId,
    environmentId,
    visibleTo,
    about,
    within,
    after,
    limit,
  }: OperationsPage): Promise<StoredOperation[]> {
    const query = this.database.repository(OperationRow).createQueryBuilder('operation');
    if (state) query.andWhere('operation.state IN (:...states)', { states: STATES[state] });
    if (containerId) query.andWhere('operation.containerId = :containerId', { containerId });
    if (environmentId) query.andWhere('operation.environmentId = :environmentId', { environmentId });
    if (visibleTo)
      query.andWhere(
        new Brackets((either) =>
          either
            .where('operation.actorId = :visibleTo', { visibleTo })
            .orWhere('operation.ownerId = :visibleTo', { visibleTo })
            .orWhere(about.length > 0 ? 'operation.containerId IN (:...about)' : 'FALSE', { about }),
        ),
      );
    if (within)
      query.andWhere(
        new Brackets((either) =>
          either
            .where('operation.containerId IN (:...within)', { within })
            .orWhere('operation.tenantId IN (:...within)', { within }),
        ),
      );
    if (after)
      query.andWhere(
        new Brackets((older) =>
          older
            .where('operation.createdAt < :createdAt', after)
            .orWhere('operation.createdAt = :createdAt AND operation.id < :id', after),
        ),
      );
    query.orderBy('operation.createdAt', 'DESC').addOrderBy('operation.id', 'DESC').take(limit);
    return this.withSteps(await query.getMany());
  }

  /** What a restart has to take up again, oldest first. */
  async unfinished(): Promise<StoredOperation[]> {
    const rows = await this.database
      .repository(OperationRow)
      .find({ where: { state: In([...ACTIVE_STATES]) }, order: { createdAt: 'ASC', id: 'ASC' } });
    return this.withSteps(rows);
  }

  async activeOn(rows: EntityManager, containerId: ContainerId): Promise<OperationRow | null> {
    return rows.findOneBy(OperationRow, { containerId, state: In([...ACTIVE_STATES]) });
  }

  async update(rows: EntityManager, id: OperationId, change: Partial<OperationRow>): Promise<void> {
    await rows.update(OperationRow, { id }, change);
  }

  async updateStep(
    rows: EntityManager,
    { operationId, name }: Pick<OperationStepRow, 'operationId' | 'name'>,
    change: Partial<OperationStepRow>,
  ): Promise<void> {
    await rows.update(OperationStepRow, { operationId, name }, change);
  }

  /** A finished operation has no open step. */
  async closeSteps(rows: EntityManager, operationId: OperationId): Promise<void> {
    await rows.update(OperationStepRow, { operationId, state: In(['pending', 'running']) }, { state: 'skipped' });
  }

  private async withSteps(rows: OperationRow[]): Promise<StoredOperation[]> {
    if (rows.length === 0) return [];
    const steps = await this.database
      .repository(OperationStepRow)
      .find({ where: { operationId: In(rows.map(({ id }) => id)) }, order: { position: 'ASC' } });
    const byOperation = new Map<OperationId, OperationStepRow[]>(rows.map(({ id }) => [id, []]));
    for (const step of steps) byOperation.get(step.operationId)?.push(step);
    return rows.map((row) => ({ row, steps: byOperation.get(row.id) ?? [] }));
  }
}
