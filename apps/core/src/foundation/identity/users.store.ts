import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { User } from './user.entity.js';

@Injectable()
export class UsersStore {
  constructor(private readonly database: Database) {}

  find(id: UserId): Promise<User | null> {
    return this.database.repository(User).findOneBy({ id });
  }

  findByUsername(username: string): Promise<User | null> {
    return this.database.repository(User).findOneBy({ username });
  }

  countActiveOwners(rows: EntityManager): Promise<number> {
    return rows.countBy(User, { platformRole: 'owner', active: true });
  }

  async add(rows: EntityManager, user: User): Promise<void> {
    await rows.insert(User, user);
  }

  async update(rows: EntityManager, id: UserId, changes: Partial<User>): Promise<void> {
    await rows.getRepository(User).update({ id }, changes);
  }
}
