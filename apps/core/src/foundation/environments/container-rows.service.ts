import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ContainerId, type EnvironmentId, type ProjectId, TenantId, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { AccessBook } from '../access/access-book.js';
import { OutboxService } from '../identity/outbox.service.js';
import { ContainerLabels } from './container-labels.js';
import { ContainerRow } from './container.entity.js';
import { ContainerRowsStore } from './container-rows.store.js';
import type { EngineContainer } from './engine.js';
import { VolumeRowsService } from './volume-rows.service.js';
import { isNameBeside } from './names-beside.rules.js';
import { signedNameOf } from './signed-name.rules.js';

export interface Reservation {
  readonly id: ContainerId;
  readonly tenantId: TenantId;
  readonly environmentId: EnvironmentId;
  readonly name: string;
  readonly managed: boolean;
  readonly ownerId: UserId | null;
  readonly ownerName: string | null;
  readonly preset: string | null;
  readonly configuration: unknown;
  readonly projectId?: ProjectId | null;
}

/** The mirror that meets a container and the deploy that made it may write its row at the same moment. */
const MEETING_LOCK = 7_501;

declare module '../identity/outbox.service.js' {
  interface SystemEffects {
    /** What somebody owns belongs to somebody else, in that person's tenant. */
    'containers.give': { from: UserId; to: UserId; toName: string; tenantId: TenantId };
    /** An owner is called something else. */
    'containers.nameOwner': { userId: UserId; displayName: string };
  }
}

const Moved = z.object({ userId: UserId, tenantId: TenantId });
const Given = z.object({ from: UserId, to: UserId, toName: z.string(), tenantId: TenantId });
const Named = z.object({ userId: UserId, displayName: z.string() });

type Listener = (environmentId: EnvironmentId, engineIds: readonly string[]) => void;

/** What we remember of containers. The row is the truth about who a container is; the engine about how it is. */
@Injectable()
export class ContainerRowsService implements OnModuleInit {
  private readonly live = new Map<EnvironmentId, Map<string, ContainerRow>>();
  private readonly listeners = new Set<Listener>();
  /** Those that are made anew right now, with the engine ids that stand for nobody meanwhile. */
  private readonly remade = new Map<ContainerId, Set<string>>();

  constructor(
    private readonly database: Database,
    private readonly store: ContainerRowsStore,
    private readonly labels: ContainerLabels,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly book: AccessBook,
    private readonly volumes: VolumeRowsService,
  ) {}

  onModuleInit(): void {
    this.outbox.handle('people.moved', Moved, async (rows, { userId, tenantId }) => {
      // What was handed on to them was for where they were.
      const forget = await this.book.forget(rows, userId, tenantId);
      const look = await this.changeOwned(rows, userId, { tenantId });
      return () => {
        forget();
        look();
      };
    });
    this.outbox.handle('containers.give', Given, (rows, { from, to, toName, tenantId }) =>
      this.changeOwned(rows, from, { ownerId: to, ownerName: toName, tenantId }),
    );
    this.outbox.handle('containers.nameOwner', Named, (rows, { userId, displayName }) =>
      this.changeOwned(rows, userId, { ownerName: displayName }),
    );
  }

  /** What belongs to somebody and is still there. */
  ownedBy(userId: UserId): Promise<ContainerRow[]> {
    return this.store.ownedBy(userId);
  }

  /** How many there are of a tenant, managed by us. */
  /** Those that are there as far as we know, whether an engine shows them or not. */
  inTenant(tenantId: TenantId): Promise<ContainerRow[]> {
    return this.store.inTenant(tenantId);
  }

  countIn(tenantId: TenantId): Promise<number> {
    return this.store.countIn(tenantId);
  }

  /** The row stands before the engine has the container; pass the caller's transaction to make it one with its own. */
  async reserve(reservation: Reservation, rows?: EntityManager): Promise<void> {
    const row = { projectId: null, ...reservation, engineId: null, createdAt: this.clock.now(), removedAt: null };
    await (rows ? this.store.save(rows, [row]) : this.database.transaction((inside) => this.store.save(inside, [row])));
  }

  find(id: ContainerId): Promise<ContainerRow | null> {
    return this.store.find(id);
  }

