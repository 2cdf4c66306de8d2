import { Injectable } from '@nestjs/common';
import type { TenantId, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { PersonRow } from './person.entity.js';

@Injectable()
export class PeopleStore {
  constructor(private readonly database: Database) {}

  find(userId: UserId): Promise<PersonRow | null> {
    return this.database.repository(PersonRow).findOneBy({ userId });
  }

  byUsername(username: string): Promise<PersonRow[]> {
    return this.database.repository(PersonRow).findBy({ username });
  }

  inTenant(tenantId: TenantId): Promise<PersonRow[]> {
    return this.database.repository(PersonRow).findBy({ tenantId });
  }

  all(): Promise<PersonRow[]> {
    return this.database.repository(PersonRow).find();
  }

  async put(rows: EntityManager, person: PersonRow): Promise<void> {
    await rows.upsert(PersonRow, person, ['userId']);
  }

  /** Sessions and whatever else hangs on a person in the system's database go with it. */
  async remove(rows: EntityManager, userId: UserId): Promise<void> {
    await rows.delete(PersonRow, { userId });
  }
}
