import { Injectable } from '@nestjs/common';
import type { ContainerId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';

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

  /** Gone already is fine; anonymous volumes go with it. */
  async remove(
    { environmentId, engineId }: Pick<SeenContainer, 'environmentId' | 'engineId'>,
    { force }: { force: boolean },
  ): Promise<void> {
    await this.environments.engineOf(environmentId).remove(engineId, { force });
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