  async isRemoved(rows: EntityManager, id: ContainerId): Promise<boolean> {
    const [row] = await this.store.byIds(rows, [id]);
    return row?.removedAt !== null;
  }

  /** Whether a container of that name is there or on its way. */
  isNameHeld(rows: EntityManager | undefined, environmentId: EnvironmentId, name: string): Promise<boolean> {
    return this.store.hasName(rows, environmentId, name);
  }

  /** From now on this engine id is that container, also when the mirror met it first or the panel recreated it. */
  async attach(id: ContainerId, engineId: string): Promise<void> {
    const { row, stranger } = await this.database.transaction(async (rows) => {
      await this.database.lock(rows, MEETING_LOCK);
      const [row] = await this.store.byIds(rows, [id]);
      if (!row) throw notFound('container', id);
      const [known] = await this.store.byEngineIds(rows, row.environmentId, [engineId]);
      const stranger = known && known.id !== id ? known : undefined;
      if (stranger) await this.store.update(rows, [stranger.id], { engineId: null, removedAt: this.clock.now() });
      await this.store.update(rows, [id], { engineId, removedAt: null });
      return { row, stranger };
    });
    const live = this.liveIn(row.environmentId);
    const before = row.engineId;
    if (before && before !== engineId) live.delete(before);
    live.set(engineId, { ...row, engineId, removedAt: null });
    if (before !== engineId || stranger) this.tell(row.environmentId, before ? [engineId, before] : [engineId]);
  }

  /** While a container is made anew it keeps its name, and this engine id is no container of its own. */
  holdWhileRemade(id: ContainerId, engineId?: string): void {
    const held = this.remade.get(id) ?? new Set<string>();
    if (engineId !== undefined) held.add(engineId);
    this.remade.set(id, held);
  }

  letGo(id: ContainerId): void {
    this.remade.delete(id);
  }

  remadeNow(): ContainerId[] {
    return [...this.remade.keys()];
  }

  isBeingRemade(id: ContainerId): boolean {
    return this.remade.has(id);
  }

  /** Which container of the engine stands for it, as the transaction sees it. */
  async engineIdOf(rows: EntityManager, id: ContainerId): Promise<string | null> {
    const [row] = await this.store.byIds(rows, [id]);
    return row?.engineId ?? null;
  }

  /** Those of ours that are gone, the last one first. */
  removedSince(since: number): Promise<ContainerRow[]> {
    return this.store.removedSince(since);
  }

  /** On its way back: it counts, and its name is held. In the caller's transaction. */
  async revive(rows: EntityManager, id: ContainerId, name: string): Promise<void> {
    const [row] = await this.store.byIds(rows, [id]);
    // Of two who bring it back at once, the second finds it there.
    if (!row || row.removedAt === null) throw notFound('container', id);
    await this.store.update(rows, [id], { name, engineId: null, removedAt: null });
  }

  /** It did not come back: gone since when it was. In the caller's transaction. */
  async layBack(rows: EntityManager, id: ContainerId, before: Pick<ContainerRow, 'name' | 'removedAt'>): Promise<void> {
    const [row] = await this.store.byIds(rows, [id]);
    await this.store.update(rows, [id], { name: before.name, engineId: null, removedAt: before.removedAt });
    if (row?.engineId) this.liveIn(row.environmentId).delete(row.engineId);
  }

  /** What quotas count of it, and what is known of its deployment: what is named is different. In the caller's transaction. */
  async reconfigure(
    rows: EntityManager,
    id: ContainerId,
    changed: { memoryBytes: number; cpus: number },
  ): Promise<void> {
    const [row] = await this.store.byIds(rows, [id]);
    if (!row) throw notFound('container', id);
    const before: object = typeof row.configuration === 'object' && row.configuration !== null ? row.configuration : {};
    await this.store.reconfigure(rows, id, { ...before, ...changed });
  }

  /** The mirror lets go of it when the engine did. Pass the caller's transaction to make it one with its own. */
  async markRemoved(id: ContainerId, rows?: EntityManager): Promise<void> {
    if (!rows) return this.database.transaction((inside) => this.markRemoved(id, inside));
    const [row] = await this.store.byIds(rows, [id]);
    if (!row || row.removedAt !== null) return;
    await this.store.update(rows, [id], { removedAt: this.clock.now() });
    if (row.engineId) this.liveIn(row.environmentId).delete(row.engineId);
  }

