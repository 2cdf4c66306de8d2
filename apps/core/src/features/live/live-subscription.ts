import type { Change, Gone, Position, Topic } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { newId } from '../../kernel/ids.js';

/** How many changes can be replayed; who missed more gets everything anew. */
const KEPT_CHANGES = 256;

/** Who listens. */
export interface LiveSink {
  change(change: Change): void;
  gone(gone: Gone): void;
}

/** One actor's view of one topic: counts what it sends, and outlives its connection for a while. */
export class LiveSubscription {
  readonly epoch = newId('sub');
  seq = 0;
  /** Since when nobody listens; undefined while somebody does. */
  detachedAtMs: number | undefined;
  private readonly kept: Change[] = [];
  private sink: LiveSink | undefined;
  private endedBy: Gone['reason'] | undefined;

  constructor(
    readonly topic: Topic,
    readonly actor: Actor,
    openedAtMs: number,
  ) {
    this.detachedAtMs = openedAtMs;
  }

  push(type: Change['type'], id: string, item?: unknown): void {
    this.seq += 1;
    const change: Change = {
      topic: this.topic,
      epoch: this.epoch,
      seq: this.seq,
      type,
      id,
      ...(item === undefined ? {} : { item }),
    };
    this.kept.push(change);
    if (this.kept.length > KEPT_CHANGES) this.kept.shift();
    this.sink?.change(change);
  }

  /** What came after that position; undefined when it is no longer, or was never, ours to tell. */
  missedSince({ epoch, seq }: Position): Change[] | undefined {
    const oldest = this.seq - this.kept.length;
    if (epoch !== this.epoch || seq < oldest || seq > this.seq) return undefined;
    return this.kept.slice(seq - oldest);
  }

  /** From here on changes are sent; those after `seq` at once. Somebody who listened before does no longer. */
  attach(sink: LiveSink, seq: number): void {
    if (this.endedBy) return sink.gone({ topic: this.topic, reason: this.endedBy });
    this.sink = sink;
    this.detachedAtMs = undefined;
    for (const change of this.missedSince({ epoch: this.epoch, seq }) ?? []) sink.change(change);
  }

  /** Only who listens now can stop listening. */
  detach(sink: LiveSink, nowMs: number): void {
    if (this.sink !== sink) return;
    this.sink = undefined;
    this.detachedAtMs = nowMs;
  }

  end(reason: Gone['reason']): void {
    this.endedBy = reason;
    this.sink?.gone({ topic: this.topic, reason });
    this.sink = undefined;
  }
}
