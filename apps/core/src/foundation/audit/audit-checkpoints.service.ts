import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { SecretKey } from '../../kernel/secret-key.js';
import type { ChainPosition } from './audit-chain.rules.js';
import { AuditCheckpoint } from './audit-checkpoint.entity.js';

const PURPOSE = 'audit-checkpoint';

export interface Beginning extends ChainPosition {
  /** False: somebody without the key wrote it. */
  readonly genuine: boolean;
}

/** Signs where the chain begins after its oldest rows were removed: who lacks the key cannot cut rows off and say so. */
@Injectable()
export class AuditCheckpointsService {
  constructor(
    private readonly database: Database,
    private readonly key: SecretKey,
  ) {}

  /** Undefined while nothing was removed. */
  async find(): Promise<Beginning | undefined> {
    const row = await this.database.repository(AuditCheckpoint).findOneBy({ id: 'beginning' });
    if (!row) return undefined;
    return { seq: row.seq, hash: row.hash, genuine: this.key.verify(PURPOSE, textOf(row), row.signature) };
  }

  async put(rows: EntityManager, { seq, hash }: ChainPosition, at: number): Promise<void> {
    const content = { seq, hash, at };
    await rows.save(AuditCheckpoint, {
      id: 'beginning',
      ...content,
      signature: this.key.sign(PURPOSE, textOf(content)),
    });
  }
}

const textOf = ({ seq, hash, at }: Pick<AuditCheckpoint, 'seq' | 'hash' | 'at'>): string => `${seq} ${hash} ${at}`;
