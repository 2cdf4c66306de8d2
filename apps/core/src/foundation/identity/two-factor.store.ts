import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { HomeDatabases } from './home-databases.js';
import type { Home } from './home.js';
import { PasskeyRow } from './passkey.entity.js';
import { RecoveryCodeRow } from './recovery-code.entity.js';
import { TwoFactor } from './two-factor.entity.js';

/** Second factors, in whichever database their account lives. */
@Injectable()
export class TwoFactorStore {
  constructor(private readonly homes: HomeDatabases) {}

  find(home: Home, userId: UserId): Promise<TwoFactor | null> {
    return this.homes.use(home, (database) => database.repository(TwoFactor).findOneBy({ userId }));
  }

  /** Since when everybody there, or that one person, has a second factor: an app or a passkey, whichever came first. */
  async sinceIn(home: Home, userId?: UserId): Promise<ReadonlyMap<UserId, number>> {
    const who = userId === undefined ? {} : { userId };
    const [apps, passkeys] = await this.homes.use(home, (database) =>
      Promise.all([
        database.repository(TwoFactor).findBy({ ...who, confirmedAt: Not(IsNull()) }),
        database.repository(PasskeyRow).find({ select: { userId: true, createdAt: true }, where: who }),
      ]),
    );
    const since = new Map<UserId, number>();
    const note = (user: UserId, at: number) => since.set(user, Math.min(at, since.get(user) ?? at));
    for (const { userId: user, createdAt } of passkeys) note(user, createdAt);
    for (const { userId: user, confirmedAt } of apps) if (confirmedAt !== null) note(user, confirmedAt);
    return since;
  }

  countCodesLeft(home: Home, userId: UserId): Promise<number> {
    return this.homes.use(home, (database) =>
      database.repository(RecoveryCodeRow).countBy({ userId, usedAt: IsNull() }),
    );
  }

  /** False where one is confirmed already: that one stays. */
  async start(rows: EntityManager, userId: UserId, sealed: string): Promise<boolean> {
    await rows.delete(TwoFactor, { userId, confirmedAt: IsNull() });
    if (await rows.existsBy(TwoFactor, { userId })) return false;
    await rows.insert(TwoFactor, { userId, sealed, confirmedAt: null, lastStep: 0 });
    return true;
  }

  /** From here on it is asked for. False where it is no longer the one whose code was looked at. */
  async confirm(
    rows: EntityManager,
    { userId, sealed }: TwoFactor,
    { step, at }: { step: number; at: number },
  ): Promise<boolean> {
    const { affected } = await rows
      .getRepository(TwoFactor)
      .update({ userId, sealed, confirmedAt: IsNull() }, { confirmedAt: at, lastStep: step });
    return (affected ?? 0) > 0;
  }

  /** Compare and set: of all who come with the same code, one is told true. */
  async takeStep(rows: EntityManager, { userId, sealed }: TwoFactor, step: number): Promise<boolean> {
    const { affected } = await rows
      .getRepository(TwoFactor)
      .update({ userId, sealed, confirmedAt: Not(IsNull()), lastStep: LessThan(step) }, { lastStep: step });
    return (affected ?? 0) > 0;
  }

  async takeCode(rows: EntityManager, userId: UserId, hash: string, usedAt: number): Promise<boolean> {
    const { affected } = await rows
      .getRepository(RecoveryCodeRow)
      .update({ userId, hash, usedAt: IsNull() }, { usedAt });
    return (affected ?? 0) > 0;
  }

  async replaceCodes(rows: EntityManager, userId: UserId, hashes: readonly string[]): Promise<void> {
    await rows.delete(RecoveryCodeRow, { userId });
    await rows.insert(
      RecoveryCodeRow,
      hashes.map((hash) => ({ id: newId('rec'), userId, hash, usedAt: null })),
    );
  }

  /** Whether there was something to remove. */
  async remove(rows: EntityManager, userId: UserId): Promise<boolean> {
    await rows.delete(RecoveryCodeRow, { userId });
    const { affected } = await rows.delete(TwoFactor, { userId });
    return (affected ?? 0) > 0;
  }
}
