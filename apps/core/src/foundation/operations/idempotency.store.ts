import { Injectable } from '@nestjs/common';
import type { OperationId, UserId } from '@bailiwick/contract';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { IdempotencyKeyRow } from './idempotency-key.entity.js';

export interface KeyOf {
  readonly actorId: UserId;
  readonly key: string;
}

const TAKE_LOCK = 7_402;

@Injectable()
export class IdempotencyStore {
  constructor(private readonly database: Database) {}

  /** The row that was there first; null when this one took the key. */
  take(row: IdempotencyKeyRow, expiredBefore: number): Promise<IdempotencyKeyRow | null> {
    const { actorId, key } = row;
    return this.database.transaction(async (rows) => {
      await this.database.lock(rows, TAKE_LOCK);
      await rows.delete(IdempotencyKeyRow, { createdAt: LessThan(expiredBefore) });
      const first = await rows.findOneBy(IdempotencyKeyRow, { actorId, key });
      if (!first) await rows.insert(IdempotencyKeyRow, row);
      return first;
    });
  }

  /** Part of the transaction that accepts an operation: from here on the key has had its effect. */
  async bind(rows: EntityManager, { actorId, key }: KeyOf, operationId: OperationId): Promise<void> {
    await rows.update(IdempotencyKeyRow, { actorId, key }, { operationId });
  }

  async answer({ actorId, key }: KeyOf, answer: object): Promise<void> {
    await this.database.transaction((rows) => rows.update(IdempotencyKeyRow, { actorId, key }, { answer }));
  }

  /** Nothing came of it: the key can be used again. */
  async free({ actorId, key }: KeyOf): Promise<void> {
    await this.database.transaction((rows) =>
      rows.delete(IdempotencyKeyRow, { actorId, key, operationId: IsNull(), answer: IsNull() }),
    );
  }
}
