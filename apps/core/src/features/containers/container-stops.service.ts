import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ContainerId } from '@bailiwick/contract';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock } from '../../kernel/clock.js';
import { CoreLog } from '../../kernel/log/log.js';
import { ContainerStopsStore } from './container-stops.store.js';

/** A process may take its time to obey; one that ends later than this ended for another reason. */
const OBEYS_WITHIN_MS = 60_000;

type End = Pick<SeenContainer, 'id' | 'state' | 'finishedAtMs'>;

/** Tells an end that somebody asked for here from one that came by itself. */
@Injectable()
export class ContainerStopsService implements OnModuleInit, OnModuleDestroy {
  private readonly askedAtMs = new Map<ContainerId, number>();
  private readonly finishedAtMs = new Map<ContainerId, number>();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: ContainerStopsStore,
    private readonly clock: Clock,
    private readonly log: CoreLog,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const { containerId, finishedAt } of await this.store.all()) this.finishedAtMs.set(containerId, finishedAt);
  }

  async onModuleDestroy(): Promise<void> {
    await this.writing;
  }

  ask(id: ContainerId): void {
    this.askedAtMs.set(id, this.clock.now());
  }

  /** It was refused, or it did not end anything. */
  withdraw(id: ContainerId): void {
    this.askedAtMs.delete(id);
  }

  isOnPurpose({ id, finishedAtMs }: End): boolean {
    return (finishedAtMs !== null && this.finishedAtMs.get(id) === finishedAtMs) || this.isAsked(id);
  }

  /** Call it with every change of a container, before its status is read. */
  note({ id, state, finishedAtMs }: End): void {
    if (state !== 'exited' || finishedAtMs === null || !this.isAsked(id)) return;
    this.askedAtMs.delete(id);
    this.finishedAtMs.set(id, finishedAtMs);
    this.write(() => this.store.save({ containerId: id, finishedAt: finishedAtMs }));
  }

  forget(id: ContainerId): void {
    this.askedAtMs.delete(id);
    if (this.finishedAtMs.delete(id)) this.write(() => this.store.forget(id));
  }

  private isAsked(id: ContainerId): boolean {
    const askedAtMs = this.askedAtMs.get(id);
    return askedAtMs !== undefined && this.clock.now() - askedAtMs <= OBEYS_WITHIN_MS;
  }

  /** The word a status is read by is no reason to fail an action that happened. */
  private write(work: () => Promise<void>): void {
    this.writing = this.writing
      .then(work)
      .catch((error: unknown) => this.log.for('containers').error({ err: error }, 'A stop could not be remembered'));
  }
}
