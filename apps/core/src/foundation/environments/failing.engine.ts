import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../kernel/clock.js';
import type { AppError } from '../../kernel/errors.js';
import { Engine, type EngineEvent } from './engine.js';
import { engineTimeout, engineUnavailable } from './engine-errors.js';
import { EventQueue } from './event-queue.js';

const HANG_TIMEOUT_MS = 5000;

/** What can go wrong between an engine and us, each with a switch: offline, hanging, slow, one call failing, events lost or twice. */
export abstract class FailingEngine extends Engine {
  /** Calls so far, by which `failCall` counts. */
  calls = 0;
  private readonly listeners = new Set<EventQueue<EngineEvent>>();
  private announced = 0;
  private readonly failures = new Map<number, Error>();
  private outage: 'none' | 'offline' | 'hanging' = 'none';
  private outageEnds: Array<() => void> = [];
  private delayMs = 0;
  private eventFault: 'none' | 'lost' | 'twice' = 'none';

  constructor(protected readonly clock: Clock) {
    super();
  }

  /** Connections break and none is taken until `goOnline`. */
  goOffline(): void {
    this.outage = 'offline';
    this.endEvents();
  }

  goOnline(): void {
    this.outage = 'none';
    for (const resolve of this.outageEnds.splice(0)) resolve();
  }

  /** Connections stay open and nothing answers until `goOnline`. */
  hang(): void {
    this.outage = 'hanging';
  }

  /** Every call takes this much longer. */
  slowDown(ms: number): void {
    this.delayMs = ms;
  }

  /** The nth call from now on fails; 1 is the next. */
  failCall(nth: number, error: Error = this.down()): void {
    this.failures.set(this.calls + nth, error);
  }

  breakEvents(fault: 'none' | 'lost' | 'twice'): void {
    this.eventFault = fault;
  }

  async events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
    await this.call('events', signal);
    const queue = new EventQueue<EngineEvent>();
    this.listeners.add(queue);
    const stop = () => {
      this.listeners.delete(queue);
      queue.end();
    };
    signal.addEventListener('abort', stop, { once: true });
    return queue;
  }

  protected get isOffline(): boolean {
    return this.outage === 'offline';
  }

  protected async call(name: string, signal?: AbortSignal): Promise<void> {
    this.calls += 1;
    signal?.throwIfAborted();
    const failure = this.failures.get(this.calls);
    if (this.delayMs > 0) await pause(this.delayMs, undefined, { signal });
    if (this.outage === 'hanging') await this.hangs(name, signal);
    if (this.outage === 'offline') throw this.down();
    if (failure) throw failure;
  }

  /** As with a stopped daemon: the answer comes after it wakes, unless the time is up before. */
  private async hangs(name: string, signal?: AbortSignal): Promise<void> {
    const timeUp = new AbortController();
    const woken = new Promise<true>((resolve) => this.outageEnds.push(() => resolve(true)));
    const either = signal ? AbortSignal.any([signal, timeUp.signal]) : timeUp.signal;
    try {
      const answered = await Promise.race([woken, pause(HANG_TIMEOUT_MS, false, { signal: either })]);
      if (!answered) throw engineTimeout(name, HANG_TIMEOUT_MS);
    } finally {
      timeUp.abort();
    }
  }

  protected untilAborted(signal?: AbortSignal): Promise<void> {
    return new Promise((_, reject) =>
      signal?.addEventListener('abort', () => reject(new Error('The pull was given up.', { cause: signal.reason }))),
    );
  }

  protected announce(engineId: string, action: string, exitCode: number | null = null): void {
    if (this.eventFault === 'lost') return;
    this.announced += 1;
    const atNs = BigInt(this.clock.now()) * 1_000_000n + BigInt(this.announced % 1_000_000);
    const event = { kind: 'container', engineId, action, exitCode, atNs } as const;
    for (const listener of this.listeners) {
      listener.push(event);
      if (this.eventFault === 'twice') listener.push(event);
    }
  }

  protected endEvents(): void {
    for (const listener of this.listeners) listener.end(this.down());
    this.listeners.clear();
  }

  protected down(): AppError {
    return engineUnavailable('engine_down', 'The engine cannot be reached.');
  }
}
