import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ContainerId, TenantId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { KeptLogFolders } from '../../foundation/environments/kept-log-folders.driver.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { Clock } from '../../kernel/clock.js';
import { isAppError } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { Turns } from '../../kernel/turns.js';
import { CONFIG } from '../../kernel/tokens.js';
import { LogFollowService } from '../logs/log-follow.service.js';
import { KeptLog } from './kept-log.driver.js';
import { LogKeeper } from './log-keeper.js';
import { LogSegments } from './log-segments.js';
import { isKept, type KeptFolder, nextToShrink } from './segments.rules.js';

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;
const FIRST_LINES = 2000;
const NEW_MS = 600_000;
/** So many are begun at once: each asks its engine. */
const AT_ONCE = 4;
const AGAIN_MS = 30_000;
const COMPLAIN_EVERY_MS = 600_000;

/** Whose logs are kept, and for how long: what a container says is on our disk as well, from the moment it says it. */
@Injectable()
export class LogKeepingService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly keepers = new Map<ContainerId, LogKeeper>();
  /** Begun, or about to be. */
  private readonly wanted = new Set<ContainerId>();
  private readonly folders = new Map<ContainerId, KeptFolder<ContainerId>>();
  private readonly turns = new Turns<ContainerId>();
  private readonly gates = Array.from({ length: AT_ONCE }, () => new Mutex());
  private begun = 0;
  private readonly sweeping: Hourly<void>;
  private readonly log: Log;
  private readonly retries = new Set<NodeJS.Timeout>();
  private slugs: ReadonlyMap<TenantId, string> = new Map();
  private stop: () => void = () => undefined;
  private stopped = false;
  private complainedAtMs = -Infinity;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly follows: LogFollowService,
    private readonly places: KeptLogFolders,
    private readonly mirrors: MirrorsService,
    private readonly rows: ContainerRowsService,
    private readonly tenants: TenantsService,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('kept-logs');
    this.sweeping = new Hourly(
      () => this.sweep(),
      (error) => this.log.error({ err: error }, 'Old logs could not be removed; they are tried again in an hour'),
    );
  }

  onApplicationBootstrap(): void {
    this.sweeping.start();
    if (this.config.BAILIWICK_LOG_HISTORY.includes('off')) return;
    this.stop = this.events.on('container.changed', ({ type, container }) => {
      if (type === 'upsert') this.consider(container);
    });
    for (const container of this.mirrors.containers()) this.consider(container);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.stop();
    for (const timer of this.retries) clearTimeout(timer);
    await this.sweeping.stop();
    await Promise.all(this.gates.map((gate) => gate.run(() => Promise.resolve())));
    for (const { reader } of this.keepers.values()) reader?.close();
    await Promise.all([...this.keepers.values()].map(({ segments }) => segments.close()));
  }

  /** Answers once everything is done that is due. */
  sweepNow(): Promise<void> {
    return this.sweeping.now();
  }

  private consider({ id }: SeenContainer): void {
    if (this.wanted.has(id) || this.stopped || this.config.BAILIWICK_LOG_HISTORY.includes('off')) return;
    this.wanted.add(id);
    const gate = this.gates[(this.begun += 1) % AT_ONCE];
    this.turns
      .run(id, async () => gate?.run(() => this.begin(id)))
      .catch((error: unknown) => {
        if (!isAppError(error, 'engine_unavailable') && !isAppError(error, 'not_found')) this.complain(error);
        this.again(id);
      });
  }

  private again(id: ContainerId): void {
    this.wanted.delete(id);
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      const container = this.mirrors.container(id);
      if (container) this.consider(container);
    }, AGAIN_MS);
    this.retries.add(timer.unref());
  }

  private async begin(id: ContainerId): Promise<void> {
    const container = this.mirrors.container(id);
    if (!container || this.stopped || !(await this.isOurs(container.tenantId))) return void this.wanted.delete(id);
    const folder = this.places.folderOf(id);
    const segments = await LogSegments.open(folder, {
      mostBytes: this.config.BAILIWICK_LOG_HISTORY_MIB * MIB,
      nowMs: () => this.clock.now(),
      onGrowth: () => this.makeRoom(),
      onPackFailed: (error) => this.complain(error),
    });
    const after = await new KeptLog(folder).lastCursor();
    const keeper = new LogKeeper(segments, (reason, error) => void this.end(id, reason, error));
    const { reader, begin } = await this.follow(container, after, keeper);
    keeper.reader = reader;
    this.keepers.set(id, keeper);
    begin();
  }

  /** Of one that was there long before, the last lines are where its kept log begins. */
  private follow(container: SeenContainer, after: string | undefined, keeper: LogKeeper) {
    const isNew = container.createdAtMs > this.clock.now() - NEW_MS;
    if (after === undefined && isNew) return this.follows.followWhole(container, keeper);
    const from = { tail: FIRST_LINES, ...(after === undefined ? {} : { after }) };
    return this.follows.follow(container, from, keeper, () => false);
  }

  private async end(id: ContainerId, reason: 'removed' | 'failed' | 'full', error?: unknown): Promise<void> {
    if (error !== undefined) this.complain(error);
    await this.turns
      .run(id, () => this.letGo(id, { packs: reason === 'removed' }))
      .catch((fault: unknown) => this.complain(fault));
    if (reason !== 'removed') this.again(id);
  }

  private async letGo(id: ContainerId, { packs = false } = {}): Promise<void> {
    const keeper = this.keepers.get(id);
    this.keepers.delete(id);
    this.wanted.delete(id);
    keeper?.reader?.close();
    await (packs ? keeper?.segments.end() : keeper?.segments.close());
  }

  private async isOurs(tenantId: TenantId): Promise<boolean> {
    if (!this.slugs.has(tenantId)) this.slugs = new Map((await this.tenants.all()).map(({ id, slug }) => [id, slug]));
    return isKept(this.config.BAILIWICK_LOG_HISTORY, this.slugs.get(tenantId));
  }

  /** All of them together take no more than they may, whoever grows. */
  private makeRoom(): void {
    for (const [id, { segments }] of this.keepers)
      this.folders.set(id, { id, bytes: segments.bytes, writtenAtMs: this.clock.now(), isGone: false });
    for (;;) {
      const next = nextToShrink([...this.folders.values()], this.config.BAILIWICK_LOG_HISTORY_TOTAL_MIB * MIB);
      if (!next) return;
      const segments = next.isGone ? undefined : this.keepers.get(next.id)?.segments;
      if (segments?.dropOldest()) this.folders.set(next.id, { ...next, bytes: segments.bytes });
      else {
        this.folders.delete(next.id);
        if (!segments) void this.places.remove(next.id).catch((error: unknown) => this.complain(error));
      }
    }
  }

  private async sweep(): Promise<void> {
    const beforeMs = this.clock.now() - this.config.BAILIWICK_LOG_HISTORY_DAYS * DAY_MS;
    const there = await this.places.ids();
    for (const id of this.folders.keys()) if (!there.includes(id)) this.folders.delete(id);
    for (const id of there) await this.turns.run(id, () => this.sweepOne(id, beforeMs));
    this.makeRoom();
  }

  private async sweepOne(id: ContainerId, beforeMs: number): Promise<void> {
    const row = await this.rows.find(id);
    const isGone = row?.removedAt != null;
    if (!row || (isGone && (row.removedAt ?? 0) < beforeMs)) {
      await this.letGo(id);
      this.folders.delete(id);
      return this.places.remove(id);
    }
    const keeper = this.keepers.get(id);
    const segments =
      keeper?.segments ??
      (await LogSegments.open(this.places.folderOf(id), {
        mostBytes: this.config.BAILIWICK_LOG_HISTORY_MIB * MIB,
        nowMs: () => this.clock.now(),
        onPackFailed: (error) => this.complain(error),
      }));
    if (!isGone) await segments.age(beforeMs);
    if (isGone && !keeper) await segments.end();
    this.folders.set(id, { id, bytes: segments.bytes, writtenAtMs: row.removedAt ?? this.clock.now(), isGone });
  }

  /** A full disk must not fill the log as well. */
  private complain(error: unknown): void {
    const nowMs = this.clock.now();
    if (nowMs - this.complainedAtMs < COMPLAIN_EVERY_MS) return;
    this.complainedAtMs = nowMs;
    this.log.error({ err: error }, 'A log could not be kept; it is tried again');
  }
}
