import { Injectable } from '@nestjs/common';
import type { ContainerId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { isAppError } from '../../kernel/errors.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { isUnnamed } from './delete-inventory.rules.js';

type Place = Pick<SeenContainer, 'environmentId' | 'engineId'>;

/** Takes a container from its engine, then from our rows. */
@Injectable()
export class ContainerRemovalService {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly rows: ContainerRowsService,
    private readonly ports: PortReservationsService,
    private readonly volumes: VolumeRowsService,
  ) {}

  /** Volumes nobody named, of a container that is to go. */
  async unnamedOf({ environmentId, engineId }: Place): Promise<string[]> {
    try {
      const { mounts } = await this.environments.engineOf(environmentId).inspect(engineId);
      return mounts.flatMap(({ type, name }) => (type === 'volume' && name !== null && isUnnamed(name) ? [name] : []));
    } catch (error) {
      if (isAppError(error, 'not_found')) return [];
      throw error;
    }
  }

  /**
   * Gone already is fine; volumes nobody named go with it. The engine leaves those that one making handed to the next:
   * it takes them for named ones.
   */
  async remove(
    { environmentId, engineId }: Place,
    { force, unnamed }: { force: boolean; unnamed: readonly string[] },
  ): Promise<void> {
    const engine = this.environments.engineOf(environmentId);
    await engine.remove(engineId, { force });
    for (const name of unnamed) await engine.removeVolume(name).catch(exceptInUse);
    try {
      await this.mirrors.refresh(environmentId, engineId);
    } catch (error) {
      if (!isOutage(error)) throw error; // it is gone; the mirror will see that when the engine is back
    }
  }

  /** Whether the engine let go of it already. */
  isGone(rows: EntityManager, id: ContainerId): Promise<boolean> {
    return this.rows.isRemoved(rows, id);
  }

  /** Only once the engine confirmed: its ports are free for others, its data is kept, its row stays as history. */
  async forget(rows: EntityManager, id: ContainerId): Promise<void> {
    await this.ports.release(rows, id);
    await this.volumes.letGo(rows, [id]);
    await this.rows.markRemoved(id, rows);
  }
}

/** Another container has it as well: it is not only this one's. */
function exceptInUse(error: unknown): void {
  if (!isAppError(error, 'conflict')) throw error;
}
