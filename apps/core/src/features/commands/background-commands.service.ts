import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type {
  BackgroundCommand,
  BackgroundCommandList,
  BackgroundOutcome,
  CommandId,
  CommandLogPiece,
  ContainerId,
  ReadCommandLog,
  StartBackgroundCommand,
} from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService, type AuditTarget } from '../../foundation/audit/audit.service.js';
import type { EngineProgram, ProgramMark, ProgramState } from '../../foundation/environments/engine.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock, toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { Hourly } from '../../kernel/hourly.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ConfidencesService } from '../configurations/confidences.service.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { ContainersService, type Entry, toTarget } from '../containers/containers.service.js';
import type { BackgroundCommandRow } from './background-command.entity.js';
import { BackgroundCommandsStore } from './background-commands.store.js';
import { CommandsService } from './commands.service.js';
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

/** Commands that run on by themselves: who may, how many, what they say, and how each ends. */
@Injectable()
export class BackgroundCommandsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly held = new Map<CommandId, Held>();
  /** Who is just starting one. */
  private readonly starting: string[] = [];
  private readonly log: Log;
  private readonly purging: Hourly<void>;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isLooking = false;
  private closing = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly commands: CommandsService,
    private readonly confidences: ConfidencesService,
    private readonly containers: ContainersService,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly outputs: KeptOutputs,
    private readonly settings: ContainerSettingsService,
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

  async start(actor: Actor, id: ContainerId, { command }: StartBackgroundCommand): Promise<BackgroundCommand> {
    const entry = this.containers.enter(actor, id, 'containers.run');
    const argv = this.commands.argvInBackground(actor, entry, command);
    this.assertRoom(actor);
    this.starting.push(actor.userId);
    try {
      const row = await this.audit.around(
        actor,
        'containers.background',
        entry.target,
        { command },
        () => this.begin(actor, entry, command, argv),
        (started) => ({ background: started.id }),
      );
      return toShown(row);
    } finally {
      this.starting.splice(this.starting.indexOf(actor.userId), 1);
    }
  }

  async list(actor: Actor, id: ContainerId): Promise<BackgroundCommandList> {
    const seen = this.enter(actor, id);
    const rows = (await this.store.of(id)).filter((row) => this.reaches(actor, seen, row));
    return {
      items: rows.map(toShown),
      version: rows.map((row) => `${row.id}.${row.endedAt ?? ''}.${row.unheardSince ?? ''}`).join(','),
    };
  }

  async read(actor: Actor, id: ContainerId, commandId: CommandId, { after }: ReadCommandLog): Promise<CommandLogPiece> {
    return this.outputs.read(await this.get(actor, id, commandId), after);
  }

  /** Ended already is fine. */
  async cancel(actor: Actor, id: ContainerId, commandId: CommandId): Promise<void> {
    const row = await this.get(actor, id, commandId);
    const held = this.held.get(commandId);
    if (!held) return;
    const { target } = this.containers.reach(actor, id, 'containers.run');
    const details = { background: commandId, command: row.command };
    await this.audit.around(actor, 'containers.backgroundCancel', target, details, async () => {
      await this.end(held, 'cancelled');
      const late = pause(CANCELS_WITHIN_MS, undefined, { ref: false });
      await Promise.race([held.listening.then(() => this.lookAt(held)), late]);
    });
  }

  private enter(actor: Actor, id: ContainerId): SeenContainer {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.run', seen);
    return seen;
  }

  private async get(actor: Actor, id: ContainerId, commandId: CommandId): Promise<BackgroundCommandRow> {
    const seen = this.enter(actor, id);
    const row = await this.store.find(commandId);
    if (row?.containerId !== id || !this.reaches(actor, seen, row)) throw notFound('command', commandId);
    return row;
  }

  /** One's own; those of others take what they could have taken. */
  private reaches(actor: Actor, seen: SeenContainer, { userId }: BackgroundCommandRow): boolean {
    return userId === actor.userId || this.access.allows(actor, 'containers.shell', seen);
  }

  private assertRoom({ userId }: Actor): void {
    const users = [...[...this.held.values()].map(({ row }) => row.userId), ...this.starting];
    const { BAILIWICK_COMMANDS_PER_PERSON: perPerson, BAILIWICK_COMMANDS_TOTAL: total } = this.config;
    if (users.filter((each) => each === userId).length >= perPerson) throw tooMany('person', perPerson);
    if (users.length >= total) throw tooMany('panel', total);
  }

  private async begin(
    actor: Actor,
    { engine, seen }: Entry,
    command: string,
    argv: readonly string[],
  ): Promise<BackgroundCommandRow> {
    const confidences = await this.confidences.of(seen);
    const { consoleDirectory } = await this.settings.saved(seen.id);
    const row: BackgroundCommandRow = {
      id: newId('cmd'),
      environmentId: seen.environmentId,
      tenantId: seen.tenantId,
      containerId: seen.id,
      engineId: seen.engineId,
      execId: null,
      pid: null,
      born: null,
      command,
      userId: actor.userId,
      userName: actor.displayName,
      startedAt: this.clock.now(),
      endedAt: null,
      outcome: null,
      exitCode: null,
      unheardSince: null,
    };
    await this.store.save(row);
    const connection = new AbortController();
    try {
      const output = await this.outputs.begin(row, confidences);
      const wish = { argv, workingDir: consoleDirectory };
      const program = await engine.startProgram(seen.engineId, wish, connection.signal);
      return await this.hold({ ...row, ...program.mark }, { program, output, connection });
    } catch (error) {
      connection.abort();
      await this.remove(row);
      throw error;
    }
  }

  private async hold(
    row: BackgroundCommandRow,
    { program, output, connection }: { program: EngineProgram; output: KeptOutput; connection: AbortController },
  ): Promise<BackgroundCommandRow> {
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

  private async remove(row: BackgroundCommandRow): Promise<void> {
    await this.outputs.remove(row);
    await this.store.remove(row.id);
  }
}

const toShown = (row: BackgroundCommandRow): BackgroundCommand => ({
  id: row.id,
  containerId: row.containerId,
  command: row.command,
  startedBy: { id: row.userId, name: row.userName },
  startedAt: toIso(row.startedAt),
  endedAt: toIsoOrNull(row.endedAt),
  outcome: row.outcome,
  exitCode: row.exitCode,
  unheardSince: toIsoOrNull(row.unheardSince),
});

/** What an engine says of one that nobody listens to is not its own word. */
const exitCodeOf = ({ unheardSince }: BackgroundCommandRow, state: ProgramState | undefined): number | null =>
  unheardSince !== null && state?.exitCode === UNHEARD ? null : (state?.exitCode ?? null);

const tooMany = (reason: 'person' | 'panel', most: number) =>
  conflict('too_many_commands', `At most ${most} commands may run in the background.`, { params: { reason, most } });
