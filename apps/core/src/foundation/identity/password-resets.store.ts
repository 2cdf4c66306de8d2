import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { type EntityManager, IsNull, LessThan, LessThanOrEqual, Not } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { TenantDatabases } from '../../kernel/database/tenant-databases.js';
import type { Home } from './home.js';
import { PasswordReset } from './password-reset.entity.js';

/** Open resets, in whichever database their account lives. */
@Injectable()
export class PasswordResetsStore {
  constructor(
    private readonly database: Database,
    private readonly tenantDatabases: TenantDatabases,
  ) {}

  find(home: Home, userId: UserId, tokenHash: string): Promise<PasswordReset | null> {
    return this.read(home, (database) => database.repository(PasswordReset).findOneBy({ userId, tokenHash }));
  }

  /** Over the same one of an earlier try. */
  async put(rows: EntityManager, reset: PasswordReset): Promise<void> {
    await rows.upsert(PasswordReset, reset, ['tokenHash']);
  }

  /** Compare and set: of all who come with the same one, one is told true. */
  async take(rows: EntityManager, { tokenHash, userId }: PasswordReset): Promise<boolean> {
    const { affected } = await rows.delete(PasswordReset, { tokenHash, userId });
    return (affected ?? 0) > 0;
  }

  /** The one whose code counts now; a try of it is counted before the code is looked at. */
  async countTry(rows: EntityManager, userId: UserId, now: number, most: number): Promise<PasswordReset | null> {
    const table = rows.getRepository(PasswordReset);
    const withCode = await table.findOne({
      where: { userId, codeHash: Not(IsNull()) },
      order: { codeExpiresAt: 'DESC' },
    });
    if (!withCode || (withCode.codeExpiresAt ?? 0) <= now) return null;
    const { tokenHash } = withCode;
    const { affected } = await table.increment({ tokenHash, codeTries: LessThan(most) }, 'codeTries', 1);
    return (affected ?? 0) > 0 ? withCode : null;
  }

  /** A new code makes the older ones worthless; their links stay. */
  async forgetCodes(rows: EntityManager, userId: UserId): Promise<void> {
    await rows.getRepository(PasswordReset).update({ userId }, { codeHash: null, codeExpiresAt: null });
  }

  async forgetUntil(rows: EntityManager, userId: UserId, now: number): Promise<void> {
    await rows.delete(PasswordReset, { userId, expiresAt: LessThanOrEqual(now) });
  }

  async removeOf(rows: EntityManager, userId: UserId): Promise<void> {
    await rows.delete(PasswordReset, { userId });
  }

  private read<Result>(home: Home, work: (database: Database) => Promise<Result>): Promise<Result> {
    return home.kind === 'system' ? work(this.database) : this.tenantDatabases.use(home.slug, work);
  }
}
