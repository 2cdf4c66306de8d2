import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { ExternalIdentity } from './external-identity.entity.js';

@Injectable()
export class ExternalIdentitiesStore {
  constructor(private readonly database: Database) {}

  find({ issuer, subject }: Pick<ExternalIdentity, 'issuer' | 'subject'>): Promise<ExternalIdentity | null> {
    return this.database.repository(ExternalIdentity).findOneBy({ issuer, subject });
  }

  /** The first account a name led to keeps it. */
  async add(rows: EntityManager, identity: ExternalIdentity): Promise<void> {
    const { issuer, subject } = identity;
    if (!(await rows.existsBy(ExternalIdentity, { issuer, subject }))) await rows.insert(ExternalIdentity, identity);
  }
}
