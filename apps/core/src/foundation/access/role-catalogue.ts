import { Injectable } from '@nestjs/common';
import type { Capability, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { invalid } from '../../kernel/errors.js';
import { AccessBook } from './access-book.js';
import { RoleRow } from './role.entity.js';

/** The catalogue of roles: what people can be in their tenant, and what they can be given on a thing. */
@Injectable()
export class RoleCatalogue {
  constructor(
    private readonly database: Database,
    private readonly book: AccessBook,
    private readonly clock: Clock,
  ) {}

  all(): Promise<RoleRow[]> {
    return this.database.repository(RoleRow).find({ order: { name: 'ASC' } });
  }

  find(name: string): Promise<RoleRow | null> {
    return this.database.repository(RoleRow).findOneBy({ name });
  }

  /** 400 for a role nobody put into the catalogue. */
  assertKnown(name: string, path = 'roleTag'): void {
    if (this.book.state.roles.has(name)) return;
    throw invalid([{ path, code: 'unknown_role', message: `There is no role ${name} in the catalogue.` }]);
  }

  /** Makes it, or changes it; whoever holds it has its new rights on their next request. */
  put(
    wanted: { name: string; description: string; capabilities: readonly Capability[]; updatedBy: UserId | null },
    beside: (rows: EntityManager) => Promise<void>,
  ): Promise<RoleRow> {
    return this.book.change(async (rows) => {
      const row = { ...wanted, capabilities: [...wanted.capabilities], builtIn: false, updatedAt: this.clock.now() };
      await rows.upsert(RoleRow, row, ['name']);
      await beside(rows);
      return { writes: { putRoles: [[row.name, new Set(row.capabilities)] as const] }, result: row };
    });
  }

  remove(name: string, beside: (rows: EntityManager) => Promise<void>): Promise<void> {
    return this.book.change(async (rows) => {
      await rows.delete(RoleRow, { name });
      await beside(rows);
      return { writes: { dropRoles: [name] }, result: undefined };
    });
  }
}
