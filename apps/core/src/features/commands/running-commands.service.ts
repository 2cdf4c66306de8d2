import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { BackgroundOutcome, CommandId, UserId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { AuditService, type AuditTarget } from '../../foundation/audit/audit.service.js';
import type { EngineProgram, ProgramMark, ProgramState } from '../../foundation/environments/engine.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import { Clock } from '../../kernel/clock.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ContainersService, toTarget } from '../containers/containers.service.js';
import type { BackgroundCommandRow } from './background-command.entity.js';
import { BackgroundCommandsStore } from './background-commands.store.js';
import type { KeptOutput } from './kept-output.js';
import { KeptOutputs } from './kept-outputs.driver.js';
import { Pace } from './pace.js';

const LOOK_MS = 2000;
const DAY_MS = 86_400_000;
const KEEP_DAYS = 30;
const MOST_BYTES_PER_SECOND = 1024 * 1024;
/** How long who cancels waits for the end. */
const CANCELS_WITHIN_MS = 15_000;
/** A container says that it ended a moment after what is in it did. */
const STOPS_WITHIN_MS = 1500;
const SIGNALLED = 128;
const UNHEARD = 126;
const CORE = { kind: 'system', name: 'core' } as const;

/** One that runs, or of which nobody knows yet that it does not. */
interface Held {
  row: BackgroundCommandRow;
  readonly mark: ProgramMark;
  /** Nothing is written any more where there is none. */
  output: KeptOutput | undefined;
  /** Since when nobody listens to it; null while somebody does. */
  deafSinceMs: number | null;
  readonly connection: AbortController;
  /** Its program ended, and somebody may still hold its output open. */
  sawEnd: boolean;
  wanted: 'cancelled' | 'overtime' | null;
  readonly turn: Mutex;
  /** What is being done with its output. */
  listening: Promise<void>;
}

interface Started {
  readonly program: EngineProgram;
  readonly output: KeptOutput;
  /** Ends the connection to it, not the program. */
  readonly connection: AbortController;
}