  /** The mirror's: the row behind an engine id, without a query. */
  behind(environmentId: EnvironmentId, engineId: string): ContainerRow | undefined {
    return this.live.get(environmentId)?.get(engineId);
  }

  /** The mirror's, once before anything else of that environment; answers the engine ids that had a container. */
  async load(environmentId: EnvironmentId): Promise<readonly string[]> {
    const live = this.liveIn(environmentId);
    for (const row of await this.store.attached(environmentId)) if (row.engineId) live.set(row.engineId, row);
    return [...live.keys()];
  }

  /** The mirror's: gives every container its row in one transaction; one we signed finds the row reserved for it. */
  async meet(environmentId: EnvironmentId, containers: readonly EngineContainer[]): Promise<void> {
    if (containers.length === 0) return;
    const met = await this.database.transaction(async (rows) => {
      await this.database.lock(rows, MEETING_LOCK);
      const known = await this.store.byEngineIds(rows, environmentId, containers.map(({ engineId }) => engineId)); // prettier-ignore
      const claimed = await this.store.byIds(rows, containers.flatMap(({ labels }) => this.labels.claimedId(labels) ?? [])); // prettier-ignore
      const tenantId = await this.store.defaultTenant(rows, this.clock.now());
      const knownIds = new Map(known.map((row) => [row.engineId, row]));
      const reserved = new Map(claimed.filter(awaitsItsContainer).map((row) => [row.id, row]));
      const found = containers
        .filter((container) => knownIds.has(container.engineId) || !this.isBeside(claimed, container))
        .map((container) => {
          const row = knownIds.get(container.engineId) ?? this.takeReserved(reserved, container);
          return row ? { ...row, engineId: container.engineId, removedAt: null } : this.stranger(environmentId, tenantId, container); // prettier-ignore
        });
      await this.store.save(rows, found);
      return found;
    });
    const live = this.liveIn(environmentId);
    for (const row of met) if (row.engineId) live.set(row.engineId, row);
  }

  /** The mirror's: the engine no longer has these. */
  async part(environmentId: EnvironmentId, engineIds: readonly string[]): Promise<void> {
    const live = this.liveIn(environmentId);
    const gone = engineIds.filter((engineId) => live.has(engineId));
    if (gone.length === 0) return;
    await this.database.transaction(async (rows) => {
      const went = await this.store.byEngineIds(rows, environmentId, gone);
      await this.store.markGone(rows, environmentId, gone, this.clock.now());
      await this.volumes.letGo(rows, went.map(({ id }) => id)); // prettier-ignore
    });
    for (const engineId of gone) live.delete(engineId);
  }

  /** What was made outside is somebody's from then on. `beside` is written in the same transaction; 409 where it is ours already. */
  async adopt(
    id: ContainerId,
    change: Pick<ContainerRow, 'tenantId' | 'ownerId' | 'ownerName'> & { readonly configuration: object },
    beside: (rows: EntityManager) => Promise<void>,
  ): Promise<void> {
    const { configuration, ...owned } = change;
    const adopted = await this.database.transaction(async (rows) => {
      await this.database.lock(rows, MEETING_LOCK);
      const [row] = await this.store.byIds(rows, [id]);
      if (!row || row.removedAt !== null) throw notFound('container', id);
      if (row.managed)
        throw conflict('wrong_state', `${row.name} is this panel's already.`, { params: { reason: 'adopted' } });
      await beside(rows);
      await this.store.update(rows, [id], { ...owned, managed: true, projectId: null });
      await this.store.reconfigure(rows, id, configuration);
      return { ...row, ...change, managed: true, projectId: null };
    });
    if (adopted.engineId === null) return;
    this.liveIn(adopted.environmentId).set(adopted.engineId, adopted);
    this.tell(adopted.environmentId, [adopted.engineId]);
  }

