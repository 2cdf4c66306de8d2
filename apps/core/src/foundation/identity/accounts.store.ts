import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { TenantDatabases } from '../../kernel/database/tenant-databases.js';
import type { Home } from './home.js';
import { PasswordReset } from './password-reset.entity.js';
import { RecoveryCodeRow } from './recovery-code.entity.js';
import { TwoFactor } from './two-factor.entity.js';
import { User } from './user.entity.js';
import { roleInTenant } from './users.rules.js';

interface Belonging {
  userId: UserId;
}
/** What belongs to an account beside its own row. It moves with the account and goes with it. */
export const BELONGINGS: ReadonlyArray<new () => Belonging> = [TwoFactor, RecoveryCodeRow, PasswordReset];
export type Belongings = ReadonlyArray<readonly [new () => Belonging, readonly Belonging[]]>;

/** Accounts, in whichever database they live. */
@Injectable()
export class AccountsStore {
  constructor(
    private readonly database: Database,
    private readonly tenantDatabases: TenantDatabases,
  ) {}

  async find(home: Home, id: UserId): Promise<User | null> {
    const user = await this.read(home, (database) => database.repository(User).findOneBy({ id }));
    return user && asFound(home, user);
  }

  async all(home: Home): Promise<User[]> {
    const users = await this.read(home, (database) => database.repository(User).find());
    return users.map((user) => asFound(home, user));
  }

  getIn(rows: EntityManager, id: UserId): Promise<User | null> {
    return rows.findOneBy(User, { id });
  }

  isNamedIn(rows: EntityManager, username: string): Promise<boolean> {
    return rows.existsBy(User, { username });
  }

  findByEmailIn(rows: EntityManager, email: string): Promise<User | null> {
    return rows.findOneBy(User, { email });
  }

  findByEmail(home: Home, email: string): Promise<User | null> {
    return this.read(home, (database) => database.repository(User).findOneBy({ email }));
  }

  /** What was opened under what they had before: it must not outlive it. */
  async forgetResets(rows: EntityManager, userId: UserId): Promise<void> {
    await rows.delete(PasswordReset, { userId });
  }

  countActiveOwners(rows: EntityManager): Promise<number> {
    return rows.countBy(User, { platformRole: 'owner', active: true });
  }

  async add(rows: EntityManager, user: User): Promise<void> {
    await rows.insert(User, user);
  }

  /** All that has to be carried where the account is carried. */
  belongingsOf(home: Home, userId: UserId): Promise<Belongings> {
    return this.read(home, (database) =>
      Promise.all(BELONGINGS.map(async (kind) => [kind, await database.repository(kind).findBy({ userId })] as const)),
    );
  }

  /** Over whatever an earlier try left. */
  async put(rows: EntityManager, user: User, belongings: Belongings): Promise<void> {
    await rows.upsert(User, user, ['id']);
    for (const [kind, things] of belongings) {
      await rows.delete(kind, { userId: user.id });
      if (things.length > 0) await rows.insert(kind, [...things]);
    }
  }

  async update(rows: EntityManager, id: UserId, changes: Partial<User>): Promise<void> {
    await rows.getRepository(User).update({ id }, changes);
  }

  async remove(rows: EntityManager, id: UserId): Promise<void> {
    for (const kind of BELONGINGS) await rows.delete(kind, { userId: id });
    await rows.delete(User, { id });
  }

  private read<Result>(home: Home, work: (database: Database) => Promise<Result>): Promise<Result> {
    return home.kind === 'system' ? work(this.database) : this.tenantDatabases.use(home.slug, work);
  }
}

const asFound = (home: Home, user: User): User =>
  home.kind === 'system' ? user : { ...user, platformRole: roleInTenant(user.platformRole) };
