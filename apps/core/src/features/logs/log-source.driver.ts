import type { LogFrameRow } from '@bailiwick/contract';
import type { Engine, EngineInspection } from '../../foundation/environments/engine.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { type Clock, toIso } from '../../kernel/clock.js';
import { isAppError } from '../../kernel/errors.js';
import type { Log } from '../../kernel/log/log.js';
import type { ContainerLog } from './container-log.driver.js';
import { LogBell } from './log-bell.driver.js';
import { LogTail, type TailRow } from './log-tail.rules.js';
import { findPosition, type NumberedLine, toRowJson } from './logs.rules.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2000;
/** A stream that brought nothing since it was opened is doubted sooner than one that fell silent. */
const FIRST_DOUBT_MS = 3000;

/** What a source knows of the container it follows; `changed` rings when it or its environment changed. */
interface FollowedContainer {
  find(): SeenContainer | undefined;
  engine(): Engine;
  log(container: SeenContainer): Promise<ContainerLog>;
  isOnline(): boolean;
  readonly changed: LogBell;
}

interface Wiring {
  readonly container: FollowedContainer;
  readonly clock: Clock;
  readonly log: Log;
  readonly limitBytes: number;
  /** A container that runs and says nothing for so long is asked whether its stream still lives. */
  readonly quietMs: number;
}

type Outcome = 'ended' | 'lost' | 'missing';
type Row = LogFrameRow;
type EventName = Extract<Row, { type: 'event' }>['event'];

/** The one stream read from the engine for everyone who follows a container. Nobody who reads here slows it down. */
export class LogSource {
  readonly tail: LogTail;
  /** Rings with every row. */
  readonly appended = new LogBell();
  /** No row follows: the container is gone, or the engine has no log of it to give. */
  ended: 'removed' | 'failed' | undefined;
  /** The youngest line seen, to tell what is ahead of this stream from what it let go. */
  newestNs: bigint;
  private last: string | null;
  private readonly stopping = new AbortController();
  private attempt: AbortController | undefined;
  private readonly listeners = new Set<(bytes: number) => void>();
  private linesSinceLook = 0;
  private startedAtMs: number | null | undefined;
  private stoppedSaid = false;
  private offlineSaid = false;
  private running: Promise<void> | undefined;

