import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type AlertId, type BlackBox, CONTAINER_MEASURES } from '@bailiwick/contract';
import type { EngineInspection } from '../../foundation/environments/engine.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { isAppError } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Redactor } from '../../kernel/redactor.js';
import { AlertBook } from '../alerts/alert-book.service.js';
import { ConfidencesService } from '../configurations/confidences.service.js';
import { ConfigurationBook } from '../configurations/configuration-book.service.js';
import { fieldsBetween } from '../configurations/configurations.rules.js';
import { ContainerEndsService } from '../containers/container-ends.service.js';
import { ContainersService } from '../containers/containers.service.js';
import { LogConfidencesService } from '../logs/log-confidences.service.js';
import { HistoryService } from '../metrics/history.service.js';
import type { BlackBoxRow } from './black-box.entity.js';
import { figuresBefore, isCrash, lastWell, LINES, toKept } from './black-boxes.rules.js';
import { BlackBoxesStore } from './black-boxes.store.js';

const LOOK_AGAIN_MS = 30_000;
const LOG_BYTES = 256 * 1024;
const NS_PER_MS = 1_000_000n;
/** What a program wrote last arrives a moment after it ended. */
const LAST_WORDS_MS = 500;
/** It ran on meanwhile: how far back the lines before its end are looked for. */
const BEFORE_END_MS = 600_000;

type AlertRow = ReturnType<AlertBook['open']>[number];
type Crash = AlertRow & { readonly containerId: NonNullable<AlertRow['containerId']> };

/** Keeps what is known of an end that nobody asked for while it can still be read. */
@Injectable()
export class BlackBoxRecorder implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly kept = new Map<AlertId, number>();
  private readonly forgetting: Hourly<void>;
  private readonly log: Log;
  private stop: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(
    private readonly alerts: AlertBook,
    private readonly confidences: ConfidencesService,
    private readonly configurations: ConfigurationBook,
    private readonly containers: ContainersService,
    private readonly ends: ContainerEndsService,
    private readonly environments: EnvironmentsService,
    private readonly history: HistoryService,
    private readonly logs: LogConfidencesService,
    private readonly mirrors: MirrorsService,
    private readonly store: BlackBoxesStore,
    private readonly clock: Clock,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('alerts');
    this.forgetting = new Hourly(
      () => this.store.forgetGone(),
      (error) => this.log.error({ err: error }, 'Old black boxes could not be forgotten'),
    );
  }

  onModuleInit(): void {
    this.stop = this.events.on('alert.changed', ({ alertId }) => this.later(() => this.lookAt(alertId)));
  }

  /** What ended just before the core did is looked at then. */
  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.lookAgain(), LOOK_AGAIN_MS).unref();
    this.lookAgain();
    this.forgetting.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.isOver = true;
    this.stop();
    clearInterval(this.timer);
    await this.working;
    await this.forgetting.stop();
  }

  private lookAgain(): void {
    const open = new Map(this.alerts.open().map((row) => [row.id, row]));
    for (const id of this.kept.keys()) if (!open.has(id)) this.kept.delete(id);
    for (const row of open.values()) if (isCrash(row.rule)) this.later(() => this.record(row));
  }

  private async lookAt(id: AlertId): Promise<void> {
    const row = await this.alerts.find(id);
    if (row && isCrash(row.rule)) await this.record(row);
  }

  private async record(row: AlertRow): Promise<void> {
    if (!isOfContainer(row) || this.kept.get(row.id) === row.lastAt) return;
    const seen = this.mirrors.container(row.containerId);
    // What an engine that is away keeps can be read when it is back.
    if (seen && this.environments.state(seen.environmentId).state !== 'online') return;
    if (!(await this.store.has(row.id, row.lastAt))) await this.store.save(await this.gather(row, seen));
    this.kept.set(row.id, row.lastAt);
  }

  private async gather(row: Crash, seen: SeenContainer | undefined): Promise<BlackBoxRow> {
    const { id: alertId, containerId, lastAt } = row;
    const inspection = seen && (await unlessLost(this.containers.inspection(seen)));
    const [end] = await this.ends.of(containerId);
    return {
      alertId,
      at: lastAt,
      containerId,
      exitCode: row.facts.exitCode ?? end?.exitCode ?? null,
      oomKilled: row.rule === 'container_oom' || (inspection?.oomKilled ?? end?.oomKilled ?? false),
      limits: inspection?.limits ?? null,
      log: seen && inspection ? ((await unlessLost(this.readLog(seen, inspection, lastAt))) ?? null) : null,
      figures: this.readFigures(row),
      changes: await this.readChanges(row),
    };
  }

  /** Nothing is kept of which it is not known what must not be in it. */
  private async readLog(seen: SeenContainer, { state }: EngineInspection, atMs: number): Promise<BlackBox['log']> {
    const confidences = await this.confidences.of(seen);
    const log = await this.logs.logOf(seen);
    const isDown = state === 'exited' || state === 'dead';
    const range = isDown
      ? { sinceNs: null, untilNs: null }
      : { sinceNs: toNs(atMs - BEFORE_END_MS), untilNs: toNs(atMs + LAST_WORDS_MS) };
    const { lines, more } = await log.page({ ...range, count: LINES, stream: undefined, before: undefined, limitBytes: LOG_BYTES }); // prettier-ignore
    const kept = lines.map(({ at, stream, text }) => ({ at, stream, text: redacted(text, confidences) }));
    return toKept(kept, more);
  }

  private readFigures({ containerId, lastAt }: Crash): BlackBox['figures'] {
    const { from, stepMs, series } = this.history.read(containerId, '1h', CONTAINER_MEASURES);
    return figuresBefore({ from, stepMs, cpus: series.cpus.avg, memoryBytes: series.memoryBytes.max }, lastAt);
  }

  /** Against the newest configuration it ran well with, where it is known here how it is made. */
  private async readChanges({ containerId }: Crash): Promise<BlackBox['changes']> {
    const now = await this.configurations.findApplied(containerId);
    if (!now) return null;
    const ends = await this.ends.of(containerId);
    const runs = ends.flatMap(({ startedAt, endedAt }) =>
      startedAt === null ? [] : [{ startedAtMs: Date.parse(startedAt), endedAtMs: Date.parse(endedAt) }],
    );
    const well = lastWell(await this.configurations.applications(containerId), runs);
    const then = well && (await this.configurations.findVersion(containerId, well.number));
    return then ? { number: well.number, since: toIso(well.appliedAtMs), fields: fieldsBetween(then, now) } : null;
  }

  private later(work: () => Promise<void>): void {
    this.working = this.working
      .then(() => (this.isOver ? undefined : work()))
      .catch((error: unknown) => this.log.error({ err: error }, 'What is known of an end could not be kept; it is tried again')); // prettier-ignore
  }
}

const isOfContainer = (row: AlertRow): row is Crash => row.containerId !== null;
const toNs = (ms: number): bigint => BigInt(Math.max(0, Math.floor(ms))) * NS_PER_MS;

function redacted(text: string, confidences: readonly string[]): string {
  const redactor = new Redactor(confidences);
  return redactor.push(text) + redactor.end();
}

/** What went, or cannot be read in time, is not known; an engine that is away is asked again when it is back. */
async function unlessLost<Result>(reading: Promise<Result>): Promise<Result | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isAppError(error, 'not_found') || isAppError(error, 'engine_timeout')) return undefined;
    throw error;
  }
}
