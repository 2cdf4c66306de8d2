import { Injectable } from '@nestjs/common';
import type { CommandChoice, CommandResult, ContainerId, RunCommand } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { AppError, conflict } from '../../kernel/errors.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { ContainersService, type Entry } from '../containers/containers.service.js';
import { commandsOf, workloadOf } from '../containers/workloads.rules.js';
import { LIMITS, runInTime } from './run-in-time.js';
import { type Refused, sentenceOf, toAnyArgv, toArgv } from './run.rules.js';

@Injectable()
export class CommandsService {
  constructor(
    private readonly access: AccessService,
    private readonly containers: ContainersService,
    private readonly audit: AuditService,
    private readonly settings: ContainerSettingsService,
  ) {}

  async choice(actor: Actor, id: ContainerId): Promise<CommandChoice> {
    const { seen } = this.containers.enter(actor, id, 'containers.run');
    const { consoleDirectory } = await this.settings.saved(id);
    const anything = this.access.allows(actor, 'containers.shell', seen);
    return { programs: [...commandsOf(workloadOf(seen.image))].sort(), directory: consoleDirectory, anything };
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
      () => runInTime(entry, argv, limits),
      (result) => ({ exitCode: result.exitCode }),
    );
    return { exitCode, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), truncated, timedOut };
  }

  /** Whoever may open a shell there may start anything; others what is on the list. */
  argvInBackground(actor: Actor, entry: Entry, command: string): readonly string[] {
    if (!this.access.allows(actor, 'containers.shell', entry.seen)) return this.getArgv(entry, command);
    const read = toAnyArgv(command);
    if ('words' in read) return read.words;
    throw refused(read, []);
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
    throw refused(read, allowed);
  }
}

const refused = (refusal: Refused, allowed: readonly string[]): AppError =>
  new AppError('command_refused', 400, sentenceOf(refusal), {
    params: { reason: refusal.refused, at: refusal.at, allowed },
  });
