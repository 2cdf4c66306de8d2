import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditAnchor } from './foundation/audit/audit-anchor.js';
import { AuditCheckpoint } from './foundation/audit/audit-checkpoint.entity.js';
import { AuditCheckpointsService } from './foundation/audit/audit-checkpoints.service.js';
import { AuditEventRow } from './foundation/audit/audit-event.entity.js';
import { AuditEventsStore } from './foundation/audit/audit-events.store.js';
import { AuditVerificationService } from './foundation/audit/audit-verification.service.js';
import type { ChainFault } from './foundation/audit/audit-chain.rules.js';
import { KernelModule } from './kernel/kernel.module.js';

@Module({
  imports: [KernelModule, TypeOrmModule.forFeature([AuditCheckpoint, AuditEventRow])],
  providers: [AuditAnchor, AuditCheckpointsService, AuditEventsStore, AuditVerificationService],
})
class AuditVerification {}

const SAYS: Record<ChainFault['kind'], string> = {
  forged: 'is where a checkpoint says the trail begins, but its signature is not ours',
  changed: 'was changed after it was written',
  missing: 'is missing',
  unchained: 'does not follow the row before it',
};

/** `audit verify`: walks the chain beside a running core or without one. Returns the exit code. */
export async function verifyAudit(say: (line: string) => void): Promise<number> {
  const app = await NestFactory.createApplicationContext(AuditVerification, { logger: false, abortOnError: false });
  try {
    const { rows, faults } = await app.get(AuditVerificationService).verify();
    for (const { seq, id, kind } of faults) say(`Row ${seq}${id === null ? '' : ` (${id})`} ${SAYS[kind]}.`);
    say(
      faults.length === 0 ? `The audit trail is whole: ${rows} rows.` : `The audit trail is broken: ${rows} rows read.`,
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await app.close();
  }
}
