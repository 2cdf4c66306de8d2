import { Injectable } from '@nestjs/common';
import type { ContainerId, OperationId, UserId, VolumeId } from '@bailiwick/contract';
import { type EntityManager, In, IsNull, Not, type FindOptionsWhere } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { VolumeRow } from './volume.entity.js';

export type NewVolume = Omit<VolumeRow, 'removalId' | 'madeAt' | 'detachedAt' | 'removedAt'>;
type Narrowed = Partial<Pick<FindOptionsWhere<VolumeRow>, 'environmentId' | 'tenantId'>>;
/** Whose it is once its deploy is done. */
type Holder = Pick<VolumeRow, 'containerName' | 'ownerId' | 'ownerName'>;

/** What we remember of volumes, from the accepted deploy until the data is deleted. */
@Injectable()
export class VolumeRowsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those that were not deleted, the newest first. */
  live(narrowed: Narrowed = {}): Promise<VolumeRow[]> {
    return this.database
      .repository(VolumeRow)
      .find({ where: { ...narrowed, removedAt: IsNull() }, order: { madeAt: 'DESC', id: 'ASC' } });
  }

  find(id: VolumeId): Promise<VolumeRow | null> {
    return this.database.repository(VolumeRow).findOneBy({ id, removedAt: IsNull() });
  }

  /** What a deploy made or took over, also after its container was lost. */
  ofDeploy(containerId: ContainerId, operationId: OperationId): Promise<VolumeRow[]> {
    const removedAt = IsNull();
    return this.database.repository(VolumeRow).findBy([
      { containerId, removedAt },
      { operationId, removedAt },
    ]);
  }

  /** On any environment. */
  named(names: readonly string[]): Promise<VolumeRow[]> {
    return this.database.repository(VolumeRow).findBy({ name: In([...names]), removedAt: IsNull() });
  }

  of(containerId: ContainerId): Promise<VolumeRow[]> {
    return this.database.repository(VolumeRow).findBy({ containerId, removedAt: IsNull() });
  }

  /** The row stands before the engine has the volume. */
  async reserve(rows: EntityManager, volume: NewVolume): Promise<void> {
    const madeAt = this.clock.now();
    await rows.insert(VolumeRow, { ...volume, removalId: null, madeAt, detachedAt: null, removedAt: null });
  }

  /** Whether it was kept and is this container's now: of two who want it one gets it. */
  async claim(rows: EntityManager, id: VolumeId, containerId: ContainerId): Promise<boolean> {
    const { affected } = await rows.update(
      VolumeRow,
      { id, containerId: IsNull(), removalId: IsNull(), removedAt: IsNull() },
      { containerId },
    );
    return affected === 1;
  }

  /** The deploy is done: what it took over is kept no longer, and whose container it is, theirs it is. */
  async settle(rows: EntityManager, containerId: ContainerId, holder: Holder): Promise<void> {
    await rows.update(VolumeRow, { containerId, removedAt: IsNull() }, { ...holder, detachedAt: null });
  }

  /** The deploy came to nothing: what it made is gone, what it took over is kept as before. */
  async takeBack(rows: EntityManager, containerId: ContainerId, operationId: OperationId): Promise<void> {
    await rows.delete(VolumeRow, { operationId });
    await this.letGo(rows, [containerId]);
  }

  /** Their containers are gone; the data stays, kept since now or since it was kept before. */
  async letGo(rows: EntityManager, containerIds: readonly ContainerId[]): Promise<void> {
    const ofThem = { containerId: In([...containerIds]), removedAt: IsNull() };
    await rows.update(VolumeRow, { ...ofThem, detachedAt: IsNull() }, { containerId: null, detachedAt: this.clock.now() }); // prettier-ignore
    await rows.update(VolumeRow, { ...ofThem, detachedAt: Not(IsNull()) }, { containerId: null });
  }

  /** Whether it is this removal's now: nobody else gets it. */
  async condemn(rows: EntityManager, id: VolumeId, removalId: OperationId, from: ContainerId | null): Promise<boolean> {
    const { affected } = await rows.update(
      VolumeRow,
      { id, containerId: from ?? IsNull(), removalId: IsNull(), removedAt: IsNull() },
      { removalId },
    );
    return affected === 1;
  }

  /** What was not taken away after all is anybody's again who may have it. */
  async spare(rows: EntityManager, removalId: OperationId): Promise<void> {
    await rows.update(VolumeRow, { removalId, removedAt: IsNull() }, { removalId: null });
  }

  /** Once the engine confirmed that it is gone; safe to repeat. */
  async markRemoved(id: VolumeId): Promise<void> {
    await this.database.transaction(async (rows) => {
      await rows.update(
        VolumeRow,
        { id, removedAt: IsNull() },
        { containerId: null, removalId: null, removedAt: this.clock.now() },
      );
    });
  }

  /** Data goes with its owner. */
  async changeOwned(
    rows: EntityManager,
    ownerId: UserId,
    change: Partial<Pick<VolumeRow, 'ownerId' | 'ownerName' | 'tenantId'>>,
  ): Promise<void> {
    await rows.update(VolumeRow, { ownerId }, change);
  }
}
