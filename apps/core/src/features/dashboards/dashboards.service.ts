import { Injectable } from '@nestjs/common';
import {
  type CreateDashboard,
  type Dashboard,
  type DashboardId,
  type DashboardList,
  MOST_DASHBOARDS,
  type UpdateDashboard,
  type UserId,
  Widget,
} from '@bailiwick/contract';
import * as z from 'zod';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, assertInPerson } from '../../foundation/access/actor.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { versionOf } from '../access/grants.rules.js';
import { PrincipalsService } from '../access/principals.service.js';
import type { DashboardRow } from './dashboard.entity.js';
import { DashboardsStore } from './dashboards.store.js';

const Widgets = z.array(Widget);

/** What people put together to look at: their own, and what others of their tenant let them read. */
@Injectable()
export class DashboardsService {
  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly store: DashboardsStore,
    private readonly principals: PrincipalsService,
  ) {}

  async list(actor: Actor): Promise<DashboardList> {
    this.access.require(actor, 'account.manage', null);
    const others = await this.store.sharedByOthers(actor.userId);
    const read = await Promise.all(others.map((row) => this.isReadBy(actor, row)));
    const rows = [...(await this.store.of(actor.userId)), ...others.filter((_, index) => read[index])];
    const items = (await this.show(rows)).sort(
      (one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1),
    );
    return { items, version: versionOf(items) };
  }

  async get(actor: Actor, id: DashboardId): Promise<Dashboard> {
    this.access.require(actor, 'account.manage', null);
    const row = await this.store.find(id);
    if (!row || !(row.ownerId === actor.userId || (row.shared && (await this.isReadBy(actor, row)))))
      throw notFound('dashboard', id);
    return this.showOne(row);
  }

  async create(actor: Actor, { name, widgets, shared }: CreateDashboard): Promise<Dashboard> {
    this.assertOwn(actor);
    const row = {
      id: newId('da'),
      ownerId: actor.userId,
      name,
      widgets: JSON.stringify(widgets),
      shared,
      version: 1,
      savedAt: this.clock.now(),
    };
    await this.database.transaction(async (rows) => {
      if ((await this.store.count(rows, actor.userId)) >= MOST_DASHBOARDS)
        throw conflict('dashboards_full', `Nobody keeps more than ${MOST_DASHBOARDS} dashboards.`, {
          params: { limit: MOST_DASHBOARDS },
        });
      await this.store.insert(rows, row);
    });
    return this.showOne(row);
  }

  async update(actor: Actor, id: DashboardId, { version, name, widgets, shared }: UpdateDashboard): Promise<Dashboard> {
    this.assertOwn(actor);
    const before = await this.findOwn(actor, id);
    const change = { name, widgets: JSON.stringify(widgets), shared, version: version + 1, savedAt: this.clock.now() };
    const row = { ...before, ...change };
    if (before.version !== version || !(await this.store.replace(row)))
      throw conflict('dashboard_changed', 'This dashboard was saved elsewhere meanwhile.', {
        params: { version: (await this.findOwn(actor, id)).version },
      });
    return this.showOne(row);
  }

  async delete(actor: Actor, id: DashboardId): Promise<void> {
    this.assertOwn(actor);
    await this.store.remove((await this.findOwn(actor, id)).id, actor.userId);
  }

  private assertOwn(actor: Actor): void {
    this.access.require(actor, 'account.manage', null);
    assertInPerson(actor);
  }

  private async findOwn({ userId }: Actor, id: DashboardId): Promise<DashboardRow> {
    const row = await this.store.find(id);
    if (row?.ownerId !== userId) throw notFound('dashboard', id);
    return row;
  }

  /** For as long as both are of one tenant. */
  private async isReadBy({ tenantId }: Actor, { ownerId }: DashboardRow): Promise<boolean> {
    const owner = await this.principals.find(ownerId);
    return owner !== undefined && owner.active && owner.tenantId === tenantId;
  }

  private async showOne(row: DashboardRow): Promise<Dashboard> {
    const [shown] = await this.show([row]);
    if (!shown) throw new Error('A dashboard that is there is shown.');
    return shown;
  }

  private async show(rows: readonly DashboardRow[]): Promise<Dashboard[]> {
    const nameOf = await this.principals.namesOf(rows.map(({ ownerId: id }) => ({ kind: 'user' as const, id })));
    const ownerOf = (id: UserId) => ({ id, displayName: nameOf({ kind: 'user', id }) ?? '' });
    return rows.map(({ id, ownerId, name, widgets, shared, version, savedAt }) => ({
      id,
      owner: ownerOf(ownerId),
      name,
      widgets: Widgets.parse(JSON.parse(widgets)),
      shared,
      version,
      savedAt: toIso(savedAt),
    }));
  }
}
