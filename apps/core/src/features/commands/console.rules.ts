import type { ConsoleWay } from '@bailiwick/contract';
import { type AppError, conflict } from '../../kernel/errors.js';
import { offersConsole, type Workload } from '../containers/workloads.rules.js';

interface ConsoleProgram {
  readonly program: string;
  /** The line is one word of it: no shell reads it. */
  readonly toArgv: (line: string) => readonly string[];
}
/** What was there and did not take the line, in its own words. */
export interface Tried {
  readonly program: string;
  readonly said: string;
}

/** In the order they are asked. The second would take a line that begins with a dash for its options. */
export const CONSOLE_PROGRAMS: readonly ConsoleProgram[] = [
  { program: 'mc-send-to-console', toArgv: (line) => ['mc-send-to-console', line] },
  { program: 'rcon-cli', toArgv: (line) => ['rcon-cli', '--', line] },
];

export const wayOf = (stdinOpen: boolean, workload: Workload): ConsoleWay =>
  stdinOpen ? 'input' : offersConsole(workload) ? 'program' : 'closed';

/** As `timeout`, and a shell, say that they found no such program, or none that can be run. */
export const isMissing = (exitCode: number | null): boolean => exitCode === 126 || exitCode === 127;

const MOST_SAID = 300;

/** 409: its input is closed, and no program of the image takes the line there. */
export function consoleClosed(name: string, tried: readonly Tried[]): AppError {
  const programs = CONSOLE_PROGRAMS.map(({ program }) => program).join(' nor ');
  const last = tried.at(-1);
  const reason = last
    ? `${last.program} did not take the line: ${last.said.trim().slice(0, MOST_SAID)}`
    : `its image has neither ${programs}.`;
  return conflict(
    'stdin_closed',
    `Nobody can type to this container: its input was closed when it was made, and ${reason}`,
    {
      params: { name, program: last?.program ?? null },
    },
  );
}
