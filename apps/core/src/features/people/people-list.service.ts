import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ListUsers, TenantId, User as ShownUser, UserId, UserList } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { TwoFactorPolicyService } from '../../foundation/identity/two-factor-policy.service.js';
import { TwoFactorService } from '../../foundation/identity/two-factor.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { isAppError } from '../../kernel/errors.js';
import { selectUsers, type Surroundings, toShownUser } from './people.rules.js';

/** How people are shown to whoever looks: all of them, or one. */
@Injectable()
export class PeopleListService {
  constructor(
    private readonly access: AccessService,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly factors: TwoFactorService,
    private readonly policy: TwoFactorPolicyService,
  ) {}

  async list(actor: Actor, query: ListUsers): Promise<UserList> {
    const reach = this.access.requireReach(actor, 'people.see');
    const asked = query.tenant === undefined ? undefined : await this.tenants.find(query.tenant);
    const tenant = await this.within(reach, asked);
    const { shown, unread } = tenant === null ? { shown: [], unread: [] } : await this.readAll(actor, tenant);
    const items = selectUsers(shown, query);
    const from = query.cursor === undefined ? 0 : Math.max(0, items.findIndex(({ id }) => id === query.cursor) + 1);
    const page = items.slice(from, from + query.limit);
    const last = page.at(-1);
    return {
      items: page,
      version: versionOf(items),
      unread,
      ...(from + page.length < items.length && last ? { nextCursor: last.id } : {}),
    };
  }

  /** Everybody, in the order of names. */
  async all(actor: Actor): Promise<ShownUser[]> {
    const tenant = await this.within(this.access.requireReach(actor, 'people.see'), undefined);
    return tenant === null ? [] : selectUsers((await this.readAll(actor, tenant)).shown, {});
  }

  async show(actor: Actor, user: User): Promise<ShownUser> {
    return toShownUser(actor, user, await this.surroundingsOf(user));
  }

  /** One look at somebody for many readers: each is shown them as their list does; undefined where it would not. */
  lookAt(id: UserId): (actor: Actor) => Promise<ShownUser | undefined> {
    let look: Promise<{ user: User; surroundings: Surroundings } | undefined> | undefined;
    return async (actor) => {
      const reach = this.access.reach(actor, 'people.see');
      if (reach === null) return undefined;
      const found = await (look ??= this.look(id));
      if (reach !== 'all' && found?.user.tenantId !== reach) return undefined;
      return found && toShownUser(actor, found.user, found.surroundings);
    };
  }

  /** The tenant to look into: undefined for all, null for none the reader may look into. */
  private async within(reach: 'all' | TenantId, asked: Tenant | null | undefined): Promise<Tenant | null | undefined> {
    if (reach === 'all') return asked;
    return asked === undefined || asked?.id === reach ? this.tenants.find(reach) : null;
  }

  private async readAll(actor: Actor, tenant?: Tenant): Promise<{ shown: ShownUser[]; unread: string[] }> {
    const tenants = new Map((await this.tenants.all()).map((each) => [each.id, each]));
    const { users, unread, since } = await this.factors.list(tenant);
    const shown = users.flatMap((user) => {
      const home = tenants.get(user.tenantId);
      return home ? [toShownUser(actor, user, this.around(user, home, since.get(user.id) ?? null))] : [];
    });
    return { shown, unread };
  }

  private async look(id: UserId): Promise<{ user: User; surroundings: Surroundings } | undefined> {
    try {
      const user = await this.users.find(id);
      return user && { user, surroundings: await this.surroundingsOf(user) };
    } catch (error) {
      // As in the list: who cannot be read is missing from it. Gone meanwhile is gone as well.
      if (isAppError(error, 'storage_unavailable') || isAppError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  private async surroundingsOf(user: User): Promise<Surroundings> {
    return this.around(user, await this.tenants.get(user.tenantId), await this.factors.sinceOf(user.id));
  }

  private around({ platformRole }: User, tenant: Tenant, since: number | null): Surroundings {
    return { tenant, since, required: this.policy.requires(platformRole) };
  }
}

/** Changes whenever anything shown does. */
const versionOf = (items: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
