import { Injectable } from '@nestjs/common';
import type { CommandChoice, CommandResult, ContainerId, RunCommand, SendLine } from '@bailiwick/contract';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { RunLimits, RunResult } from '../../foundation/environments/engine.js';
import { AppError, conflict, isAppError } from '../../kernel/errors.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { ContainersService, type Entry } from '../containers/containers.service.js';
import { commandsOf, offersConsole, workloadOf } from '../containers/workloads.rules.js';
import { sentenceOf, toArgv, withinTime } from './run.rules.js';

const SECONDS = 10;
/** Who ends it in the container comes first; then we stop listening. */
const LIMITS = { timeoutMs: SECONDS * 1000 + 500, maxBytes: 64 * 1024 };

@Injectable()
export class CommandsService {
  constructor(
    private readonly containers: ContainersService,
    private readonly audit: AuditService,
    private readonly settings: ContainerSettingsService,
  ) {}

  async choice(actor: Actor, id: ContainerId): Promise<CommandChoice> {
    const { seen } = this.containers.enter(actor, id, 'containers.run');
    const { consoleDirectory } = await this.settings.saved(id);
    return { programs: [...commandsOf(workloadOf(seen.image))].sort(), directory: consoleDirectory };
  }

  /** One program of the list for this kind of image, as the container's own user, where commands begin there. */
  async run(actor: Actor, id: ContainerId, { command }: RunCommand): Promise<CommandResult> {
    const entry = this.containers.enter(actor, id, 'containers.run');
    const argv = this.getArgv(entry, command);
    const { consoleDirectory } = await this.settings.saved(id);
    const limits = consoleDirectory === null ? LIMITS : { ...LIMITS, workingDir: consoleDirectory };
    const { exitCode, stdout, stderr, truncated, timedOut } = await this.audit.around(
      actor,
      'containers.run',
      entry.target,
      { command },
      () => this.runInTime(entry, argv, limits),
      (result) => ({ exitCode: result.exitCode }),
    );
    return { exitCode, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), truncated, timedOut };
  }

  /** One line for the main program; what it answers is in the log. */
  async send(actor: Actor, id: ContainerId, { line }: SendLine): Promise<void> {
    const { seen, engine, target } = this.containers.enter(actor, id, 'containers.console');
    const workload = workloadOf(seen.image);
    // Staff knows what it types to.
    if (!offersConsole(workload) && !isStaff(actor))
      throw conflict('console_unsupported', 'The main program of this image takes no commands by the line.', {
        params: { image: seen.image, workload },
      });
    await this.audit.around(actor, 'containers.console', target, { line }, () =>
      engine.writeStdin(seen.engineId, `${line}\n`),
    );
  }

  private getArgv({ seen }: Entry, command: string): readonly string[] {
    const workload = workloadOf(seen.image);
    const allowed = commandsOf(workload);
    if (allowed.length === 0)
      throw conflict('run_unsupported', 'No commands are offered for images of this kind.', {
        params: { image: seen.image, workload },
      });
    const read = toArgv(command, allowed);
    if ('words' in read) return read.words;
    throw new AppError('command_refused', 400, sentenceOf(read), {
      params: { reason: read.refused, at: read.at, allowed },
    });
  }

  private async runInTime(
    { seen: { engineId }, engine }: Entry,
    argv: readonly string[],
    limits: RunLimits,
  ): Promise<RunResult> {
    try {
      return await engine.run(engineId, withinTime(argv, SECONDS), limits);
    } catch (error) {
      if (!isAppError(error, 'tool_missing')) throw error;
      // An image without `timeout`: what goes on too long is left to itself.
      return engine.run(engineId, argv, limits);
    }
  }
}
