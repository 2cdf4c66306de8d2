import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ContainerId, FollowLogs } from '@bailiwick/contract';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import type { ContainerLog } from './container-log.driver.js';
import { LogBell } from './log-bell.driver.js';
import { LogConfidencesService } from './log-confidences.service.js';
import { LogReader, type LogSink } from './log-reader.service.js';
import { LogSource } from './log-source.driver.js';
import { parseCursor } from './logs.rules.js';

const TAIL_BYTES = 4 * 1024 * 1024;
const ALL_TAILS_BYTES = 256 * 1024 * 1024;
/** A reader that does not read holds its history. */
const HISTORY_BYTES = 1024 * 1024;
const LINGER_MS = 10_000;
const QUIET_MS = 30_000;

interface Shared {
  readonly source: LogSource;
  readonly bell: LogBell;
  readers: number;
  linger: NodeJS.Timeout | undefined;
}

/** One engine stream per followed container, however many read it. */
@Injectable()
export class LogFollowService implements OnModuleInit, OnModuleDestroy {
  /** How long a running container may be silent before its stream is doubted. */
  quietMs = QUIET_MS;
  private readonly shared = new Map<ContainerId, Shared>();
  private readonly unhook: Array<() => void> = [];

  constructor(
    private readonly mirrors: MirrorsService,
    private readonly environments: EnvironmentsService,
    private readonly confidences: LogConfidencesService,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly coreLog: CoreLog,
  ) {}

  onModuleInit(): void {
    this.unhook.push(
      this.events.on('container.changed', ({ container }) => this.shared.get(container.id)?.bell.ring()),
      this.events.on('environment.changed', () => this.shared.forEach(({ bell }) => bell.ring())),
    );
  }

  async onModuleDestroy(): Promise<void> {
    for (const stop of this.unhook) stop();
    await Promise.all(
      [...this.shared.values()].map(({ source, linger }) => {
        clearTimeout(linger);
        return source.stop();
      }),
    );
    this.shared.clear();
  }

  /** The number of engine streams open for readers. */
  get open(): number {
    return this.shared.size;
  }

  /** All of it, from its very beginning: for who has nothing of it yet. */
  followWhole(container: SeenContainer, sink: LogSink): { reader: LogReader; begin: () => void } {
    const shared = this.running(container.id) ?? this.share(container, null);
    const start = { history: [], after: null };
    return this.attach(container, shared, { sink, secrets: () => false }, (reader) => this.run(container.id, reader, start, sink)); // prettier-ignore
  }

  /** Finds the beginning now, so that what is wrong is told at once; rows flow after `begin`. */
  async follow(
    container: SeenContainer,
    { after, tail }: Pick<FollowLogs, 'after' | 'tail'>,
    sink: LogSink,
    secrets: () => boolean,
  ): Promise<{ reader: LogReader; begin: () => void }> {
    if (after !== undefined) parseCursor('after', after);
    const running = this.running(container.id);
    const place =
      running && (after === undefined ? running.source.tail.placeOfLast(tail) : running.source.tail.placeAfter(after));
    if (running && place) return this.attach(container, running, { sink, secrets }, (reader) => reader.startAt(place));
    const history = await this.history(container, after, tail, running !== undefined);
    const newest = history.at(-1)?.cursor ?? null;
    const shared = this.running(container.id) ?? this.share(container, newest);
    const start = after === undefined ? { history: tail === 0 ? [] : history, after: newest } : { history: [], after };
    return this.attach(container, shared, { sink, secrets }, (reader) => this.run(container.id, reader, start, sink));
  }

  private async history(container: SeenContainer, after: string | undefined, tail: number, isRunning: boolean) {
    if (after !== undefined && isRunning) return [];
    const count = after === undefined ? Math.max(tail, 1) : 1;
    const bounds = { sinceNs: null, untilNs: null, limitBytes: HISTORY_BYTES };
    const request = { count, stream: undefined, before: undefined, ...bounds };
    return (await (await this.confidences.logOf(container)).page(request)).lines;
  }

  private run(id: ContainerId, reader: LogReader, start: Parameters<LogReader['start']>[0], sink: LogSink): void {
    reader.start(start).catch((error: unknown) => {
      this.coreLog.for('logs').error({ err: error, containerId: id }, 'A log reader broke off');
      reader.close();
      sink.end('failed');
    });
  }

  private attach(
    container: SeenContainer,
    shared: Shared,
    { sink, secrets }: { sink: LogSink; secrets: () => boolean },
    begin: (reader: LogReader) => void,
  ) {
    shared.readers += 1;
    clearTimeout(shared.linger);
    shared.linger = undefined;
    const reader = new LogReader({
      source: shared.source,
      log: this.coreLog.for('logs'),
      sink,
      kept: () => this.findLog(container.id),
      secrets,
      onClose: () => this.leave(container.id, shared),
    });
    return { reader, begin: () => begin(reader) };
  }

  private leave(id: ContainerId, shared: Shared): void {
    shared.readers -= 1;
    if (shared.readers > 0) return;
    shared.linger = setTimeout(() => {
      if (this.shared.get(id) === shared) this.shared.delete(id);
      this.shareMemory();
      void shared.source.stop();
    }, LINGER_MS);
    shared.linger.unref();
  }

  private running(id: ContainerId): Shared | undefined {
    const shared = this.shared.get(id);
    return shared?.source.ended ? undefined : shared;
  }

  private share({ id, environmentId }: SeenContainer, origin: string | null): Shared {
    const bell = new LogBell();
    const source = new LogSource(
      {
        container: {
          find: () => this.mirrors.container(id),
          engine: () => this.environments.engineOf(environmentId),
          log: (container) => this.confidences.logOf(container),
          isOnline: () => this.mirrors.status(environmentId).state === 'online',
          changed: bell,
        },
        clock: this.clock,
        log: this.coreLog.for('logs'),
        limitBytes: TAIL_BYTES,
        quietMs: this.quietMs,
      },
      origin,
    );
    const shared = { source, bell, readers: 0, linger: undefined };
    this.shared.set(id, shared);
    this.shareMemory();
    source.start();
    return shared;
  }

  private shareMemory(): void {
    const limitBytes = Math.min(TAIL_BYTES, ALL_TAILS_BYTES / Math.max(1, this.shared.size));
    for (const { source } of this.shared.values()) source.tail.limitBytes = limitBytes;
  }

  private async findLog(id: ContainerId): Promise<ContainerLog | undefined> {
    const container = this.mirrors.container(id);
    if (!container || this.mirrors.status(container.environmentId).state !== 'online') return undefined;
    return this.confidences.logOf(container);
  }
}
