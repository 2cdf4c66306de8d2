import { Injectable } from '@nestjs/common';
import type { InvitationId } from '@bailiwick/contract';
import { type EntityManager, LessThan, MoreThan } from 'typeorm';
import { HomeDatabases } from './home-databases.js';
import type { Home } from './home.js';
import { Invitation } from './invitation.entity.js';

/** Invitations, in whichever database their account will live. */
@Injectable()
export class InvitationsStore {
  constructor(private readonly homes: HomeDatabases) {}

  find(home: Home, id: InvitationId): Promise<Invitation | null> {
    return this.homes.use(home, (database) => database.repository(Invitation).findOneBy({ id }));
  }

  all(home: Home): Promise<Invitation[]> {
    return this.homes.use(home, (database) => database.repository(Invitation).find());
  }

  findOpenFor(rows: EntityManager, email: string, now: number): Promise<Invitation | null> {
    return rows.findOneBy(Invitation, { email, state: 'open', expiresAt: MoreThan(now) });
  }

  async add(rows: EntityManager, invitation: Invitation): Promise<void> {
    await rows.insert(Invitation, invitation);
  }

  /** False where it is not open any more. */
  async change(rows: EntityManager, id: InvitationId, changes: Partial<Invitation>): Promise<boolean> {
    const { affected } = await rows.getRepository(Invitation).update({ id, state: 'open' }, changes);
    return (affected ?? 0) > 0;
  }

  /** Compare and set: of all who come with the same link, one is told true. */
  async accept(rows: EntityManager, { id, tokenHash }: Invitation, changes: Partial<Invitation>): Promise<boolean> {
    if (tokenHash === null) return false;
    const { affected } = await rows.getRepository(Invitation).update({ id, tokenHash, state: 'open' }, changes);
    return (affected ?? 0) > 0;
  }

  async forgetEndedBefore(rows: EntityManager, before: number): Promise<void> {
    await rows.delete(Invitation, { expiresAt: LessThan(before) });
  }
}
