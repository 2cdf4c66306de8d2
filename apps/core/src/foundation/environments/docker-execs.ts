import { setTimeout as pause } from 'node:timers/promises';
import { type AppError, conflict, isAppError } from '../../kernel/errors.js';
import { ExecAnswer } from './docker-answers.rules.js';
import { type DockerCalls, LIMIT_MS } from './docker-calls.js';
import type { Doing } from './docker-errors.rules.js';
import type { ProgramWish } from './engine.js';
import { folderMissing, toolMissing } from './engine-errors.js';
import { complaintIn } from './run-output.rules.js';

/** Says its number first, by which it can be ended: an engine ends nothing that it started in a container. */
export const NUMBERED = ['sh', '-c', 'echo "$$"; exec "$@"', 'sh'] as const;
export const NUMBER_WITHIN_MS = 10_000;
export const MOST_COMPLAINT_BYTES = 4096;
const NUMBER_LINE = /^(\d{1,10})\r?\n/;
const LOOK_MS = 25;
/** The same, and when it began. */
export const BORN = ['sh', '-c', 'read -r s </proc/$$/stat; echo "$$ ${s##*) }"; exec "$@"', 'sh'] as const;
export const LOOK_ALIVE = ['sh', '-c', 'read -r s </proc/$1/stat && echo "$1 ${s##*) }"', 'sh'] as const;
const BORN_LINE = /^(\d{1,10}) ?([^\n]*)\n/;
/** In the words that follow the name of the program there. */
const BORN_FIELD = 19;
const GONE = new Set(['Z', 'X', 'x']);

/** One program, or the group of all that it started. */
const KILLS = {
  alone: 'kill "-$1" "$2"',
  group: 'kill "-$1" -- "-$2" 2>/dev/null || kill "-$1" "$2"',
} as const;

interface Kill {
  readonly pid: number;
  readonly root: boolean;
  readonly signal: 'HUP' | 'TERM' | 'KILL';
  readonly whom: keyof typeof KILLS;
}

/** What a program that was started so that it says its number said first: the number, and what came after it. */
export function numberIn(said: Buffer): { readonly pid: number; readonly rest: Buffer } | undefined {
  const line = NUMBER_LINE.exec(said.toString('latin1'));
  return line ? { pid: Number(line[1]), rest: said.subarray(line[0].length) } : undefined;
}

/** The same of one that says when it began as well. */
export function birthIn(said: Buffer): { pid: number; born: string | null; isGone: boolean; rest: Buffer } | undefined {
  const line = BORN_LINE.exec(said.toString('latin1'));
  if (!line) return undefined;
  const words = (line[2] ?? '').split(' ');
  const born = words[BORN_FIELD] ?? null;
  return { pid: Number(line[1]), born, isGone: GONE.has(words[0] ?? ''), rest: said.subarray(line[0].length) };
}

/** What was said instead of a number is the engine's complaint. */
export function notStarted(said: Buffer, { argv, workingDir }: ProgramWish): AppError {
  const complaint = said.toString('utf8').trim();
  const missing = complaintIn(complaint)?.missing;
  if (missing === 'folder') return folderMissing(workingDir ?? '/');
  if (missing === 'program') return toolMissing(argv[0] ?? '', complaint);
  return conflict('terminal_refused', 'The engine could not start that program there.', { raw: complaint });
}

/** Programs that were started in containers: what became of them, and how they are ended. */
export class DockerExecs {
  constructor(private readonly calls: DockerCalls) {}

  /** How it ended, within this time; an engine forgets what ended, together with its container. */
  async ended(
    execId: string,
    doing: Doing,
    withinMs: number,
    signal?: AbortSignal,
  ): Promise<{ ExitCode: number | null } | undefined> {
    const until = performance.now() + withinMs;
    for (;;) {
      const answer = await this.look(execId, doing, signal);
      if (!answer?.Running) return answer ?? { ExitCode: null };
      if (performance.now() >= until) return undefined;
      await pause(LOOK_MS, undefined, { signal });
    }
  }

  async look(execId: string, doing: Doing, signal?: AbortSignal) {
    try {
      const call = { ...doing, limitMs: LIMIT_MS.ask, signal };
      const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
        docker.getExec(execId).inspect({ abortSignal }),
      );
      return ExecAnswer.parse(answer);
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  async kill(doing: Doing, { pid, root, signal: name, whom }: Kill, signal?: AbortSignal): Promise<void> {
    const call = { ...doing, limitMs: LIMIT_MS.change, signal };
    await this.calls.ask(call, async (docker, abortSignal) => {
      const exec = await docker.getContainer(doing.name).exec({
        Cmd: ['sh', '-c', KILLS[whom], 'sh', name, String(pid)],
        Privileged: false,
        ...asUser(root),
        abortSignal,
      });
      return exec.start({ Detach: true, abortSignal });
    });
  }
}

export const asUser = (root: boolean) => (root ? { User: '0:0' } : {});