  /** `origin` is the line to go on after; null for the very beginning. */
  constructor(
    private readonly wiring: Wiring,
    origin: string | null,
  ) {
    this.tail = new LogTail(origin, wiring.limitBytes);
    this.last = origin;
    this.newestNs = (origin === null ? undefined : findPosition(origin)?.atNs) ?? -1n;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Returns the function that stops listening. */
  onRow(listener: (bytes: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async run(): Promise<void> {
    const quiet = setInterval(() => void this.lookForStall(), this.wiring.quietMs);
    const unhook = this.abandonWhenOffline();
    try {
      let retryMs = FIRST_RETRY_MS;
      while (!this.stopping.signal.aborted) {
        const heard = this.wiring.container.changed.now;
        const container = this.wiring.container.find();
        if (!container) break;
        const outcome = await this.follow(container);
        if (this.linesSinceLook > 0) retryMs = FIRST_RETRY_MS;
        if (outcome === 'ended') await this.untilRunningAgain(container);
        else if (outcome === 'lost') await this.untilReachable(retryMs);
        else await this.wiring.container.changed.after(heard, { signal: this.stopping.signal, timeoutMs: retryMs });
        retryMs = outcome === 'ended' ? FIRST_RETRY_MS : Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
      if (this.stopping.signal.aborted) return;
      this.say('removed');
      this.ended = 'removed';
    } catch (error) {
      this.ended = 'failed';
      this.wiring.log.error({ err: error }, 'A log can no longer be followed');
    } finally {
      clearInterval(quiet);
      unhook();
      this.wake(0);
    }
  }

  private async follow(container: SeenContainer): Promise<Outcome> {
    this.startedAtMs ??= container.startedAtMs;
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    this.stopping.signal.addEventListener('abort', stop, { once: true });
    this.attempt = attempt;
    const doubt = setTimeout(() => void this.lookForStall(), FIRST_DOUBT_MS);
    try {
      const log = await this.wiring.container.log(container);
      const position = this.last === null ? null : (findPosition(this.last) ?? null);
      const { lost, lines } = await log.after(position, attempt.signal);
      if (lost) this.append({ type: 'gap', lines: null, reason: lost });
      for await (const line of lines) {
        if (attempt.signal.aborted) break;
        this.appendLine(line);
      }
      return attempt.signal.aborted ? 'lost' : 'ended';
    } catch (error) {
      if (attempt.signal.aborted) return 'lost';
      if (isAppError(error, 'not_found')) return 'missing';
      if (isAppError(error, 'engine_unavailable') || isAppError(error, 'engine_timeout')) return 'lost';
      throw error;
    } finally {
      clearTimeout(doubt);
      attempt.abort();
      this.attempt = undefined;
      this.stopping.signal.removeEventListener('abort', stop);
    }
  }

  /** The stream ended: says what became of the container and waits until it runs again. */
  private async untilRunningAgain(container: SeenContainer): Promise<void> {
    const now = await this.inspect(container.engineId);
    if (!now) return;
    if (isUp(now)) return this.followOn(now);
    // Followed since before it ran: the run that ended is the first one, not another.
    this.startedAtMs ??= now.startedAtMs;
    if (!this.stoppedSaid && now.finishedAtMs !== null) {
      this.say('stopped', { atMs: now.finishedAtMs, exitCode: now.exitCode });
      this.stoppedSaid = true;
    }
    for (;;) {
      const heard = this.wiring.container.changed.now;
      const seen = this.wiring.container.find();
      if (!seen || seen.engineId !== container.engineId || this.stopping.signal.aborted) return;
      // The mirror may still show the run that has just ended.
      if (isUp(seen) && seen.startedAtMs !== this.startedAtMs) return this.sayRestart(seen);
      await this.wiring.container.changed.after(heard, { signal: this.stopping.signal });
    }
  }

  private async followOn(now: EngineInspection): Promise<void> {
    const restarted = now.startedAtMs !== this.startedAtMs;
    this.sayRestart(now);
    // It ran all the while: an engine that keeps ending its stream is not asked in a tight loop.
    if (!restarted) await new LogBell().after(0, { signal: this.stopping.signal, timeoutMs: FIRST_RETRY_MS });
  }

  private sayRestart({ startedAtMs, finishedAtMs }: Pick<SeenContainer, 'startedAtMs' | 'finishedAtMs'>): void {
    if (startedAtMs === this.startedAtMs) return;
    const about = startedAtMs === null ? {} : { atMs: startedAtMs };
    // A running container no longer says when it ended before.
    if (!this.stoppedSaid) this.say('stopped', finishedAtMs === null ? about : { atMs: finishedAtMs });
    this.say('started', about);
    this.startedAtMs = startedAtMs;
    this.stoppedSaid = false;
  }

  private async inspect(engineId: string): Promise<EngineInspection | undefined> {
    try {
      return await this.wiring.container.engine().inspect(engineId, this.stopping.signal);
    } catch (error) {
      this.wiring.log.debug({ err: error, engineId }, 'Asking again why a log ended');
      return undefined; // the next turn finds out whether it is gone or out of reach
    }
  }

  /** Waits until the engine answers, and says once that it did not. */
  private async untilReachable(retryMs: number): Promise<void> {
    const { container } = this.wiring;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const heard = container.changed.now;
      if (container.isOnline() && (await this.answers())) break;
      if (signal.aborted) return;
      if (!this.offlineSaid) this.say('engine_offline');
      this.offlineSaid = true;
      await container.changed.after(heard, { signal, timeoutMs: LONGEST_RETRY_MS });
    }
    if (this.offlineSaid) this.say('resumed');
    else await container.changed.after(container.changed.now, { signal, timeoutMs: retryMs });
    this.offlineSaid = false;
  }

  private async answers(): Promise<boolean> {
    try {
      await this.wiring.container.engine().ping(this.stopping.signal);
      return true;
    } catch (error) {
      this.wiring.log.debug({ err: error }, 'The engine of a followed log does not answer');
      return false;
    }
  }

  /** A connection to an engine that vanished may stay open for ever. */
  private abandonWhenOffline(): () => void {
    let stopped = false;
    const watch = async () => {
      const { changed } = this.wiring.container;
      while (!stopped) {
        const heard = changed.now;
        if (!this.wiring.container.isOnline()) this.attempt?.abort();
        await changed.after(heard, { signal: this.stopping.signal });
        if (this.stopping.signal.aborted) return;
      }
    };
    void watch();
    return () => (stopped = true);
  }

  /** Engines were seen to leave a stream open and silent after a rotation: ask for the last line and compare. */
  private async lookForStall(): Promise<void> {
    const quiet = this.linesSinceLook === 0;
    this.linesSinceLook = 0;
    const container = this.wiring.container.find();
    const { attempt } = this;
    if (!quiet || !attempt || !container || !isUp(container)) return;
    try {
      const log = await this.wiring.container.log(container);
      const bounds = { sinceNs: null, untilNs: null, limitBytes: 1 };
      const request = { count: 1, stream: undefined, before: undefined, ...bounds };
      const [newest] = (await log.page(request, attempt.signal)).lines;
      if (!newest || newest.atNs <= this.newestNs || this.linesSinceLook > 0) return;
      this.wiring.log.warn({ containerId: container.id }, 'A log stream went silent; opening it again');
      attempt.abort();
    } catch (error) {
      this.wiring.log.debug({ err: error, containerId: container.id }, 'A quiet log could not be looked at');
    }
  }

  private appendLine(line: NumberedLine): void {
    this.last = line.cursor;
    this.linesSinceLook += 1;
    if (line.atNs > this.newestNs) this.newestNs = line.atNs;
    const plain = line.plain === null ? null : toRowJson({ ...line, text: line.plain });
    this.keep({ json: toRowJson(line), plain, cursor: line.cursor });
  }

  private say(event: EventName, { atMs, exitCode = null }: { atMs?: number; exitCode?: number | null } = {}): void {
    this.append({ type: 'event', event, at: toIso(atMs ?? this.wiring.clock.now()), exitCode });
  }

  private append(row: Row): void {
    this.keep({ json: JSON.stringify(row), plain: null, cursor: null });
  }

  private keep(row: TailRow): void {
    this.tail.append(row);
    this.wake(row.json.length);
  }

  private wake(bytes: number): void {
    this.appended.ring();
    for (const listener of this.listeners) listener(bytes);
  }
}

const isUp = ({ state }: { state: SeenContainer['state'] }): boolean => state === 'running' || state === 'paused';
