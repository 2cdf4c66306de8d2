import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Appearance,
  DEFAULT_APPEARANCE,
  type Person,
  type PlatformRole,
  TenantId,
  type UserId,
  UserId as AnyUserId,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, isAppError, notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { AccessBook } from '../access/access-book.js';
import { AccountsStore } from './accounts.store.js';
import type { Home } from './home.js';
import { OutboxService, type Tell } from './outbox.service.js';
import { PeopleStore } from './people.store.js';
import type { PersonRow } from './person.entity.js';
import type { Tenant } from './tenant.entity.js';
import { TenantsService } from './tenants.service.js';
import type { User } from './user.entity.js';
import { isStaffRole, PersonChange, toChange } from './users.rules.js';

declare module './outbox.service.js' {
  interface SystemEffects {
    /** Somebody is there, or is called something else. */
    'people.put': { userId: UserId; tenantId: TenantId; username: string; home: 'system' | 'tenant' };
    /** Somebody is gone: sessions and all that hangs on them go too. */
    'people.remove': { userId: UserId };
    /** What this person may do has changed. */
    'people.rights': { userId: UserId };
    /** Something that is shown of somebody has changed, or they came or went. */
    'people.changed': PersonChange;
  }
}
declare module '../../kernel/events.js' {
  interface CoreEvents {
    'person.changed': PersonChange;
  }
}

const OWNERS_LOCK = 7_302;
const Put = z.object({
  userId: AnyUserId,
  tenantId: TenantId,
  username: z.string(),
  home: z.enum(['system', 'tenant']),
});
const Named = z.object({ userId: AnyUserId });

export interface NewUser {
  username: string;
  displayName: string;
  email?: string | null;
  emailVerifiedAt?: number | null;
  platformRole: PlatformRole;
  roleTag?: string | null;
  passwordHash: string | null;
}

/** What may change of an account without moving it. */
export type AccountChanges = Partial<
  Pick<
    User,
    | 'username'
    | 'displayName'
    | 'email'
    | 'emailVerifiedAt'
    | 'platformRole'
    | 'roleTag'
    | 'active'
    | 'passwordHash'
    | 'appearance'
    | 'tenantId'
  >
>;

/** The people who may sign in: staff in the system's database, everybody else in that of their tenant. */
@Injectable()
export class UsersService implements OnModuleInit {
  constructor(
    private readonly accounts: AccountsStore,
    private readonly people: PeopleStore,
    private readonly tenants: TenantsService,
    private readonly outbox: OutboxService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly book: AccessBook,
  ) {}

  onModuleInit(): void {
    this.outbox.handle('people.put', Put, (rows, person) => this.people.put(rows, person));
    this.outbox.handle('people.remove', Named, async (rows, { userId }) => {
      const forget = await this.book.forget(rows, userId);
      await this.people.remove(rows, userId);
      return forget;
    });
    this.outbox.handle('people.rights', Named, (_, { userId }) =>
      Promise.resolve(() => this.events.publish('rights.changed', { userId })),
    );
    this.outbox.handle('people.changed', PersonChange, (_, change) =>
      Promise.resolve(() => this.events.publish('person.changed', change)),
    );
  }

  async get(id: UserId): Promise<User> {
    const user = await this.find(id);
    if (!user) throw notFound('user', id);
    return user;
  }

  async find(id: UserId): Promise<User | undefined> {
    const person = await this.people.find(id);
    const user = await this.accounts.find(person ? await this.homeOf(person) : { kind: 'system' }, id);
    return (person && user) ?? undefined;
  }

  /** Whether somebody could come in at all: they are active, and their tenant is not archived. */
  async mayEnter({ active, platformRole, tenantId }: User): Promise<boolean> {
    return active && (isStaffRole(platformRole) || (await this.tenants.get(tenantId)).archivedAt === null);
  }

  /** Who belongs to a tenant, staff included. */
  async idsIn(tenantId: TenantId): Promise<UserId[]> {
    return (await this.people.inTenant(tenantId)).map(({ userId }) => userId);
  }

