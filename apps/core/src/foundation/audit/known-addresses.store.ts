import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { type EntityManager, In } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { KnownAddress } from './known-address.entity.js';

/** What is remembered of one person; who comes from everywhere is new everywhere after that. */
const REMEMBERED = 50;

@Injectable()
export class KnownAddressesStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  of(userId: UserId): Promise<KnownAddress[]> {
    return this.database.repository(KnownAddress).find({ where: { userId }, order: { lastSeenAt: 'DESC' } });
  }

  async note(rows: EntityManager, { userId, address, now }: { userId: UserId; address: string; now: number }) {
    const { affected } = await rows.update(KnownAddress, { userId, address }, { lastSeenAt: now });
    if (affected) return;
    await rows.insert(KnownAddress, { userId, address, firstSeenAt: now, lastSeenAt: now });
    const known = await rows.find(KnownAddress, { where: { userId }, order: { lastSeenAt: 'DESC' } });
    const forgotten = known.slice(REMEMBERED).map((row) => row.address);
    if (forgotten.length > 0) await rows.delete(KnownAddress, { userId, address: In(forgotten) });
  }
}
