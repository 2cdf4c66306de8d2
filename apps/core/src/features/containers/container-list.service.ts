import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type {
  Container,
  ContainerId,
  ContainerList,
  EnvironmentId,
  ListContainers,
  OperationId,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { rightsKey, rightsVersion } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { ContainerChange, SeenContainer } from '../../foundation/environments/seen-container.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import type { Versioned } from '../../kernel/http/versioned.js';
import { newId } from '../../kernel/ids.js';
import { ContainerAddresses } from './container-addresses.service.js';
import { ContainerEndsService } from './container-ends.service.js';
import { select, toPage } from './container-list.rules.js';
import { ContainerStopsService } from './container-stops.service.js';
import { type BareContainer, rightsOnContainer, toBareContainer } from './containers.rules.js';
import { ListBodies } from './list-bodies.js';
import { OwnContainer } from './own-container.driver.js';

/** A container as it is shown, with what decides who may look. Replaced whole, never changed. */
export interface ShownContainer {
  readonly seen: SeenContainer;
  readonly bare: BareContainer;
}

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** What the list shows of one container changed; both sides, so that each reader can tell what it means to him. */
    'container.shown': { readonly before: ShownContainer | undefined; readonly after: ShownContainer | undefined };
  }
}

/** Bodies of one version; a new version makes them all worthless. */
const CACHE_BYTES = 16 * 1024 * 1024;

