import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { type EntityManager, IsNull, LessThan, LessThanOrEqual, Not } from 'typeorm';
import { HomeDatabases } from './home-databases.js';
import type { Home } from './home.js';
import { PasswordReset } from './password-reset.entity.js';

/** Open resets, in whichever database their account lives. */
@Injectable()
export class PasswordResetsStore {
  constructor(private readonly homes: HomeDatabases) {}

  find(home: Home, userId: UserId, tokenHash: string): Promise<PasswordReset | null> {
    return this.homes.use(home, (database) => database.repository(PasswordReset).findOneBy({ userId, tokenHash }));
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
}
