import { Injectable } from '@nestjs/common';
import type { ContainerId, EnvironmentId } from '@bailiwick/contract';
import { type EntityManager, In, IsNull, LessThanOrEqual } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { ContainerRow } from '../environments/container.entity.js';
import { newId } from '../../kernel/ids.js';
import { PortReservationRow } from './port-reservation.entity.js';

export interface HostPort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly ip: string;
}

interface Holder {
  readonly environmentId: EnvironmentId;
  readonly containerId: ContainerId;
}

/** Host ports held by containers of ours, from the accepted deploy to the confirmed delete. */
@Injectable()
export class PortReservationsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  held(environmentId: EnvironmentId, rows?: EntityManager): Promise<PortReservationRow[]> {
    const repository = rows?.getRepository(PortReservationRow) ?? this.database.repository(PortReservationRow);
    return repository.findBy({ environmentId, releasedAt: IsNull() });
  }

  /** All or none; answers the one that somebody else holds. */
  async take(rows: EntityManager, holder: Holder, ports: readonly HostPort[]): Promise<PortReservationRow | undefined> {
    const held = await this.held(holder.environmentId, rows);
    const busy = held.find((row) => ports.some(({ protocol, port }) => row.protocol === protocol && row.port === port));
    if (busy) return busy;
    const createdAt = this.clock.now();
    await rows.insert(
      PortReservationRow,
      ports.map((port) => ({ id: newId('prt'), ...holder, ...port, createdAt, releasedAt: null })),
    );
    return undefined;
  }

  /** Only after the engine confirmed that nothing publishes them any more. */
  async release(rows: EntityManager, containerId: ContainerId): Promise<void> {
    await rows.update(PortReservationRow, { containerId, releasedAt: IsNull() }, { releasedAt: this.clock.now() });
  }

  /** Of containers gone before a moment. Those taken from their engine past the panel held them until now. */
  async releaseGone(rows: EntityManager, before: number): Promise<void> {
    const held = await rows.getRepository(PortReservationRow).findBy({ releasedAt: IsNull() });
    const holders = [...new Set(held.map(({ containerId }) => containerId))];
    const gone = await rows.getRepository(ContainerRow).findBy({ id: In(holders), removedAt: LessThanOrEqual(before) });
    for (const { id } of gone) await this.release(rows, id);
  }

  /** Those of its ports that it does not need, or did not get to use. */
  async releaseOnly(
    rows: EntityManager,
    containerId: ContainerId,
    ports: ReadonlyArray<Omit<HostPort, 'ip'>>,
  ): Promise<void> {
    for (const { port, protocol } of ports)
      await rows.update(
        PortReservationRow,
        { containerId, port, protocol, releasedAt: IsNull() },
        { releasedAt: this.clock.now() },
      );
  }
}
