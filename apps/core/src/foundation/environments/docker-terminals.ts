import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { conflict, isAppError } from '../../kernel/errors.js';
import { ExecAnswer } from './docker-answers.rules.js';
import { type DockerCalls, LIMIT_MS, onContainer } from './docker-calls.js';
import { type Doing, toAppError } from './docker-errors.rules.js';
import { toBuffer } from './docker-log.rules.js';
import type { EngineTerminal, TerminalMark, TerminalWish } from './engine.js';
import { folderMissing, toolMissing } from './engine-errors.js';
import { complaintIn } from './run-output.rules.js';

/** Says its number first, by which it can be ended: an engine ends nothing that it started in a container. */
const NUMBERED = ['sh', '-c', 'echo "$$"; exec "$@"', 'sh'];
const NUMBER_LINE = /^(\d{1,10})\r?\n/;
const NUMBER_WITHIN_MS = 10_000;
const MOST_COMPLAINT_BYTES = 4096;
const LOOK_MS = 25;
/** How long who was asked to go may take. */
const GOES_WITHIN_MS = 2000;

/** Programs at terminals of their own. */
export class DockerTerminals {
  constructor(private readonly calls: DockerCalls) {}

  async open(engineId: string, wish: TerminalWish, signal: AbortSignal): Promise<EngineTerminal> {
    const doing = onContainer('terminal', engineId);
    const execId = await this.prepare(doing, wish, signal);
    const stream = await this.calls.converse(
      { ...doing, limitMs: LIMIT_MS.change, signal },
      async (docker, abortSignal) => {
        const socket = await docker.getExec(execId).start({ hijack: true, stdin: true, Tty: true, abortSignal });
        if (socket instanceof Duplex) return socket;
        throw new Error('The engine answered and did not open a connection.');
      },
    );
    // Whoever holds the stream hears of its end; a connection that breaks is no failure of the core.
    stream.on('error', () => stream.destroy());
    const resize = async (columns: number, rows: number): Promise<void> => {
      await this.calls.ask({ ...doing, limitMs: LIMIT_MS.change, signal }, (docker, abortSignal) =>
        docker.getExec(execId).resize({ w: columns, h: rows, abortSignal }),
      );
    };
    try {
      const pid = await numberOf(stream, wish);
      await resize(wish.columns, wish.rows);
      const exitCode = async (): Promise<number | null> => (await this.ended(execId, doing, GOES_WITHIN_MS))?.ExitCode ?? null; // prettier-ignore
      return { mark: { execId, pid, root: wish.root }, stream, resize, exitCode };
    } catch (error) {
      stream.destroy();
      throw isAppError(error) ? error : toAppError(error, doing);
    }
  }

  async hangUp(engineId: string, { execId, pid, root }: TerminalMark, signal?: AbortSignal): Promise<void> {
    const doing = onContainer('hang up', engineId);
    if (await this.ended(execId, doing, 0, signal)) return;
    await this.kill(doing, { pid, root, with: 'HUP' }, signal);
    if (await this.ended(execId, doing, GOES_WITHIN_MS, signal)) return;
    await this.kill(doing, { pid, root, with: 'KILL' }, signal);
    await this.ended(execId, doing, GOES_WITHIN_MS, signal);
  }

  private async prepare(doing: Doing, wish: TerminalWish, signal: AbortSignal): Promise<string> {
    const { id } = await this.calls.ask({ ...doing, limitMs: LIMIT_MS.change, signal }, (docker, abortSignal) =>
      docker.getContainer(doing.name).exec({
        Cmd: [...NUMBERED, ...wish.argv],
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        Tty: true,
        Privileged: false,
        Env: ['TERM=xterm-256color'],
        ...asUser(wish.root),
        ...(wish.workingDir === null ? {} : { WorkingDir: wish.workingDir }),
        abortSignal,
      }),
    );
    return id;
  }

  private async kill(
    doing: Doing,
    { pid, root, with: name }: { pid: number; root: boolean; with: 'HUP' | 'KILL' },
    signal?: AbortSignal,
  ): Promise<void> {
    const call = { ...doing, limitMs: LIMIT_MS.change, signal };
    await this.calls.ask(call, async (docker, abortSignal) => {
      const exec = await docker.getContainer(doing.name).exec({
        Cmd: ['sh', '-c', 'kill "-$1" "$2"', 'sh', name, String(pid)],
        Privileged: false,
        ...asUser(root),
        abortSignal,
      });
      return exec.start({ Detach: true, abortSignal });
    });
  }

  /** How it ended, within this time; an engine forgets what ended, together with its container. */
  private async ended(
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

  private async look(execId: string, doing: Doing, signal?: AbortSignal) {
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
}

const asUser = (root: boolean) => (root ? { User: '0:0' } : {});

/** Reads no further than that line. Without one, what was said instead is the engine's complaint. */
async function numberOf(stream: Duplex, { argv, workingDir }: TerminalWish): Promise<number> {
  const timeUp = AbortSignal.timeout(NUMBER_WITHIN_MS);
  let said = Buffer.alloc(0);
  const heard = await new Promise<boolean>((resolve) => {
    const stop = (complete: boolean) => {
      stream.off('readable', read).off('end', over).off('close', over);
      timeUp.removeEventListener('abort', over);
      resolve(complete);
    };
    const over = () => stop(false);
    const read = () => {
      for (let chunk: unknown; !said.includes('\n') && (chunk = stream.read()) !== null;)
        said = Buffer.concat([said, toBuffer(chunk as string | Buffer)]);
      if (said.includes('\n') || said.length > MOST_COMPLAINT_BYTES) stop(true);
    };
    stream.on('readable', read).on('end', over).on('close', over);
    timeUp.addEventListener('abort', over);
  });
  const line = heard ? NUMBER_LINE.exec(said.toString('latin1')) : null;
  if (line) {
    const rest = said.subarray(line[0].length);
    if (rest.length > 0) stream.unshift(rest);
    return Number(line[1]);
  }
  const complaint = said.toString('utf8').trim();
  const missing = complaintIn(complaint)?.missing;
  if (missing === 'folder') throw folderMissing(workingDir ?? '/');
  if (missing === 'program') throw toolMissing(argv[0] ?? '', complaint);
  throw conflict('terminal_refused', 'The engine could not start that program there.', { raw: complaint });
}
