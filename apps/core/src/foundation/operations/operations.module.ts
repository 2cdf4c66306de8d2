import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '../../config.js';
import { CONFIG } from '../../kernel/tokens.js';
import { Failpoint } from './failpoint.js';
import { IdempotencyKeyRow } from './idempotency-key.entity.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotencyStore } from './idempotency.store.js';
import { InvariantsService } from './invariants.service.js';
import { OperationSecretsRow } from './operation-secrets.entity.js';
import { OperationSecretsService } from './operation-secrets.service.js';
import { OperationStepRow } from './operation-step.entity.js';
import { OperationRow } from './operation.entity.js';
import { OperationRunner } from './operation.runner.js';
import { OperationsService } from './operations.service.js';
import { OperationsStore } from './operations.store.js';
import { PortReservationRow } from './port-reservation.entity.js';
import { PortReservationsService } from './port-reservations.service.js';
import { StartersService } from './starters.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      OperationRow,
      OperationStepRow,
      OperationSecretsRow,
      IdempotencyKeyRow,
      PortReservationRow,
    ]),
  ],
  providers: [
    { provide: Failpoint, inject: [CONFIG], useFactory: (config: Config) => new Failpoint(config) },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    IdempotencyStore,
    InvariantsService,
    OperationsStore,
    OperationRunner,
    OperationsService,
    OperationSecretsService,
    PortReservationsService,
    StartersService,
  ],
  exports: [InvariantsService, OperationsService, OperationSecretsService, PortReservationsService, StartersService],
})
export class OperationsModule {}
