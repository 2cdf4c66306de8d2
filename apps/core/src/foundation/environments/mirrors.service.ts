import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ContainerId, EnvironmentId, StackKey } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { ContainerRow } from './container.entity.js';
import { Announcements } from './announcements.js';
import { ContainerRowsService } from './container-rows.service.js';
import type { Engine, EngineContainer } from './engine.js';
import { EngineConnections } from './engine-connections.js';
import { Mirror, type MirrorStatus } from './mirror.js';
import { isNameBeside } from './names-beside.rules.js';
import type { SeenContainer } from './seen-container.js';

const RETRY_MS = 1000;
const COMPOSE_PROJECT = 'com.docker.compose.project';

interface Reflection {
  readonly environmentId: EnvironmentId;
  readonly mirror: Mirror;
  readonly seen: Map<string, SeenContainer>;
  /** Those whose place another took, as long as the engine has them: they have not ended yet. */
  readonly replaced: Map<string, SeenContainer>;
  readonly announcements: Announcements;
  /** Engine ids whose picture and row have to be brought together. */
  readonly pending: Set<string>;
  /** Had a container when the core last ran; compared with the engine once. */
  readonly leftBehind: Set<string>;
  settling: Promise<void> | undefined;
  firstStatus: Promise<void>;
}

/** Everything the engines run, in memory, as it is right now: what every list and page reads. */
@Injectable()
export class MirrorsService implements OnApplicationBootstrap, OnModuleDestroy {
  /** Rises with every change that a list could show. */
  version = 1;
  private readonly reflections = new Map<EnvironmentId, Reflection>();
  private readonly byId = new Map<ContainerId, SeenContainer>();
  private everything: readonly SeenContainer[] | undefined;
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly coreLog: CoreLog,
    private readonly events: Events,
    private readonly rows: ContainerRowsService,
    private readonly connections: EngineConnections,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { row, engine } of this.connections.all()) {
      const leftBehind = new Set(await this.rows.load(row.id));
      this.reflect(row.id, engine, leftBehind).mirror.start();
    }
    this.rows.onChange((environmentId, engineIds) => this.lookAgain(environmentId, engineIds));
  }

  /** Before the database closes: what was seen last is still recorded. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const { mirror, settling } of this.reflections.values()) {
      await mirror.stop();
      await settling;
    }
  }

  container(id: ContainerId): SeenContainer | undefined {
    return this.byId.get(id);
  }

  /** What we know of a container that was there when the core last ran, while its engine was not asked since. */
  awaited(id: ContainerId): ContainerRow | undefined {
    for (const { environmentId, leftBehind, seen } of this.reflections.values())
      for (const engineId of leftBehind) {
        const row = seen.has(engineId) ? undefined : this.rows.behind(environmentId, engineId);
        if (row?.id === id) return row;
      }
    return undefined;
  }

  /** The same array until something changes. */
  containers(): readonly SeenContainer[] {
    return (this.everything ??= [...this.byId.values()]);
  }

  status(environmentId: EnvironmentId): MirrorStatus {
    return this.reflection(environmentId).mirror.status;
  }

  /** Resolves when every engine was listed once or is known to be unreachable. */
  async ready(): Promise<void> {
    for (const reflection of this.reflections.values()) {
      await reflection.firstStatus;
      await reflection.settling;
    }
  }

  /** After an action of ours: asks the engine now, so that the next read is the truth. */
  async refresh(environmentId: EnvironmentId, engineId: string): Promise<void> {
    const reflection = this.reflection(environmentId);
    await reflection.mirror.refresh(engineId);
    // Also where the engine said nothing new: whose container it is may have changed.
    this.touch(reflection, [engineId]);
    await reflection.settling;
  }

  private reflect(environmentId: EnvironmentId, engine: Engine, leftBehind: Set<string>): Reflection {
    let told: () => void = () => undefined;
    const reflection: Reflection = {
      environmentId,
      mirror: new Mirror({
        engine,
        clock: this.clock,
        log: this.coreLog.for('mirror'),
        resyncMs: this.config.BAILIWICK_RESYNC_MS,
        onTouched: (engineIds) => this.touch(reflection, engineIds),
        onEnded: ({ engineId, exitCode, atMs }) => {
          const container = reflection.seen.get(engineId) ?? reflection.replaced.get(engineId);
          if (container) this.events.publish('container.ended', { container, exitCode, atMs });
        },
        onAnnounced: (event, looked) => reflection.announcements.hear(event, looked),
        onStatus: () => {
          this.announce(reflection);
          told();
        },
      }),
      seen: new Map(),
      replaced: new Map(),
      announcements: new Announcements({
        find: (engineId) => reflection.seen.get(engineId) ?? reflection.replaced.get(engineId),
        settled: async () => reflection.settling,
        isAnothers: ({ id, engineId }) => (this.byId.get(id)?.engineId ?? engineId) !== engineId,
        tell: (told) => this.events.publish('engine.announced', told),
      }),
      pending: new Set(),
      leftBehind,
      settling: undefined,
      firstStatus: new Promise((resolve) => (told = resolve)),
    };
    this.reflections.set(environmentId, reflection);
    return reflection;
  }

  private reflection(environmentId: EnvironmentId): Reflection {
    const reflection = this.reflections.get(environmentId);
    if (!reflection) throw notFound('environment', environmentId);
    return reflection;
  }

  private announce(reflection: Reflection): void {
    if (reflection.mirror.status.state === 'online') this.touch(reflection, [...reflection.leftBehind]);
    this.version += 1;
    this.events.publish('environment.changed', { environmentId: reflection.environmentId });
  }

  /** Who a container is changed: the engine says how it is, then both are brought together. */
  private lookAgain(environmentId: EnvironmentId, engineIds: readonly string[]): void {
    const reflection = this.reflection(environmentId);
    const looks = engineIds.map((engineId) =>
      reflection.mirror
        .refresh(engineId)
        .catch((error: unknown) => this.coreLog.for('mirror').debug({ err: error, engineId }, 'Will look again later')),
    );
    // All at once: where one takes the place of another, nobody sees the gap.
    void Promise.all(looks).then(() => this.touch(reflection, engineIds));
  }

  private touch(reflection: Reflection, engineIds: readonly string[]): void {
    for (const engineId of engineIds) reflection.pending.add(engineId);
    if (reflection.pending.size === 0 || reflection.settling) return;
    reflection.settling = this.settle(reflection).finally(() => {
      reflection.settling = undefined;
      if (!this.stopped) this.touch(reflection, []);
    });
  }

  private async settle(reflection: Reflection): Promise<void> {
    while (reflection.pending.size > 0 && !this.stopped) {
      const engineIds = [...reflection.pending];
      reflection.pending.clear();
      try {
        await this.bringTogether(reflection, engineIds);
      } catch (error) {
        this.coreLog.for('mirror').error({ err: error }, 'Containers could not be recorded; trying again');
        for (const engineId of engineIds) reflection.pending.add(engineId);
        await pause(RETRY_MS);
      }
    }
  }

  private async bringTogether(reflection: Reflection, engineIds: readonly string[]): Promise<void> {
    const { environmentId, mirror } = reflection;
    const strangers = engineIds.flatMap((engineId) => {
      const item = mirror.find(engineId);
      return item && !this.rows.behind(environmentId, engineId) ? [item] : [];
    });
    await this.rows.meet(environmentId, strangers);
    const gone = engineIds.filter((engineId) => this.isGone(reflection, engineId));
    for (const engineId of engineIds) await this.show(reflection, engineId);
    await this.rows.part(environmentId, gone);
    for (const engineId of gone) reflection.leftBehind.delete(engineId);
  }

  /** A row without a container is not enough: a deploy may have attached it before the mirror looked. */
  private isGone({ mirror, seen, leftBehind }: Reflection, engineId: string): boolean {
    if (mirror.status.syncedAtMs === null || mirror.find(engineId)) return false;
    return seen.has(engineId) || leftBehind.has(engineId);
  }

  private async show(reflection: Reflection, engineId: string): Promise<void> {
    const item = reflection.mirror.find(engineId);
    const row = this.rows.behind(reflection.environmentId, engineId);
    const before = reflection.seen.get(engineId);
    if (!item) reflection.replaced.delete(engineId);
    if (before && (!item || before.id !== row?.id)) this.remove(reflection, before);
    if (!item || !row) return;
    const keepsItsName = this.rows.isBeingRemade(row.id) || isNameBeside(row.name, item.name);
    if (row.name !== item.name && !keepsItsName) await this.rows.rename(row, item.name);
    const now = toSeen(keepsItsName ? { ...item, name: row.name } : item, row);
    if (before?.id === now.id && isDeepStrictEqual(before, now)) return;
    reflection.seen.set(engineId, now);
    this.byId.set(now.id, now);
    this.changed();
    this.events.publish('container.changed', { type: 'upsert', container: now, version: this.version });
  }

  private remove(reflection: Reflection, container: SeenContainer): void {
    reflection.seen.delete(container.engineId);
    const isReplaced = this.byId.get(container.id) !== container;
    if (!isReplaced) this.byId.delete(container.id);
    reflection.announcements.part(container);
    this.changed();
    if (isReplaced && reflection.mirror.find(container.engineId))
      reflection.replaced.set(container.engineId, container);
    if (isReplaced) return;
    this.events.publish('container.changed', { type: 'remove', container, version: this.version });
  }

  private changed(): void {
    this.version += 1;
    this.everything = undefined;
  }
}

const toSeen = (item: EngineContainer, row: ContainerRow): SeenContainer => ({
  ...item,
  id: row.id,
  environmentId: row.environmentId,
  tenantId: row.tenantId,
  ownerId: row.ownerId,
  ownerName: row.ownerName,
  managed: row.managed,
  preset: row.preset,
  projectId: row.projectId,
  stack: stackKey(item, row),
});

function stackKey({ labels }: EngineContainer, { environmentId }: ContainerRow): StackKey | null {
  const name = labels[COMPOSE_PROJECT];
  // Ours carry the label empty.
  return name === undefined || name === '' ? null : `${environmentId}/${name}`;
}
