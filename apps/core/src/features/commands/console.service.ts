import { Injectable } from '@nestjs/common';
import type { ContainerConsole, ContainerId, LineSent, SendLine } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { conflict, isAppError } from '../../kernel/errors.js';
import { ContainersService, type Entry } from '../containers/containers.service.js';
import { offersConsole, workloadOf } from '../containers/workloads.rules.js';
import { PresetsService } from '../presets/presets.service.js';
import { CONSOLE_PROGRAMS, consoleClosed, isMissing, type Tried, wayOf } from './console.rules.js';
import { LIMITS, runInTime } from './run-in-time.js';

/** Commands for the main program, a line at a time. What it says is read from its log, never here. */
@Injectable()
export class ConsoleService {
  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly containers: ContainersService,
    private readonly presets: PresetsService,
  ) {}

  /** How a line would get there, and what is at hand. */
  async see(actor: Actor, id: ContainerId): Promise<ContainerConsole> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.console', seen);
    assertOffered(actor, seen);
    const inspection = await this.containers.findInspection(seen);
    const preset = seen.preset === null ? undefined : await this.presets.findCurrent(seen.preset);
    return {
      way: inspection ? wayOf(inspection.stdinOpen, workloadOf(seen.image)) : null,
      quickActions: preset?.preset.quickActions ?? [],
    };
  }

  async send(actor: Actor, id: ContainerId, { line }: SendLine): Promise<LineSent> {
    const entry = this.containers.enter(actor, id, 'containers.console');
    assertOffered(actor, entry.seen);
    const sent = await this.audit.around(
      actor,
      'containers.console',
      entry.target,
      { line },
      () => this.bring(entry, line),
      ({ program }) => (program === null ? {} : { program }),
    );
    return { said: sent.said };
  }

  private async bring(entry: Entry, line: string): Promise<LineSent & { program: string | null }> {
    const { engine, seen } = entry;
    try {
      await engine.writeStdin(seen.engineId, `${line}\n`);
      return { program: null, said: null };
    } catch (error) {
      if (!isAppError(error, 'stdin_closed') || !offersConsole(workloadOf(seen.image))) throw error;
      return this.bringByProgram(entry, line);
    }
  }

  /** The image's own ways to its main program, one after the other. */
  private async bringByProgram(entry: Entry, line: string): Promise<{ program: string; said: string }> {
    const tried: Tried[] = [];
    for (const { program, toArgv } of CONSOLE_PROGRAMS) {
      try {
        const { exitCode, stdout, stderr } = await runInTime(entry, toArgv(line), LIMITS);
        if (exitCode === 0) return { program, said: stdout.toString('utf8') };
        if (!isMissing(exitCode)) tried.push({ program, said: (stderr.length > 0 ? stderr : stdout).toString('utf8') });
      } catch (error) {
        if (!isAppError(error, 'tool_missing')) throw error;
      }
    }
    throw consoleClosed(entry.seen.name, tried);
  }
}

/** Staff knows what it types to. */
function assertOffered(actor: Actor, { image }: SeenContainer): void {
  const workload = workloadOf(image);
  if (offersConsole(workload) || isStaff(actor)) return;
  throw conflict('console_unsupported', 'The main program of this image takes no commands by the line.', {
    params: { image, workload },
  });
}
