import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { invalid } from '../../kernel/errors.js';
import { IdentityRole } from './identity-role.entity.js';

/** There from the first start; more can be added. */
const FIRST: Readonly<Record<string, string>> = {
  user: 'Uses what others run.',
  moderator: 'Looks after what a team runs.',
  developer: 'Builds and changes things.',
  tester: 'Tries things out.',
  admin: 'Everything on what they were given.',
};

/** The catalogue of what people can be in their tenant. */
@Injectable()
export class IdentityRolesService implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (await this.database.repository(IdentityRole).exists()) return;
    const updatedAt = this.clock.now();
    const first = Object.entries(FIRST).map(([name, description]) => ({
      name,
      description,
      updatedBy: null,
      updatedAt,
    }));
    await this.database.transaction((rows) => rows.insert(IdentityRole, first));
  }

  all(): Promise<IdentityRole[]> {
    return this.database.repository(IdentityRole).find({ order: { name: 'ASC' } });
  }

  /** 400 for a tag nobody put into the catalogue. */
  async assertKnown(name: string): Promise<void> {
    if (await this.database.repository(IdentityRole).existsBy({ name })) return;
    throw invalid([{ path: 'roleTag', code: 'unknown_role', message: `There is no role ${name} in the catalogue.` }]);
  }

  async put(rows: EntityManager, name: string, description: string, updatedBy: UserId): Promise<IdentityRole> {
    const role: IdentityRole = { name, description, updatedBy, updatedAt: this.clock.now() };
    await rows.upsert(IdentityRole, role, ['name']);
    return role;
  }

  async remove(rows: EntityManager, name: string): Promise<void> {
    await rows.delete(IdentityRole, { name });
  }
}
