import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { TenantId } from '@bailiwick/contract';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import type { JsonObject } from '../../kernel/grpc/struct.rules.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { type HostCaller, isOfKind, reaches } from './host-methods.rules.js';

/** Something that happened, as plugins are told. */
export interface PluginEvent {
  readonly kind: string;
  readonly atMs: number;
  readonly tenantId: TenantId | null;
  /** A slug; empty where it belongs to none. */
  readonly tenant: string;
  readonly data: JsonObject;
}

/** What waits for one listener; beyond it the oldest are left out and counted. */
const MOST_WAITING = 20_000;

/** One plugin's ear: it takes what waits when it has room for more. */
export class PluginEar {
  private waiting: PluginEvent[] = [];
  private leftOut = 0;

  constructor(
    private readonly caller: HostCaller,
    private readonly kinds: readonly string[],
    private readonly wake: () => void,
  ) {}

  hear(event: PluginEvent): void {
    if (!this.kinds.some((pattern) => isOfKind(event.kind, pattern)) || !reaches(this.caller, event.tenantId)) return;
    if (this.waiting.length >= MOST_WAITING) {
      // Half at once: one by one would cost as much as hearing them.
      this.waiting = this.waiting.slice(MOST_WAITING / 2);
      this.leftOut += MOST_WAITING / 2;
    }
    this.waiting.push(event);
    if (this.waiting.length === 1) this.wake();
  }

  take(most: number): { events: PluginEvent[]; leftOut: number } {
    const events = this.waiting.splice(0, most);
    const { leftOut } = this;
    this.leftOut = 0;
    return { events, leftOut };
  }

  get hasMore(): boolean {
    return this.waiting.length > 0;
  }
}

/** Tells plugins what happens, each within its reach. */
@Injectable()
export class PluginEvents implements OnModuleInit, OnModuleDestroy {
  private readonly ears = new Set<PluginEar>();
  private readonly slugs = new Map<TenantId, string>();
  private readonly log: Log;
  private stops: ReadonlyArray<() => void> = [];

  constructor(
    private readonly events: Events,
    private readonly tenants: TenantsService,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('plugins');
  }

  onModuleInit(): void {
    this.stops = [
      this.events.on('engine.event', ({ type, atMs, exitCode, container: { id, name, tenantId, image } }) =>
        this.tell(type, tenantId, { id, name, image, ...(exitCode === null ? {} : { exitCode }) }, atMs),
      ),
      this.events.on('operation.ended', ({ row: { id, name, state, tenantId, finishedAt } }) =>
        this.tell(`operation.${state}`, tenantId, { id, name }, finishedAt ?? this.clock.now()),
      ),
      this.events.on('person.changed', ({ userId, tenantIds }) => {
        for (const tenantId of tenantIds) this.tell('person.changed', tenantId, { id: userId }, this.clock.now());
      }),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.stops) stop();
  }

  /** Until the returned function is called. */
  listen(ear: PluginEar): () => void {
    this.ears.add(ear);
    return () => this.ears.delete(ear);
  }

  /** What a plugin has to tell others. */
  emit(caller: HostCaller, event: string, tenantId: TenantId | null, data: JsonObject): void {
    this.tell(`plugin.${caller.name}.${event}`, tenantId, data, this.clock.now());
  }

  private tell(kind: string, tenantId: TenantId | null, data: JsonObject, atMs: number): void {
    if (this.ears.size === 0) return;
    const known = tenantId === null ? '' : this.slugs.get(tenantId);
    if (known !== undefined) return this.spread({ kind, atMs, tenantId, tenant: known, data });
    if (tenantId === null) return;
    // The first of a tenant; a slug never changes.
    this.tenants.get(tenantId).then(
      ({ slug }) => {
        this.slugs.set(tenantId, slug);
        this.spread({ kind, atMs, tenantId, tenant: slug, data });
      },
      (error: unknown) => this.log.error({ err: error }, 'The tenant of an event could not be read'),
    );
  }

  private spread(event: PluginEvent): void {
    for (const ear of this.ears) ear.hear(event);
  }
}
