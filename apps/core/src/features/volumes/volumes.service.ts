import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  Capability,
  DeleteVolume,
  EnvironmentId,
  ListVolumes,
  Operation,
  OperationId,
  Volume,
  VolumeDetail,
  VolumeId,
  VolumeList,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { rightsOn } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import type { VolumeRow } from '../../foundation/environments/volume.entity.js';
import { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import type { OperationDefinition } from '../../foundation/operations/operation.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { isAppError, notFound } from '../../kernel/errors.js';
import { deleteVolume, DeleteVolumePlan } from './delete-volume.operation.js';
import { VolumeDataService } from './volume-data.service.js';
import { assertConfirmed, assertUsable, isWanted, onVolume, toVolume, volumeInUse } from './volumes.rules.js';

const OFFERED: readonly Capability[] = ['volumes.see', 'volumes.delete'];

/** What deleting a container with its data would take. */
export interface ContainerData {
  readonly volumes: ReadonlyArray<Pick<VolumeRow, 'id' | 'name' | 'label' | 'target'> & { sizeBytes: number | null }>;
  readonly deletable: boolean;
}

/** The data of containers: who has it, who may see it, and how it is deleted. */
@Injectable()
export class VolumesService implements OnModuleInit {
  private readonly deletion: OperationDefinition<DeleteVolumePlan>;

  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly data: VolumeDataService,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly operations: OperationsService,
    private readonly rows: VolumeRowsService,
    private readonly stepUp: StepUpService,
  ) {
    this.deletion = deleteVolume(rows, data);
  }

  onModuleInit(): void {
    this.operations.register(this.deletion, async (actor, { row }, key) => {
      const { volumeId } = DeleteVolumePlan.parse(row.input);
      const { name } = await this.find(actor, volumeId);
      return this.delete(actor, volumeId, { confirmName: name }, key);
    });
  }

  async list(actor: Actor, query: ListVolumes): Promise<VolumeList> {
    const rows = await this.rows.live();
    const items = rows
      .filter((row) => this.access.allows(actor, 'volumes.see', onVolume(row)) && isWanted(row, query))
      .map((row) => this.show(actor, row));
    return { items, version: createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16) };
  }

  async get(actor: Actor, id: VolumeId): Promise<VolumeDetail> {
    const row = await this.find(actor, id);
    const sizes = await this.data.sizes(row.environmentId);
    return { ...this.show(actor, row), sizeBytes: sizes.get(row.name) ?? null };
  }

  /** Only what nobody uses. */
  async delete(actor: Actor, id: VolumeId, { confirmName }: DeleteVolume, idempotencyKey?: string): Promise<Operation> {
    const row = await this.find(actor, id);
    this.access.require(actor, 'volumes.delete', onVolume(row));
    assertConfirmed(confirmName, row.name);
    this.stepUp.assertProved(actor);
    if (row.containerId !== null) throw volumeInUse(row.name);
    this.environments.assertOnline(row.environmentId);
    await this.noted(actor, row, 'volumes.delete', () => this.data.assertRemovable(row, []));
    return this.operations.start(
      actor,
      this.deletion,
      {
        input: { volumeId: id },
        tenantId: row.tenantId,
        environmentId: row.environmentId,
        containerId: null,
        ownerId: row.ownerId,
        label: row.name,
      },
      { idempotencyKey, reserve: (inside, operationId) => this.condemn(inside, [row], operationId) },
    );
  }

  /** What a delete of this container leaves, or takes where its data is asked to go too. */
  async dataOf(actor: Actor, { id, environmentId }: SeenContainer): Promise<ContainerData> {
    const rows = await this.rows.of(id);
    const sizes = rows.length > 0 ? await this.data.sizes(environmentId) : new Map<string, number>();
    return {
      volumes: rows.map(({ id: volumeId, name, label, target }) => ({
        id: volumeId,
        name,
        label,
        target,
        sizeBytes: sizes.get(name) ?? null,
      })),
      deletable: rows.length > 0 && rows.every((row) => this.access.allows(actor, 'volumes.delete', onVolume(row))),
    };
  }

  /** The volumes that go with this container, after everything that speaks against it was asked. */
  async assertDeletableWith(actor: Actor, seen: SeenContainer, confirmName: string | undefined): Promise<VolumeRow[]> {
    const rows = await this.rows.of(seen.id);
    for (const row of rows) this.access.require(actor, 'volumes.delete', onVolume(row));
    assertConfirmed(confirmName, seen.name);
    this.stepUp.assertProved(actor);
    for (const row of rows)
      await this.noted(actor, row, 'volumes.delete', () => this.data.assertRemovable(row, [seen.engineId]));
    return rows;
  }

  /** In the transaction that accepts their removal: nobody else gets them from now on. */
  async condemn(inside: EntityManager, volumes: readonly VolumeRow[], operationId: OperationId): Promise<void> {
    for (const { id, name, containerId } of volumes)
      if (!(await this.rows.condemn(inside, id, operationId, containerId))) throw volumeInUse(name);
  }

  /** Kept data somebody wants to go on with. Taking it over is as much as deleting it: whoever may not, may not. */
  async getUsable(actor: Actor, id: VolumeId, environmentId: EnvironmentId): Promise<VolumeRow> {
    const row = await this.find(actor, id);
    this.access.require(actor, 'volumes.delete', onVolume(row));
    assertUsable(row, { environmentId, tenantId: actor.tenantId });
    // While it does not answer, the operation asks again before it mounts anything.
    if (this.environments.state(environmentId).state === 'online')
      await this.noted(actor, row, 'containers.deploy', () => this.data.assertFree(row));
    return row;
  }

  private async find(actor: Actor, id: VolumeId): Promise<VolumeRow> {
    const row = await this.rows.find(id);
    if (!row || !this.access.allows(actor, 'volumes.see', onVolume(row))) throw notFound('volume', id);
    return row;
  }

  private show(actor: Actor, row: VolumeRow): Volume {
    const seen = row.containerId === null ? undefined : this.mirrors.container(row.containerId);
    const user = seen && this.access.allows(actor, 'containers.see', seen) ? { id: seen.id, name: seen.name } : null;
    return toVolume(row, { user, rights: rightsOn(actor, OFFERED, onVolume(row)) });
  }

  /** Something of that name that is not what we made is worth a line in the trail. */
  private async noted(actor: Actor, row: VolumeRow, action: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isAppError(error, 'volume_refused')) {
        const target = { kind: 'volume', id: row.id, label: row.name, tenantId: row.tenantId };
        await this.audit.record(null, { actor, action, target, outcome: 'refused', details: { ...error.params } });
      }
      throw error;
    }
  }
}
