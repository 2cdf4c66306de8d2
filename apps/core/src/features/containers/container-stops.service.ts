import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ContainerEndAction, ContainerId, UserId } from '@bailiwick/contract';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock } from '../../kernel/clock.js';
import { CoreLog } from '../../kernel/log/log.js';
import { ContainerStopsStore } from './container-stops.store.js';

/** A process may take its time to obey; one that ends later than this ended for another reason. */
const OBEYS_WITHIN_MS = 60_000;

/** What was asked of it, and by whom. */
export interface StopWish {
  readonly action: ContainerEndAction;
  readonly by: { readonly id: UserId; readonly displayName: string };
}
/** One wish, however often it is looked at. */
export type AskedStop = StopWish & { readonly atMs: number };

type End = Pick<SeenContainer, 'id' | 'state' | 'finishedAtMs'>;

/** Tells an end that somebody asked for here from one that came by itself. */
@Injectable()
export class ContainerStopsService implements OnModuleInit, OnModuleDestroy {
  private readonly asked = new Map<ContainerId, AskedStop>();
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

  ask(id: ContainerId, wish: StopWish): void {
    this.asked.set(id, { ...wish, atMs: this.clock.now() });
  }

  /** It was refused, or it did not end anything. */
  withdraw(id: ContainerId): void {
    this.asked.delete(id);
  }

  isOnPurpose({ id, finishedAtMs }: End): boolean {
    return (finishedAtMs !== null && this.finishedAtMs.get(id) === finishedAtMs) || this.askedFor(id) !== undefined;
  }

  /** Call it with every change of a container, before its status is read. */
  note({ id, state, finishedAtMs }: End): void {
    if (state !== 'exited' || finishedAtMs === null || !this.askedFor(id)) return;
    this.asked.delete(id);
    this.finishedAtMs.set(id, finishedAtMs);
    this.write(() => this.store.save({ containerId: id, finishedAt: finishedAtMs }));
  }

  forget(id: ContainerId): void {
    this.asked.delete(id);
    if (this.finishedAtMs.delete(id)) this.write(() => this.store.forget(id));
  }

  /** Undefined where nobody asked lately. */
  askedFor(id: ContainerId): AskedStop | undefined {
    const asked = this.asked.get(id);
    return asked && this.clock.now() - asked.atMs <= OBEYS_WITHIN_MS ? asked : undefined;
  }

  /** The word a status is read by is no reason to fail an action that happened. */
  private write(work: () => Promise<void>): void {
    this.writing = this.writing
      .then(work)
      .catch((error: unknown) => this.log.for('containers').error({ err: error }, 'A stop could not be remembered'));
  }
}
