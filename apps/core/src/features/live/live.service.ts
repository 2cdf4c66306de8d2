import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Change, Gone, Position, Topic } from '@bailiwick/contract';
import { rightsKey } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, cameWith, credentialOf } from '../../foundation/access/actor.js';
import { ActorResolver } from '../../foundation/access/actor-resolver.js';
import { Clock } from '../../kernel/clock.js';
import { conflict } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import { LiveBatch, type Touch } from './live-batch.js';
import { LiveFeedsService } from './live-feeds.service.js';
import { type LiveSink, LiveSubscription } from './live-subscription.js';
import { capabilityOf, type FeedKind, toForget } from './live.rules.js';

export type { LiveSink, LiveSubscription } from './live-subscription.js';

const SWEEP_EVERY_MS = 10_000;
const TOUCHES_A_TURN = 64;

/** Where a subscription begins; call `attach` once the client knows this. */
export interface Opened {
  readonly subscription: LiveSubscription;
  readonly epoch: string;
  readonly seq: number;
  /** Exactly what was missed, or everything anew. */
  readonly begin: { readonly replay: Change[] } | { readonly snapshot: unknown[] };
}

/** Tells every open subscription what changed for its actor, in order. */
@Injectable()
export class LiveService implements OnModuleInit, OnModuleDestroy {
  private readonly byEpoch = new Map<string, LiveSubscription>();
  private readonly byTopic = new Map<Topic, Set<LiveSubscription>>();
  private readonly batches: Readonly<Record<FeedKind, LiveBatch>>;
  private unsubscribe: ReadonlyArray<() => void> = [];
  private sweeping: NodeJS.Timeout | undefined;

  constructor(
    private readonly access: AccessService,
    private readonly actors: ActorResolver,
    private readonly feeds: LiveFeedsService,
    private readonly events: Events,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    const log = coreLog.for('live');
    const newBatch = () =>
      new LiveBatch(
        (touches) => this.flush(touches),
        (error) => log.error({ err: error }, 'A change could not be told'),
      );
    this.batches = {
      containers: newBatch(),
      environments: newBatch(),
      operations: newBatch(),
      people: newBatch(),
      tenants: newBatch(),
      roles: newBatch(),
      teams: newBatch(),
      projects: newBatch(),
      accessRequests: newBatch(),
      alerts: newBatch(),
      engineEvents: newBatch(),
      plugins: newBatch(),
      access: newBatch(),
      usage: newBatch(),
      hostUsage: newBatch(),
    };
  }

  onModuleInit(): void {
    this.feeds.serve({
      touched: (kind, touch) => {
        if (touch.topics.some((topic) => this.byTopic.has(topic))) this.batches[kind].add(touch);
      },
      followed: () => [...this.byTopic.keys()],
    });
    this.unsubscribe = [
      this.events.on('rights.changed', ({ userId }) =>
        this.endAll('rights_changed', ({ actor }) => actor.userId === userId),
      ),
      this.events.on('session.ended', ({ sessionId }) =>
        this.endAll('signed_out', ({ actor }) => cameWith(actor, sessionId)),
      ),
      this.events.on('viewing.changed', ({ sessionId }) =>
        this.endAll('rights_changed', ({ actor }) => cameWith(actor, sessionId)),
      ),
      this.events.on('token.ended', ({ tokenId }) =>
        this.endAll('signed_out', ({ actor }) => cameWith(actor, tokenId)),
      ),
    ];
    this.sweeping = setInterval(() => this.forgetTheGone(), SWEEP_EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    for (const stop of this.unsubscribe) stop();
    clearInterval(this.sweeping);
    await Promise.all(Object.values(this.batches).map((batch) => batch.stop()));
  }

  /** Collects changes from now on; `since` resumes what this very session left within two minutes. */
  async open(actor: Actor, topic: Topic, since?: Position): Promise<Opened> {
    this.access.requireEver(actor, capabilityOf(topic));
    const resumed = since && this.resume(actor, topic, since);
    if (resumed) return resumed;
    const subscription = this.add(new LiveSubscription(topic, actor, this.clock.now()));
    try {
      const { epoch, seq } = subscription;
      const snapshot = await this.feeds.snapshot(actor, topic);
      // From here on every change of rights ends the subscription; one before it began shows here.
      if (!(await this.actors.isCurrent(actor)))
        throw conflict('busy', 'Your rights are just changing. Follow this again.');
      return { subscription, epoch, seq, begin: { snapshot } };
    } catch (error) {
      this.remove(subscription);
      throw error;
    }
  }

  /** The connection is lost; whoever comes back within two minutes goes on where it was. */
  detach(subscription: LiveSubscription, sink: LiveSink): void {
    subscription.detach(sink, this.clock.now());
    this.forgetTheGone();
  }

  /** Nobody will come back for it. */
  close(subscription: LiveSubscription): void {
    this.remove(subscription);
  }

  private forgetTheGone(): void {
    for (const subscription of toForget(this.byEpoch.values(), this.clock.now())) this.remove(subscription);
  }

  private resume(actor: Actor, topic: Topic, since: Position): Opened | undefined {
    this.forgetTheGone();
    const subscription = this.byEpoch.get(since.epoch);
    if (!subscription || subscription.topic !== topic || credentialOf(subscription.actor) !== credentialOf(actor))
      return undefined;
    const replay = subscription.missedSince(since);
    if (replay) return { subscription, epoch: subscription.epoch, seq: subscription.seq, begin: { replay } };
    this.remove(subscription);
    return undefined;
  }

  private async flush(touches: readonly Touch[]): Promise<void> {
    for (const [position, touch] of touches.entries()) {
      // Connections take what they were sent in between; else a burst looks like a reader who fell behind.
      if (position % TOUCHES_A_TURN === TOUCHES_A_TURN - 1) await nextTurn();
      // Whoever has the same rights sees the same: one look serves them all.
      const looks = new Map<string, unknown>();
      for (const subscription of touch.topics.flatMap((topic) => [...(this.byTopic.get(topic) ?? [])])) {
        const { actor } = subscription;
        const key = touch.keyOf?.(actor) ?? rightsKey(actor);
        if (!looks.has(key)) looks.set(key, await touch.read(actor));
        const item = looks.get(key);
        if (item !== undefined) subscription.push('upsert', touch.id, item);
        else if (touch.wasVisibleTo(actor)) subscription.push('remove', touch.id);
      }
    }
  }

  private endAll(reason: Gone['reason'], isMeant: (subscription: LiveSubscription) => boolean): void {
    for (const subscription of [...this.byEpoch.values()].filter(isMeant)) {
      this.remove(subscription);
      subscription.end(reason);
    }
  }

  private add(subscription: LiveSubscription): LiveSubscription {
    this.byEpoch.set(subscription.epoch, subscription);
    const others = this.byTopic.get(subscription.topic) ?? new Set();
    this.byTopic.set(subscription.topic, others.add(subscription));
    return subscription;
  }

  private remove(subscription: LiveSubscription): void {
    const { epoch, topic } = subscription;
    this.byEpoch.delete(epoch);
    const others = this.byTopic.get(topic);
    others?.delete(subscription);
    if (others?.size === 0) this.byTopic.delete(topic);
  }
}