  /**
   * Everybody of a tenant, or of all, in no order; a tenant whose database cannot be read is left out and named.
   * `beside` reads something else there, while it is open.
   */
  async list(
    tenant?: Tenant,
    beside: (home: Home) => Promise<void> = () => Promise.resolve(),
  ): Promise<{ users: User[]; unread: string[] }> {
    const users: User[] = [];
    const unread: string[] = [];
    const places = new Map((await this.people.all()).map((person) => [person.userId, person]));
    const staff = await this.accounts.all({ kind: 'system' });
    users.push(...staff.filter(({ tenantId }) => !tenant || tenant.id === tenantId));
    await beside({ kind: 'system' });
    for (const { id, slug } of tenant ? [tenant] : this.accounts.openFirst(await this.tenants.all())) {
      try {
        const here = await this.accounts.all({ kind: 'tenant', slug });
        await beside({ kind: 'tenant', slug });
        // One who is being moved stands in two files for a moment; the directory says where they are.
        users.push(...here.filter((user) => places.get(user.id)?.home === 'tenant' && places.get(user.id)?.tenantId === id)); // prettier-ignore
      } catch (error) {
        if (!isAppError(error, 'storage_unavailable')) throw error;
        unread.push(slug);
      }
    }
    return { users, unread };
  }

  async countActiveStaff(): Promise<number> {
    return (await this.accounts.all({ kind: 'system' })).filter(({ active }) => active).length;
  }

  async homeOf({ tenantId, home }: Pick<PersonRow, 'tenantId' | 'home'>): Promise<Home> {
    return home === 'system' ? { kind: 'system' } : { kind: 'tenant', slug: (await this.tenants.get(tenantId)).slug };
  }

  /** Where somebody's account is now. */
  async homeOfUser(id: UserId): Promise<Home> {
    const person = await this.people.find(id);
    if (!person) throw notFound('user', id);
    return this.homeOf(person);
  }

  /** Where an account of that role in that tenant belongs. */
  homeFor(platformRole: PlatformRole, { slug }: Tenant): Home {
    return isStaffRole(platformRole) ? { kind: 'system' } : { kind: 'tenant', slug };
  }

  /** All that changes one account, in one transaction where it lives. */
  write<Result>(home: Home, work: (rows: EntityManager, tell: Tell) => Promise<Result>): Promise<Result> {
    return this.outbox.write(home, work);
  }

  /** Inside `write`, in the home of its role. */
  async add(rows: EntityManager, tell: Tell, { id: tenantId }: Pick<Tenant, 'id'>, wanted: NewUser): Promise<User> {
    const now = this.clock.now();
    const {
      username,
      displayName,
      email = null,
      emailVerifiedAt = null,
      platformRole,
      roleTag = null,
      passwordHash,
    } = wanted;
    await this.database.lock(rows, OWNERS_LOCK);
    await this.assertFree(rows, tenantId, { username, email });
    const user: User = {
      id: newId('usr'),
      tenantId,
      username,
      displayName,
      email,
      emailVerifiedAt,
      platformRole,
      roleTag,
      passwordHash,
      active: true,
      appearance: null,
      rightsVersion: 1,
      createdAt: now,
      updatedAt: now,
      lastSignInAt: null,
    };
    await this.accounts.add(rows, user);
    await tell('people.put', toPlace(user));
    await tell('people.changed', toChange(undefined, user));
    return user;
  }

  /** Inside `write`, in their home. Takes effect on the very next request; the last active owner stays one. */
  async change(rows: EntityManager, tell: Tell, id: UserId, changes: AccountChanges): Promise<User> {
    await this.database.lock(rows, OWNERS_LOCK);
    const before = await this.accounts.getIn(rows, id);
    if (!before) throw notFound('user', id);
    const after: User = { ...before, ...changes, updatedAt: this.clock.now() };
    if (after.email !== before.email && changes.emailVerifiedAt === undefined) after.emailVerifiedAt = null;
    if (after.username !== before.username) await this.assertFree(rows, before.tenantId, { username: after.username });
    if (after.email !== null && after.email !== before.email)
      await this.assertFree(rows, before.tenantId, { email: after.email });
    if (hasOtherRights(before, after)) {
      after.rightsVersion = before.rightsVersion + 1;
      await tell('people.rights', { userId: id });
    }
    await this.accounts.update(rows, id, after);
    if (isOpenedOtherwise(before, after)) await this.accounts.forgetResets(rows, id);
    if (isStaffRole(before.platformRole)) await this.assertOwnerLeft(rows);
    if (after.username !== before.username) await tell('people.put', toPlace(after));
    if (before.active && !after.active) {
      await tell('sessions.endAll', { userId: id });
      await tell('tokens.cut', { userId: id });
    }
    await tell('people.changed', toChange(before, after));
    return after;
  }