/** Commands that run on by themselves, from their start to what is said of their end, also over the end of a core. */
@Injectable()
export class RunningCommandsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly held = new Map<CommandId, Held>();
  private readonly log: Log;
  private readonly purging: Hourly<void>;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isLooking = false;
  private closing = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly containers: ContainersService,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly outputs: KeptOutputs,
    private readonly store: BackgroundCommandsStore,
    log: CoreLog,
  ) {
    this.log = log.for('commands');
    this.purging = new Hourly(
      () => this.purge(),
      (error) => this.log.error({ err: error }, 'Old commands could not be deleted'),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const row of await this.store.open()) await this.takeOver(row);
    this.timer = setInterval(() => this.lookAtAll(), LOOK_MS).unref();
    this.purging.start();
  }

  /** They go on; the next core finds them, and what they say until then is not kept. */
  async onModuleDestroy(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    await this.purging.stop();
    await this.looking;
    for (const { connection } of this.held.values()) connection.abort();
    await Promise.all([...this.held.values()].map(({ listening }) => listening));
  }

  /** Whose they are, one for each. */
  owners(): UserId[] {
    return [...this.held.values()].map(({ row }) => row.userId);
  }

  isHeld(id: CommandId): boolean {
    return this.held.has(id);
  }

  /** From here on it is watched; what cannot be written down is ended. */
  async hold(row: BackgroundCommandRow, { program, output, connection }: Started): Promise<BackgroundCommandRow> {
    const { mark } = program;
    try {
      await this.store.save(row);
    } catch (error) {
      output.close();
      await this.environments.engineOf(row.environmentId).endProgram(row.engineId, mark);
      throw error;
    }
    const held: Held = { row, mark, output, deafSinceMs: null, connection, sawEnd: false, wanted: null, turn: new Mutex(), listening: Promise.resolve() }; // prettier-ignore
    this.held.set(row.id, held);
    held.listening = this.listen(held, program).catch((error: unknown) => this.noteFailure(held, error));
    return row;
  }

  /** Returns when it has ended, or late. */
  async cancel(id: CommandId): Promise<void> {
    const held = this.held.get(id);
    if (!held) return;
    await this.end(held, 'cancelled');
    const late = pause(CANCELS_WITHIN_MS, undefined, { ref: false });
    await Promise.race([held.listening.then(() => this.lookAt(held)), late]);
  }

  /** Its row, and what it said. */
  async remove(row: BackgroundCommandRow): Promise<void> {
    await this.outputs.remove(row);
    await this.store.remove(row.id);
  }

  private async listen(held: Held, { output }: EngineProgram): Promise<void> {
    const pace = new Pace(MOST_BYTES_PER_SECOND);
    try {
      for await (const { bytes } of output) {
        await this.keep(held, bytes);
        await pace.take(bytes.length);
      }
    } catch (error) {
      if (!this.closing) this.log.warn({ err: error, command: held.row.id }, 'The output of a command was lost');
    }
    held.deafSinceMs = this.clock.now();
    await this.keepRest(held);
    if (this.closing) return;
    await this.lookAt(held);
  }

  private async keep(held: Held, bytes: Buffer): Promise<void> {
    try {
      held.output?.push(bytes);
    } catch (error) {
      await this.giveUp(held, error);
    }
  }

  private async keepRest(held: Held): Promise<void> {
    try {
      held.output?.end();
      held.output = undefined;
    } catch (error) {
      await this.giveUp(held, error);
    }
  }

  /** A full disk is no reason to end what runs; that nothing more is kept is said. */
  private async giveUp(held: Held, error: unknown): Promise<void> {
    this.log.error({ err: error, command: held.row.id }, 'The output of a command cannot be written');
    held.output?.close();
    held.output = undefined;
    await held.turn.run(() => this.change(held, { unheardSince: this.clock.now() }));
  }

  /** Of a core before this one. */
  private async takeOver(row: BackgroundCommandRow): Promise<void> {
    const unheardSince = row.unheardSince ?? (await this.outputs.lastWrittenMs(row)) ?? row.startedAt;
    if (row.execId === null || row.pid === null) {
      await this.store.save({ ...row, unheardSince, endedAt: this.clock.now(), outcome: 'lost' });
      return;
    }
    const mark = { execId: row.execId, pid: row.pid, born: row.born };
    this.held.set(row.id, {
      row: { ...row, unheardSince },
      mark,
      output: undefined,
      deafSinceMs: unheardSince,
      connection: new AbortController(),
      sawEnd: false,
      wanted: null,
      turn: new Mutex(),
      listening: Promise.resolve(),
    });
    await this.store.save({ ...row, unheardSince });
  }

  private lookAtAll(): void {
    if (this.isLooking) return;
    this.isLooking = true;
    this.looking = Promise.all([...this.held.values()].map((held) => this.tend(held))).then(() => {
      this.isLooking = false;
    });
  }

  private async tend(held: Held): Promise<void> {
    const { environmentId, startedAt } = held.row;
    try {
      if (this.closing || this.environments.state(environmentId).state !== 'online') return;
      const ranMs = this.clock.now() - startedAt;
      if (ranMs > this.config.BAILIWICK_COMMAND_LIMIT_S * 1000) await this.end(held, 'overtime');
      await this.lookAt(held);
    } catch (error) {
      this.noteFailure(held, error);
    }
  }

  /** That the engine is away is told by the mirror; what could not be done is tried again soon. */
  private noteFailure({ row: { id } }: Held, error: unknown): void {
    if (!isOutage(error)) this.log.warn({ err: error, command: id }, 'A command could not be looked at');
  }

  /** What ended already ended by itself, though nobody has noticed yet. */
  private end(held: Held, why: 'cancelled' | 'overtime'): Promise<void> {
    const { environmentId, engineId } = held.row;
    return held.turn.run(async () => {
      const engine = this.environments.engineOf(environmentId);
      if (!(await engine.findProgram(engineId, held.mark))?.runs) return;
      const before = held.wanted;
      held.wanted ??= why;
      try {
        await engine.endProgram(engineId, held.mark);
      } catch (error) {
        held.wanted = before;
        throw error;
      }
    });
  }

  private lookAt(held: Held): Promise<void> {
    return held.turn.run(async () => {
      if (!this.held.has(held.row.id)) return;
      const state = await this.environments.engineOf(held.row.environmentId).findProgram(held.row.engineId, held.mark);
      if (state?.runs) {
        if (held.deafSinceMs !== null && held.row.unheardSince === null)
          await this.change(held, { unheardSince: held.deafSinceMs });
      } else if (held.deafSinceMs !== null) await this.finish(held, state);
      else if (held.sawEnd) held.connection.abort();
      // What it said last may still be on its way.
      else held.sawEnd = true;
    });
  }

  private async finish(held: Held, state: ProgramState | undefined): Promise<void> {
    const exitCode = exitCodeOf(held.row, state);
    const outcome = held.wanted ?? (await this.outcomeOf(held, exitCode));
    const endedAt = this.clock.now();
    await this.change(held, { endedAt, outcome, exitCode: outcome === 'container_ended' ? null : exitCode });
    this.held.delete(held.row.id);
    const { id, command, userName, startedAt, containerId } = held.row;
    const seconds = Math.round((endedAt - startedAt) / 1000);
    const details = { background: id, command, of: userName, reason: outcome, exitCode: held.row.exitCode, seconds };
    const entry = { actor: CORE, action: 'containers.backgroundEnd', target: this.targetOf(held.row), details };
    await this.audit.record(null, { ...entry, outcome: 'done' });
    for (const row of await this.store.superfluous(containerId)) await this.remove(row);
  }

  private async outcomeOf({ row }: Held, exitCode: number | null): Promise<BackgroundOutcome> {
    const engine = this.environments.engineOf(row.environmentId);
    const wasKilled = exitCode === null || exitCode >= SIGNALLED;
    if (await this.containers.isDown(engine, row.engineId, wasKilled ? STOPS_WITHIN_MS : 0)) return 'container_ended';
    return exitCode === null ? 'lost' : 'exited';
  }

  private async change(held: Held, change: Partial<BackgroundCommandRow>): Promise<void> {
    const row = { ...held.row, ...change };
    await this.store.save(row);
    held.row = row;
  }

  private targetOf({ containerId, tenantId }: BackgroundCommandRow): AuditTarget {
    const seen = this.mirrors.container(containerId);
    return seen ? toTarget(seen) : { kind: 'container', id: containerId, label: containerId, tenantId };
  }

  private async purge(): Promise<void> {
    const old = await this.store.endedBefore(this.clock.now() - KEEP_DAYS * DAY_MS);
    for (const row of [...old, ...(await this.store.forlorn())]) await this.remove(row);
  }
}

/** What an engine says of one that nobody listens to is not its own word. */
const exitCodeOf = ({ unheardSince }: BackgroundCommandRow, state: ProgramState | undefined): number | null =>
  unheardSince !== null && state?.exitCode === UNHEARD ? null : (state?.exitCode ?? null);
