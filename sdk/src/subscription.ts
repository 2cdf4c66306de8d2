import { status } from '@grpc/grpc-js';
import type { Event__Output } from './generated/bailiwick/plugin/v2/Event.js';
import type { EventBatch__Output } from './generated/bailiwick/plugin/v2/EventBatch.js';
import type { HostConnection } from './host-calls.js';
import type { JsonObject } from './json.js';
import { fromStruct } from './struct.rules.js';

/** Something that happened. */
export interface PluginEvent {
  /** "container.started", "operation.failed", "plugin.<name>.<event>" and so on. */
  kind: string;
  at: Date;
  /** A slug; empty where it belongs to none. */
  tenant: string;
  data: JsonObject;
}

export interface Listening {
  /** One after the other; the next one waits until it is done. */
  onEvent(event: PluginEvent): void | Promise<void>;
  /** So many were left out, because they came faster than they were taken, or while the core was away. */
  onLeftOut?(count: number): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** To come again would change nothing. */
const FOR_GOOD: number[] = [status.PERMISSION_DENIED, status.UNAUTHENTICATED, status.INVALID_ARGUMENT, status.UNIMPLEMENTED]; // prettier-ignore

/** Listens until it is closed, and comes again when the core was away. */
export class Subscription {
  private isClosed = false;
  private waitMs = FIRST_WAIT_MS;
  private timer: NodeJS.Timeout | undefined;
  private stream: { cancel(): void } | undefined;

  constructor(
    private readonly host: HostConnection,
    private readonly kinds: string[],
    private readonly listening: Listening,
    private readonly complain: (message: string) => void,
  ) {
    void this.listen();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.stream?.cancel();
  }

  private async listen(): Promise<void> {
    try {
      const stream = this.host.client.subscribe({ kinds: this.kinds }, this.host.metadata());
      this.stream = stream;
      for await (const batch of stream as AsyncIterable<EventBatch__Output>) {
        this.waitMs = FIRST_WAIT_MS;
        await this.take(batch);
      }
    } catch (error) {
      if (this.isClosed) return;
      const { code, details } = error as { code: number; details: string };
      if (FOR_GOOD.includes(code)) {
        this.complain(this.host.failure('Subscribe', ['events.read'], { code, details }).message);
        return;
      }
    }
    this.again();
  }

  private again(): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.listen(), this.waitMs);
    this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS);
  }

  private async take({ events, leftOut }: EventBatch__Output): Promise<void> {
    if (leftOut > 0) this.listening.onLeftOut?.(leftOut);
    for (const event of events) {
      if (this.isClosed) return;
      try {
        await this.listening.onEvent(eventOf(event));
      } catch (error) {
        this.complain(`${event.kind}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}

const eventOf = ({ kind, atMs, tenant, data }: Event__Output): PluginEvent => ({
  kind,
  at: new Date(atMs),
  tenant,
  data: fromStruct(data),
});
