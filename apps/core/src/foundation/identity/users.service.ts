import { Injectable } from '@nestjs/common';
import { type Appearance, DEFAULT_APPEARANCE, type Person, type PlatformRole, type UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { SessionsService } from './sessions.service.js';
import { TenantsService } from './tenants.service.js';
import type { User } from './user.entity.js';
import { UsersStore } from './users.store.js';

const OWNERS_LOCK = 7_302;

interface NewUser {
  username: string;
  displayName: string;
  platformRole: PlatformRole;
  passwordHash: string;
}

/** The people who may sign in. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersStore,
    private readonly tenants: TenantsService,
    private readonly sessions: SessionsService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  async get(id: UserId): Promise<User> {
    const user = await this.users.find(id);
    if (!user) throw notFound('user', id);
    return user;
  }

  async findByUsername(username: string): Promise<User | undefined> {
    return (await this.users.findByUsername(username)) ?? undefined;
  }

  async create(rows: EntityManager, { username, displayName, platformRole, passwordHash }: NewUser): Promise<User> {
    const now = this.clock.now();
    const tenant = await this.tenants.ensureDefault(rows);
    const user: User = {
      id: newId('usr'),
      tenantId: tenant.id,
      username,
      displayName,
      platformRole,
      passwordHash,
      active: true,
      appearance: null,
      rightsVersion: 1,
      createdAt: now,
      updatedAt: now,
      lastSignInAt: null,
    };
    await this.users.add(rows, user);
    return user;
  }

  async noteSignIn(rows: EntityManager, id: UserId): Promise<void> {
    await this.users.update(rows, id, { lastSignInAt: this.clock.now() });
  }

  async setAppearance(id: UserId, appearance: Appearance): Promise<void> {
    await this.database.transaction((rows) => this.users.update(rows, id, { appearance, updatedAt: this.clock.now() }));
  }

  /** Takes effect on the very next request; a disabled person's sessions end. The last active owner stays one. */
  async changeRights(id: UserId, changes: { platformRole?: PlatformRole; active?: boolean }): Promise<void> {
    const ended = await this.database.transaction(async (rows) => {
      await this.database.lock(rows, OWNERS_LOCK);
      const { rightsVersion } = await this.get(id);
      await this.users.update(rows, id, { ...changes, rightsVersion: rightsVersion + 1, updatedAt: this.clock.now() });
      if ((await this.users.countActiveOwners(rows)) === 0)
        throw conflict('conflict', 'The panel needs at least one active owner. Make somebody else owner first.');
      return changes.active === false ? this.sessions.endAll(rows, id) : [];
    });
    for (const session of ended) this.sessions.announceEnd(session);
    this.events.publish('rights.changed', { userId: id });
  }
}

export const toPerson = ({ id, username, displayName, platformRole }: User): Person => ({
  id,
  username,
  displayName,
  platformRole,
});
export const appearanceOf = ({ appearance }: User): Appearance => appearance ?? DEFAULT_APPEARANCE;
