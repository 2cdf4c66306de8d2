import { Injectable } from '@nestjs/common';
import type { PlatformRole, TenantId, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { AccountsStore, type Belongings } from './accounts.store.js';
import type { Home } from './home.js';
import { OutboxService, type Tell } from './outbox.service.js';
import { PasswordReset } from './password-reset.entity.js';
import { PeopleStore } from './people.store.js';
import { TenantsService } from './tenants.service.js';
import type { User } from './user.entity.js';
import { isStaffRole, toChange } from './users.rules.js';
import { UsersService } from './users.service.js';

declare module './outbox.service.js' {
  interface SystemEffects {
    /** Somebody belongs to another tenant now; what they own goes with them. */
    'people.moved': { userId: UserId; tenantId: TenantId };
  }
}

/** Where somebody goes: another tenant, another platform role, or both. */
export interface Destination {
  readonly tenantId: TenantId;
  readonly platformRole: PlatformRole;
}

/**
 * The steps of a move between two databases. The directory in the system's database says where somebody is: before
 * `settle` they are where they were, after it where they go, and never in two places or none.
 */
@Injectable()
export class AccountMovesService {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: AccountsStore,
    private readonly people: PeopleStore,
    private readonly tenants: TenantsService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Writes the account into the database of the destination, where nobody looks for it yet. Safe to repeat. */
  async copy(id: UserId, to: Destination): Promise<void> {
    const home = await this.homeAt(to);
    // In the system's own database there is no before and after: `settle` writes it with the directory.
    if (home.kind === 'system' || isSame(home, await this.users.homeOfUser(id))) return;
    const user = await this.users.get(id);
    const belongings = await this.carriedBy(user, to);
    await this.outbox.write(home, async (rows) => {
      await this.users.assertNameFree(rows, to.tenantId, user);
      await this.accounts.put(rows, this.arrived(user, to), belongings);
    });
  }

  /** Takes the copy away again, unless the person lives there. Safe to repeat. */
  async undoCopy(id: UserId, to: Destination): Promise<void> {
    const home = await this.homeAt(to);
    if (home.kind === 'system' || isSame(home, await this.users.homeOfUser(id))) return;
    await this.outbox.write(home, (rows) => this.accounts.remove(rows, id));
  }

  /**
   * From here on they are there, with all they own; `also` stands or falls with it. Safe to repeat. 409 where they are
   * not `from` any more: whoever asked for the move asked it of who they were.
   */
  async settle(
    id: UserId,
    { from, to }: { from: Destination; to: Destination },
    also: (tell: Tell) => Promise<void>,
  ): Promise<void> {
    if (await this.isAt(id, to)) return;
    if (!(await this.isAt(id, from))) throw isElsewhere();
    const home = await this.homeAt(to);
    if (isSame(home, await this.users.homeOfUser(id))) return this.changeRole(id, home, { from, to }, also);
    // Again, and as late as can be: a code that was used since the first copy stays used.
    await this.copy(id, to);
    const user = await this.users.get(id);
    const belongings = await this.carriedBy(user, to);
    const wasStaff = isStaffRole(user.platformRole);
    const isStaff = isStaffRole(to.platformRole);
    await this.outbox.write({ kind: 'system' }, async (rows, tell) => {
      if (wasStaff) await this.assertStill(rows, id, from);
      if (isStaff) await this.users.assertNameFree(rows, to.tenantId, user);
      if (isStaff) await this.accounts.put(rows, this.arrived(user, to), belongings);
      else if (wasStaff) await this.users.removeStaff(rows, id);
      await tell('people.put', { userId: id, tenantId: to.tenantId, username: user.username, home: home.kind });
      await tell('people.moved', { userId: id, tenantId: to.tenantId });
      await tell('people.rights', { userId: id });
      await tell('people.changed', toChange(user, this.arrived(user, to)));
      await also(tell);
    });
  }

  /** Removes what is left of them where they came from. Safe to repeat. */
  async clean(id: UserId, from: Home): Promise<void> {
    if (from.kind === 'system') return;
    if (isSame(from, await this.users.homeOfUser(id))) return;
    await this.outbox.write(from, (rows) => this.accounts.remove(rows, id));
  }

  /** Nothing has to be carried: the account stays in its database. */
  private async changeRole(
    id: UserId,
    home: Home,
    { from, to: { tenantId, platformRole } }: { from: Destination; to: Destination },
    also: (tell: Tell) => Promise<void>,
  ): Promise<void> {
    const before = await this.users.get(id);
    await this.outbox.write(home, async (rows, tell) => {
      await this.assertStill(rows, id, from);
      const after = await this.users.change(rows, tell, id, { platformRole, tenantId });
      await tell('people.put', { userId: id, tenantId, username: after.username, home: home.kind });
      await tell('people.moved', { userId: id, tenantId });
      // Again: only now does the directory say where they are.
      await tell('people.changed', toChange(before, after));
      await also(tell);
    });
  }

  /** A link for a new password was made for who they were; in another role it opens nothing. */
  private async carriedBy({ id, platformRole }: User, to: Destination): Promise<Belongings> {
    const belongings = await this.accounts.belongingsOf(await this.users.homeOfUser(id), id);
    if (platformRole === to.platformRole) return belongings;
    return belongings.map(([kind, things]) => [kind, kind === PasswordReset ? [] : things]);
  }

  /** Inside the transaction that changes it: somebody else may have made them something meanwhile. */
  private async assertStill(rows: EntityManager, id: UserId, { tenantId, platformRole }: Destination): Promise<void> {
    const user = await this.accounts.getIn(rows, id);
    if (user?.tenantId !== tenantId || user.platformRole !== platformRole) throw isElsewhere();
  }

  private async homeAt({ tenantId, platformRole }: Destination): Promise<Home> {
    return this.users.homeFor(platformRole, await this.tenants.get(tenantId));
  }

  /** Whether the directory has them there already: then an earlier try came this far. */
  private async isAt(id: UserId, { tenantId, platformRole }: Destination): Promise<boolean> {
    const person = await this.people.find(id);
    if (!person) throw notFound('user', id);
    const home = isStaffRole(platformRole) ? 'system' : 'tenant';
    if (person.tenantId !== tenantId || person.home !== home) return false;
    return (await this.users.get(id)).platformRole === platformRole;
  }

  private arrived(user: User, { tenantId, platformRole }: Destination): User {
    const changes = { tenantId, platformRole, rightsVersion: user.rightsVersion + 1, updatedAt: this.clock.now() };
    return { ...user, ...changes };
  }
}

const isElsewhere = () =>
  conflict('wrong_state', 'Their role or tenant has changed since this was asked for. Look at them and ask again.');
const isSame = (one: Home, other: Home): boolean =>
  one.kind === 'system' ? other.kind === 'system' : other.kind === 'tenant' && one.slug === other.slug;
