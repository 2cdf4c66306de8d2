import { Inject, Injectable } from '@nestjs/common';
import type {
  BackgroundCommand,
  BackgroundCommandList,
  CommandId,
  CommandLogPiece,
  ContainerId,
  ReadCommandLog,
  StartBackgroundCommand,
  UserId,
} from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock, toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ConfidencesService } from '../configurations/confidences.service.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { ContainersService, type Entry } from '../containers/containers.service.js';
import type { BackgroundCommandRow } from './background-command.entity.js';
import { BackgroundCommandsStore } from './background-commands.store.js';
import { CommandsService } from './commands.service.js';
import { KeptOutputs } from './kept-outputs.driver.js';
import { RunningCommandsService } from './running-commands.service.js';

/** Commands that run on by themselves: who may start them, how many, and who sees what they say. */
@Injectable()
export class BackgroundCommandsService {
  /** Who is just starting one. */
  private readonly starting: UserId[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly commands: CommandsService,
    private readonly confidences: ConfidencesService,
    private readonly containers: ContainersService,
    private readonly outputs: KeptOutputs,
    private readonly running: RunningCommandsService,
    private readonly settings: ContainerSettingsService,
    private readonly store: BackgroundCommandsStore,
  ) {}

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
    if (!this.running.isHeld(commandId)) return;
    const { target } = this.containers.reach(actor, id, 'containers.run');
    const details = { background: commandId, command: row.command };
    await this.audit.around(actor, 'containers.backgroundCancel', target, details, () =>
      this.running.cancel(commandId),
    );
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
    const users = [...this.running.owners(), ...this.starting];
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
      return await this.running.hold({ ...row, ...program.mark }, { program, output, connection });
    } catch (error) {
      connection.abort();
      await this.running.remove(row);
      throw error;
    }
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

const tooMany = (reason: 'person' | 'panel', most: number) =>
  conflict('too_many_commands', `At most ${most} commands may run in the background.`, { params: { reason, most } });
