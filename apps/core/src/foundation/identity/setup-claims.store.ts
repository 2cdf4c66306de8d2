import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { SetupClaim } from './setup-claim.entity.js';

@Injectable()
export class SetupClaimsStore {
  constructor(private readonly database: Database) {}

  exists(rows?: EntityManager): Promise<boolean> {
    return (rows?.getRepository(SetupClaim) ?? this.database.repository(SetupClaim)).existsBy({ id: 'owner' });
  }

  /** The primary key lets exactly one succeed. */
  async add(rows: EntityManager, claim: SetupClaim): Promise<void> {
    await rows.insert(SetupClaim, claim);
  }
}
