import { Injectable } from '@nestjs/common';
import type { OperationId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { ConfigurationBook } from './configuration-book.service.js';
import type { Change } from './remake-plan.js';

/** What our rows say once a change has come through, or has not. In the transaction that ends the operation. */
@Injectable()
export class ChangeRecords {
  constructor(
    private readonly book: ConfigurationBook,
    private readonly rows: ContainerRowsService,
    private readonly ports: PortReservationsService,
    private readonly settings: ContainerSettingsService,
  ) {}

  async cameThrough(
    rows: EntityManager,
    { containerId, savedAt, sizes, ports, request, deployed }: Change,
    operationId: OperationId,
  ): Promise<void> {
    await this.book.apply(rows, operationId);
    if (savedAt !== null) await this.book.discardSaved(rows, containerId, savedAt);
    // Who goes back to what was does not want what was saved since.
    if (request.number !== undefined) await this.settings.forget(rows, containerId, 'startupCommand', 'allowedPorts');
    await this.rows.reconfigure(rows, containerId, { ...deployed, ...sizes.after });
    await this.ports.releaseOnly(rows, containerId, ports.freed);
  }

  async wasTakenBack(
    rows: EntityManager,
    { containerId, sizes, ports }: Change,
    operationId: OperationId,
  ): Promise<void> {
    await this.book.drop(rows, operationId);
    await this.rows.reconfigure(rows, containerId, sizes.before);
    await this.ports.releaseOnly(rows, containerId, ports.taken);
  }
}
