import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ContainerEnd as ShownEnd, ContainerId } from '@bailiwick/contract';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import type { ContainerEnd } from './container-end.entity.js';
import { beginningOf, isKnownAnnouncement, isKnownRun, type KnownEnd } from './container-ends.rules.js';
import { ContainerEndsStore } from './container-ends.store.js';
import { type AskedStop, ContainerStopsService } from './container-stops.service.js';

type What = Pick<ContainerEnd, 'finishedAt' | 'startedAt' | 'exitCode' | 'oomKilled'>;

/** How the runs of each container ended: as the engine announces it, and as it was found where nobody listened. */
@Injectable()
export class ContainerEndsService implements OnModuleInit, OnModuleDestroy {
  private readonly last = new Map<ContainerId, KnownEnd>();
  /** A wish ends one run, not the next as well. */
  private readonly fulfilled = new WeakSet<AskedStop>();
  private writing: Promise<void> = Promise.resolve();
  private stop: () => void = () => undefined;

  constructor(
    private readonly events: Events,
    private readonly log: CoreLog,
    private readonly operations: OperationsService,
    private readonly stops: ContainerStopsService,
    private readonly store: ContainerEndsStore,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.store.forgetGone();
    for (const { containerId, finishedAt } of await this.store.last())
      this.last.set(containerId, { finishedAtMs: finishedAt, announcedAtMs: null, isSeen: true });
    this.stop = this.events.on('container.ended', (end) => this.hear(end));
  }

  async onModuleDestroy(): Promise<void> {
    this.stop();
    await this.writing;
  }

  /** The newest first. */
  async of(id: ContainerId): Promise<ShownEnd[]> {
    await this.writing;
    return (await this.store.of(id)).map(toShown);
  }

  /** Call it with every change of a container, before who asked for it is forgotten. */
  note({ id, state, startedAtMs, finishedAtMs, exitCode, oomKilled }: SeenContainer): void {
    if ((state !== 'exited' && state !== 'dead') || finishedAtMs === null) return;
    const last = this.last.get(id);
    if (last?.isSeen && last.finishedAtMs === finishedAtMs) return;
    const what = { finishedAt: finishedAtMs, startedAt: beginningOf({ startedAtMs }, finishedAtMs, undefined), exitCode, oomKilled }; // prettier-ignore
    if (!last || !isKnownRun(last, finishedAtMs, startedAtMs)) return this.add(id, what, null);
    this.last.set(id, { ...last, finishedAtMs, isSeen: true });
    this.write(() => this.store.correct({ containerId: id, finishedAt: last.finishedAtMs }, what));
  }

  forget(id: ContainerId): void {
    if (this.last.delete(id)) this.write(() => this.store.forget(id));
  }

  private hear({ container, exitCode, atMs }: CoreEvents['container.ended']): void {
    const { id } = container;
    const last = this.last.get(id);
    if (last && isKnownAnnouncement(last, atMs, container)) {
      this.last.set(id, { ...last, announcedAtMs: Math.max(last.announcedAtMs ?? 0, atMs) });
      return;
    }
    this.add(id, { finishedAt: atMs, startedAt: beginningOf(container, atMs, last), exitCode, oomKilled: false }, atMs);
  }

  private add(id: ContainerId, what: What, announcedAtMs: number | null): void {
    this.last.set(id, { finishedAtMs: what.finishedAt, announcedAtMs, isSeen: announcedAtMs === null });
    const asked = this.stops.askedFor(id);
    const wish = asked && !this.fulfilled.has(asked) ? asked : undefined;
    if (wish) this.fulfilled.add(wish);
    const end: ContainerEnd = {
      containerId: id,
      ...what,
      askedAction: wish?.action ?? null,
      askedById: wish?.by.id ?? null,
      askedByName: wish?.by.displayName ?? null,
      operationId: this.operations.activeOn(id),
    };
    this.write(() => this.store.save(end));
  }

  /** What is only history is no reason to fail an action that happened. */
  private write(work: () => Promise<void>): void {
    this.writing = this.writing
      .then(work)
      .catch((error: unknown) => this.log.for('containers').error({ err: error }, 'An end could not be written down'));
  }
}

const toShown = ({ askedAction, askedById, askedByName, ...end }: ContainerEnd): ShownEnd => ({
  endedAt: toIso(end.finishedAt),
  startedAt: toIsoOrNull(end.startedAt),
  exitCode: end.exitCode,
  oomKilled: end.oomKilled,
  asked:
    askedAction !== null && askedById !== null
      ? { action: askedAction, by: { id: askedById, displayName: askedByName ?? askedById } }
      : null,
  operationId: end.operationId,
});
