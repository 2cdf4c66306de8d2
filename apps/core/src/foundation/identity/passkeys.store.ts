import { Injectable } from '@nestjs/common';
import type { PasskeyId, UserId } from '@bailiwick/contract';
import { type EntityManager, LessThan } from 'typeorm';
import { HomeDatabases } from './home-databases.js';
import type { Home } from './home.js';
import { PasskeyRow } from './passkey.entity.js';

/** Passkeys, in whichever database their account lives. */
@Injectable()
export class PasskeysStore {
  constructor(private readonly homes: HomeDatabases) {}

  /** Oldest first. */
  ofUser(home: Home, userId: UserId): Promise<PasskeyRow[]> {
    return this.homes.use(home, (database) =>
      database.repository(PasskeyRow).find({ where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } }),
    );
  }

  find(home: Home, userId: UserId, credentialId: string): Promise<PasskeyRow | null> {
    return this.homes.use(home, (database) => database.repository(PasskeyRow).findOneBy({ userId, credentialId }));
  }

  countIn(rows: EntityManager, userId: UserId): Promise<number> {
    return rows.countBy(PasskeyRow, { userId });
  }

  isKnownIn(rows: EntityManager, credentialId: string): Promise<boolean> {
    return rows.existsBy(PasskeyRow, { credentialId });
  }

  getIn(rows: EntityManager, userId: UserId, id: PasskeyId): Promise<PasskeyRow | null> {
    return rows.findOneBy(PasskeyRow, { id, userId });
  }

  async add(rows: EntityManager, passkey: PasskeyRow): Promise<void> {
    await rows.insert(PasskeyRow, passkey);
  }

  async rename(rows: EntityManager, id: PasskeyId, name: string): Promise<void> {
    await rows.getRepository(PasskeyRow).update({ id }, { name });
  }

  /** Compare and set: false where the counter did not rise since, or the passkey is gone. */
  async use(
    rows: EntityManager,
    { id, userId }: PasskeyRow,
    { counter, ...seen }: Pick<PasskeyRow, 'counter' | 'synced'> & { lastUsedAt: number },
  ): Promise<boolean> {
    // Authenticators that do not count say 0 for ever.
    const before = counter === 0 ? 0 : LessThan(counter);
    const { affected } = await rows
      .getRepository(PasskeyRow)
      .update({ id, userId, counter: before }, { counter, ...seen });
    return (affected ?? 0) > 0;
  }

  async remove(rows: EntityManager, id: PasskeyId): Promise<void> {
    await rows.delete(PasskeyRow, { id });
  }

  async removeAll(rows: EntityManager, userId: UserId): Promise<number> {
    return (await rows.delete(PasskeyRow, { userId })).affected ?? 0;
  }
}