  /** Inside `write`, in their home: something that decides what they may do has changed beside the account's own row. */
  async raiseRights(rows: EntityManager, tell: Tell, id: UserId): Promise<void> {
    const before = await this.accounts.getIn(rows, id);
    if (!before) throw notFound('user', id);
    await this.accounts.update(rows, id, { rightsVersion: before.rightsVersion + 1 });
    await tell('people.rights', { userId: id });
    await tell('people.changed', toChange(before, before));
  }

  /** Inside `write`, in their home: the account goes; whoever handles `people.remove` takes what hangs on it. */
  async remove(rows: EntityManager, tell: Tell, id: UserId): Promise<void> {
    await this.database.lock(rows, OWNERS_LOCK);
    const before = await this.accounts.getIn(rows, id);
    if (!before) throw notFound('user', id);
    await this.accounts.remove(rows, id);
    if (isStaffRole(before.platformRole)) await this.assertOwnerLeft(rows);
    await tell('sessions.endAll', { userId: id });
    await tell('tokens.cut', { userId: id });
    await tell('people.remove', { userId: id });
    await tell('people.changed', toChange(before, undefined));
  }

  async noteSignIn(id: UserId): Promise<void> {
    await this.write(await this.homeOfUser(id), (rows) =>
      this.accounts.update(rows, id, { lastSignInAt: this.clock.now() }),
    );
    this.events.publish('person.changed', { userId: id, tenantIds: [], roleTags: [] });
  }

  async setAppearance(id: UserId, appearance: Appearance): Promise<void> {
    await this.write(await this.homeOfUser(id), (rows, tell) => this.change(rows, tell, id, { appearance }));
  }

  /** Inside a write to the system's database: their account there goes, because it is elsewhere now. */
  async removeStaff(rows: EntityManager, id: UserId): Promise<void> {
    await this.database.lock(rows, OWNERS_LOCK);
    await this.accounts.remove(rows, id);
    await this.assertOwnerLeft(rows);
  }

  /** Whether somebody could come to that tenant under their name. */
  async assertNameFree(rows: EntityManager, tenantId: TenantId, { id, username, email }: User): Promise<void> {
    const named = (await this.people.byUsername(username)).filter((person) => person.userId !== id);
    if (named.some((person) => person.tenantId === tenantId))
      throw conflict('name_taken', `The username ${username} is taken.`, { params: { name: username } });
    const other = email === null ? null : await this.accounts.findByEmailIn(rows, email);
    if (other && other.id !== id)
      throw conflict('name_taken', `Somebody else has the address ${email}.`, { params: { email } });
  }

  /** Inside `write`: one address, one account of that database. */
  async assertAddressFree(rows: EntityManager, email: string): Promise<void> {
    if (await this.accounts.findByEmailIn(rows, email))
      throw conflict('name_taken', `Somebody else has the address ${email}.`, { params: { email } });
  }

  private async assertOwnerLeft(rows: EntityManager): Promise<void> {
    if ((await this.accounts.countActiveOwners(rows)) === 0)
      throw conflict('conflict', 'The panel needs at least one active owner. Make somebody else owner first.');
  }

  private async assertFree(
    rows: EntityManager,
    tenantId: TenantId,
    { username, email = null }: { username?: string; email?: string | null },
  ): Promise<void> {
    if (username !== undefined) {
      const named = (await this.people.byUsername(username)).some((person) => person.tenantId === tenantId);
      // One that was made a moment ago may not stand in the directory yet.
      if (named || (await this.accounts.isNamedIn(rows, username)))
        throw conflict('name_taken', `The username ${username} is taken.`, { params: { name: username } });
    }
    if (email !== null) await this.assertAddressFree(rows, email);
  }
}

const toPlace = ({ id, tenantId, username, platformRole }: User) => ({
  userId: id,
  tenantId,
  username,
  home: isStaffRole(platformRole) ? ('system' as const) : ('tenant' as const),
});

/**
 * A link that was sent for an older password or to an older address opens nothing any more, nor one that was made for a
 * member and would open the account of an owner.
 */
const isOpenedOtherwise = (before: User, after: User): boolean =>
  before.passwordHash !== after.passwordHash ||
  before.email !== after.email ||
  before.platformRole !== after.platformRole ||
  !after.active;

const hasOtherRights = (before: User, after: User): boolean =>
  before.platformRole !== after.platformRole ||
  before.roleTag !== after.roleTag ||
  before.active !== after.active ||
  before.tenantId !== after.tenantId;

export const toPerson = ({ id, username, displayName, platformRole }: User): Person => ({
  id,
  username,
  displayName,
  platformRole,
});
export const appearanceOf = ({ appearance }: User): Appearance => appearance ?? DEFAULT_APPEARANCE;
