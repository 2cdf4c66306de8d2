import { Injectable } from '@nestjs/common';
import type { OperationId } from '@bailiwick/contract';
import { type EntityManager, LessThan } from 'typeorm';
import * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { OperationSecretsRow } from './operation-secrets.entity.js';

const PURPOSE = 'operation-secrets';
/** Longer than any operation takes; the hour counts from its end. */
const WHILE_RUNNING_MS = 7 * 24 * 3_600_000;
const AFTERWARDS_MS = 3_600_000;
const Secrets = z.record(z.string(), z.string());

/** Secrets an operation works with: sealed to its id, gone an hour after its end. */
@Injectable()
export class OperationSecretsService {
  constructor(
    private readonly database: Database,
    private readonly key: SecretKey,
    private readonly clock: Clock,
  ) {}

  async put(rows: EntityManager, operationId: OperationId, secrets: Readonly<Record<string, string>>): Promise<void> {
    await rows.delete(OperationSecretsRow, { expiresAt: LessThan(this.clock.now()) });
    if (Object.keys(secrets).length === 0) return;
    const sealed = this.key.seal(PURPOSE, operationId, JSON.stringify(secrets));
    await rows.insert(OperationSecretsRow, { operationId, sealed, expiresAt: this.clock.now() + WHILE_RUNNING_MS });
  }

  /** Empty where there are none, or none any more. */
  async open(operationId: OperationId): Promise<Record<string, string>> {
    const row = await this.database.repository(OperationSecretsRow).findOneBy({ operationId });
    return row ? this.unseal(row) : {};
  }

  /** Undefined the second time. */
  async takeOnce(rows: EntityManager, operationId: OperationId): Promise<Record<string, string> | undefined> {
    const row = await rows.findOneBy(OperationSecretsRow, { operationId });
    const { affected } = await rows.delete(OperationSecretsRow, { operationId });
    if (!row || affected === 0 || row.expiresAt <= this.clock.now()) return undefined;
    return this.unseal(row);
  }

  /** The operation has ended: the hour begins. */
  async letExpire(rows: EntityManager, operationId: OperationId): Promise<void> {
    await rows.update(OperationSecretsRow, { operationId }, { expiresAt: this.clock.now() + AFTERWARDS_MS });
  }

  async forget(rows: EntityManager, operationId: OperationId): Promise<void> {
    await rows.delete(OperationSecretsRow, { operationId });
  }

  private unseal({ operationId, sealed, expiresAt }: OperationSecretsRow): Record<string, string> {
    if (expiresAt <= this.clock.now()) return {};
    return Secrets.parse(JSON.parse(this.key.open(PURPOSE, operationId, sealed)));
  }
}
