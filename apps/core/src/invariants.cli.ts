import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditAnchor } from './foundation/audit/audit-anchor.js';
import { AuditCheckpoint } from './foundation/audit/audit-checkpoint.entity.js';
import { AuditCheckpointsService } from './foundation/audit/audit-checkpoints.service.js';
import { AuditEventRow } from './foundation/audit/audit-event.entity.js';
import { AuditEventsStore } from './foundation/audit/audit-events.store.js';
import { AuditVerificationService } from './foundation/audit/audit-verification.service.js';
import { ContainerRow } from './foundation/environments/container.entity.js';
import { ContainerLabels } from './foundation/environments/container-labels.js';
import { EngineConnections } from './foundation/environments/engine-connections.js';
import { EngineFactory } from './foundation/environments/engine-factory.js';
import { EnvironmentRow } from './foundation/environments/environment.entity.js';
import { EnvironmentsStore } from './foundation/environments/environments.store.js';
import { KeptLogFolders } from './foundation/environments/kept-log-folders.driver.js';
import { NetworkLabels } from './foundation/environments/network-labels.js';
import { VolumeRow } from './foundation/environments/volume.entity.js';
import { VolumeLabels } from './foundation/environments/volume-labels.js';
import { WorkspaceFolders } from './foundation/environments/workspace-folders.driver.js';
import { IdempotencyKeyRow } from './foundation/operations/idempotency-key.entity.js';
import { InvariantsService } from './foundation/operations/invariants.service.js';
import { OperationStepRow } from './foundation/operations/operation-step.entity.js';
import { OperationRow } from './foundation/operations/operation.entity.js';
import { PortReservationRow } from './foundation/operations/port-reservation.entity.js';
import { Clock } from './kernel/clock.js';
import { KernelModule } from './kernel/kernel.module.js';

const ROWS = [
  AuditCheckpoint,
  AuditEventRow,
  ContainerRow,
  EnvironmentRow,
  IdempotencyKeyRow,
  OperationRow,
  OperationStepRow,
  PortReservationRow,
  VolumeRow,
];
/** Beside a running core it cannot be seen who works on what; longer than this nobody does. */
const LONGEST_WORK_MS = 3_600_000;

@Module({
  imports: [KernelModule, TypeOrmModule.forFeature(ROWS)],
  providers: [
    AuditAnchor,
    AuditCheckpointsService,
    AuditEventsStore,
    AuditVerificationService,
    ContainerLabels,
    EngineConnections,
    EngineFactory,
    EnvironmentsStore,
    InvariantsService,
    KeptLogFolders,
    NetworkLabels,
    VolumeLabels,
    WorkspaceFolders,
  ],
})
class Invariants {}

/** `invariants`: whether core, database and engines agree. Changes nothing; returns the exit code. */
export async function checkInvariants(say: (line: string) => void): Promise<number> {
  const app = await NestFactory.createApplicationContext(Invariants, { logger: false, abortOnError: false });
  try {
    const now = app.get(Clock).now();
    const { violations, unchecked } = await app
      .get(InvariantsService)
      .check(({ createdAt }) => now - createdAt < LONGEST_WORK_MS);
    for (const { invariant, subject, detail } of violations) say(`${invariant}: ${subject} ${detail}.`);
    for (const slug of unchecked) say(`The engine of ${slug} did not answer; nothing is claimed about it.`);
    say(violations.length === 0 ? 'Everything agrees.' : `${violations.length} promises are broken.`);
    return violations.length === 0 ? 0 : 1;
  } finally {
    await app.close();
  }
}