/** What everybody's list is made of: kept ready, so that reading is a look into memory. */
@Injectable()
export class ContainerListService implements OnModuleInit, OnModuleDestroy {
  private readonly shown = new Map<ContainerId, ShownContainer>();
  private items = new WeakMap<ShownContainer, Map<string, Container>>();
  private readonly bodies = new ListBodies(CACHE_BYTES);
  /** A core that starts again counts again: its versions must not look like those before. */
  private readonly epoch = newId('epoch');
  private changes = 0;
  private unsubscribe: ReadonlyArray<() => void> = [];

  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly mirrors: MirrorsService,
    private readonly environments: EnvironmentsService,
    private readonly tenants: TenantsService,
    private readonly operations: OperationsService,
    private readonly stops: ContainerStopsService,
    private readonly ends: ContainerEndsService,
    private readonly addresses: ContainerAddresses,
    private readonly own: OwnContainer,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = [
      this.events.on('container.changed', (change) => this.follow(change)),
      this.events.on('environment.changed', ({ environmentId }) => this.showAllOf(environmentId)),
      this.events.on('operation.changed', ({ operationId }) => this.showTouchedBy(operationId)),
      this.events.on('container.addressed', ({ containerId }) => this.showAgain(containerId)),
      // Items of rights that nobody has any more are never asked for again.
      this.events.on('access.changed', (change) => {
        this.items = new WeakMap();
        this.showRenamed(change);
      }),
    ];
    for (const seen of this.mirrors.containers()) this.show(seen);
  }

  onModuleDestroy(): void {
    for (const stop of this.unsubscribe) stop();
  }

  get version(): string {
    return `${this.epoch}.${this.changes}`;
  }

  /** The list as bytes; the body is made, or found, only when it is asked for. */
  page(actor: Actor, query: ListContainers): Versioned {
    // What `me` means differs among people who have the same rights.
    const asked = query.owner === 'me' ? { ...query, owner: actor.userId } : query;
    const etag = query.owner === 'me' ? this.etag(actor).replace(/"$/, `:${actor.userId}"`) : this.etag(actor);
    return { etag, body: () => this.body(actor, asked) };
  }

  etag(actor: Actor): string {
    return `"${this.version}:${rightsVersion(actor)}"`;
  }

  async list(actor: Actor, query: ListContainers): Promise<ContainerList> {
    const version = this.version;
    const selection = {
      q: query.q,
      status: query.status,
      environmentId: query.env === undefined ? undefined : (this.environments.find(query.env)?.id ?? null),
      tenantId: query.tenant === undefined ? undefined : await this.tenants.findId(query.tenant),
      projectId: query.project,
      ownerId: query.owner === 'me' ? actor.userId : query.owner,
    };
    const visible = [...this.shown.values()].filter((shown) => this.isVisible(actor, shown)).map(({ bare }) => bare);
    const { items, nextCursor } = toPage(select(visible, selection), query);
    return {
      items: items.flatMap(({ id }) => this.find(actor, id) ?? []),
      version,
      ...(nextCursor === undefined ? {} : { nextCursor }),
    };
  }

  /** Everything the actor may see, in no order. */
  all(actor: Actor): Container[] {
    return [...this.shown.values()].flatMap((shown) => this.itemFor(actor, shown) ?? []);
  }

  find(actor: Actor, id: ContainerId): Container | undefined {
    const shown = this.shown.get(id);
    return shown && this.itemFor(actor, shown);
  }

  /** Exactly what the list shows this actor; undefined where he may not look. */
  itemFor(actor: Actor, shown: ShownContainer): Container | undefined {
    if (!this.isVisible(actor, shown)) return undefined;
    const items = this.items.get(shown) ?? new Map<string, Container>();
    const key = rightsKey(actor);
    const item = items.get(key) ?? this.toItem(actor, shown);
    this.items.set(shown, items.set(key, item));
    return item;
  }

  private isVisible(actor: Actor, { seen }: ShownContainer): boolean {
    return this.access.allows(actor, 'containers.see', seen);
  }

  private toItem(actor: Actor, { seen, bare }: ShownContainer): Container {
    return { ...bare, rights: rightsOnContainer(actor, seen, { isOwn: this.own.is(seen) }) };
  }

  private async body(actor: Actor, query: ListContainers): Promise<Buffer> {
    const version = this.version;
    const key = `${rightsKey(actor)} ${JSON.stringify(query)}`;
    const known = this.bodies.find(key);
    if (known) return known;
    const body = Buffer.from(JSON.stringify(await this.list(actor, query)));
    if (version === this.version) this.bodies.keep(key, body);
    return body;
  }

  private follow({ type, container }: ContainerChange): void {
    if (type === 'upsert') this.show(container);
    else this.hide(container.id);
  }

  private showAllOf(environmentId: EnvironmentId): void {
    for (const { seen } of [...this.shown.values()]) if (seen.environmentId === environmentId) this.show(seen);
  }

  private showAgain(id: ContainerId): void {
    const shown = this.shown.get(id);
    if (shown) this.show(shown.seen);
  }

  private showTouchedBy(operationId: OperationId): void {
    const target = this.operations.containerOf(operationId);
    const touched = [...this.shown.values()].filter(
      ({ bare }) => bare.id === target || bare.operationId === operationId,
    );
    for (const { seen } of touched) this.show(seen);
  }

  private showRenamed({ before, after }: CoreEvents['access.changed']): void {
    const renamed = [...after.projects.values()].filter(({ id, name }) => before.projects.get(id)?.name !== name);
    const ids = new Set(renamed.map(({ id }) => id));
    if (ids.size === 0) return;
    for (const { seen } of [...this.shown.values()]) if (seen.projectId && ids.has(seen.projectId)) this.show(seen);
  }

  /** Announces only what somebody could see change. */
  private show(seen: SeenContainer): void {
    this.ends.note(seen);
    this.stops.note(seen);
    const before = this.shown.get(seen.id);
    const bare = toBareContainer(seen, {
      online: this.mirrors.status(seen.environmentId).state === 'online',
      stoppedOnPurpose: this.stops.isOnPurpose(seen),
      operationId: this.operations.activeOn(seen.id),
      address: this.addresses.of(seen.id),
      projectName: (seen.projectId && this.book.state.projects.get(seen.projectId)?.name) ?? null,
    });
    const after = { seen, bare };
    this.shown.set(seen.id, after);
    if (before && JSON.stringify(before.bare) === JSON.stringify(bare)) return;
    this.announce(before, after);
  }

  private hide(id: ContainerId): void {
    const before = this.shown.get(id);
    if (!before) return;
    this.shown.delete(id);
    this.stops.forget(id);
    this.ends.forget(id);
    this.announce(before, undefined);
  }

  private announce(before: ShownContainer | undefined, after: ShownContainer | undefined): void {
    this.changes += 1;
    this.bodies.clear();
    this.events.publish('container.shown', { before, after });
  }
}