  /** Whoever may reach them by their project, from now on or no longer. `beside` is written in the same transaction. */
  async setProject(
    ids: readonly ContainerId[],
    projectId: ProjectId | null,
    beside: (rows: EntityManager) => Promise<void>,
  ): Promise<void> {
    const changed = await this.database.transaction(async (rows) => {
      await this.store.update(rows, ids, { projectId });
      await beside(rows);
      return this.store.byIds(rows, ids);
    });
    for (const row of changed) {
      if (row.engineId === null) continue;
      this.liveIn(row.environmentId).set(row.engineId, row);
      this.tell(row.environmentId, [row.engineId]);
    }
  }

  /** The mirror's: the engine calls it something else now. */
  async rename(row: ContainerRow, name: string): Promise<void> {
    await this.database.transaction((rows) => this.store.update(rows, [row.id], { name }));
    if (row.engineId) this.liveIn(row.environmentId).set(row.engineId, { ...row, name });
  }

  /** Who stands behind these engine ids changed. */
  onChange(listener: Listener): void {
    this.listeners.add(listener);
  }

  /** In the caller's transaction; the mirror looks at them again once that is committed. */
  private async changeOwned(
    rows: EntityManager,
    ownerId: UserId,
    change: Partial<Pick<ContainerRow, 'ownerId' | 'ownerName' | 'tenantId'>>,
  ): Promise<() => void> {
    const owned = await this.store.ownedBy(ownerId, rows);
    await this.store.changeOwned(rows, ownerId, change);
    await this.volumes.changeOwned(rows, ownerId, change);
    const moved = owned.filter(({ tenantId }) => change.tenantId !== undefined && tenantId !== change.tenantId);
    // A project holds things of its own tenant only.
    if (moved.length > 0) await this.store.update(rows, moved.map(({ id }) => id), { projectId: null }); // prettier-ignore
    return () => {
      for (const row of owned) {
        if (row.engineId === null) continue;
        const live = this.liveIn(row.environmentId);
        if (live.has(row.engineId))
          live.set(row.engineId, { ...row, ...change, ...(moved.includes(row) ? { projectId: null } : {}) });
        this.tell(row.environmentId, [row.engineId]);
      }
    };
  }

  private takeReserved(reserved: Map<ContainerId, ContainerRow>, container: EngineContainer): ContainerRow | undefined {
    const id = this.labels.claimedId(container.labels);
    const row = id && reserved.get(id);
    if (!row) return undefined;
    const signed = { containerId: row.id, name: signedNameOf(row), preset: row.preset };
    if (!this.labels.proves(container.labels, signed)) return undefined;
    reserved.delete(row.id); // a second container with copied labels is a stranger
    return row;
  }

  /** Made beside a container that has another one of its own still, or no longer: nobody on its own account. */
  private isBeside(claimed: readonly ContainerRow[], { engineId, labels, name }: EngineContainer): boolean {
    for (const held of this.remade.values()) if (held.has(engineId)) return true;
    const row = claimed.find(({ id }) => id === this.labels.claimedId(labels));
    if (!row || row.engineId === null || row.removedAt !== null || row.engineId === engineId) return false;
    // Labels are copied easily: only what is called as we call it is taken for ours.
    if (!isNameBeside(row.name, name)) return false;
    return this.labels.proves(labels, { containerId: row.id, name: signedNameOf(row), preset: row.preset });
  }

  private stranger(environmentId: EnvironmentId, tenantId: TenantId, container: EngineContainer): ContainerRow {
    return {
      id: newId('ct'),
      tenantId,
      environmentId,
      engineId: container.engineId,
      name: container.name,
      managed: false,
      ownerId: null,
      ownerName: null,
      preset: null,
      projectId: null,
      configuration: null,
      createdAt: this.clock.now(),
      removedAt: null,
    };
  }

  private liveIn(environmentId: EnvironmentId): Map<string, ContainerRow> {
    let live = this.live.get(environmentId);
    if (!live) this.live.set(environmentId, (live = new Map<string, ContainerRow>()));
    return live;
  }

  private tell(environmentId: EnvironmentId, engineIds: readonly string[]): void {
    for (const listener of this.listeners) listener(environmentId, engineIds);
  }
}

/** Also one that was given up as failed meanwhile is not taken: its operation compensates by name and labels. */
const awaitsItsContainer = (row: ContainerRow): boolean => row.engineId === null && row.removedAt === null;
