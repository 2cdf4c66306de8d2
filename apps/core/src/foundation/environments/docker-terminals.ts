import { Duplex } from 'node:stream';
import { isAppError } from '../../kernel/errors.js';
import { type DockerCalls, LIMIT_MS, onContainer } from './docker-calls.js';
import { type Doing, toAppError } from './docker-errors.rules.js';
import {
  asUser,
  type DockerExecs,
  MOST_COMPLAINT_BYTES,
  notStarted,
  NUMBER_WITHIN_MS,
  NUMBERED,
  numberIn,
} from './docker-execs.js';
import { toBuffer } from './docker-log.rules.js';
import type { EngineTerminal, TerminalMark, TerminalWish } from './engine.js';

/** How long who was asked to go may take. */
const GOES_WITHIN_MS = 2000;

/** Programs at terminals of their own. */
export class DockerTerminals {
  constructor(
    private readonly calls: DockerCalls,
    private readonly execs: DockerExecs,
  ) {}

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
      const exitCode = async (): Promise<number | null> => (await this.execs.ended(execId, doing, GOES_WITHIN_MS))?.ExitCode ?? null; // prettier-ignore
      return { mark: { execId, pid, root: wish.root }, stream, resize, exitCode };
    } catch (error) {
      stream.destroy();
      throw isAppError(error) ? error : toAppError(error, doing);
    }
  }

  async hangUp(engineId: string, { execId, pid, root }: TerminalMark, signal?: AbortSignal): Promise<void> {
    const doing = onContainer('hang up', engineId);
    if (await this.execs.ended(execId, doing, 0, signal)) return;
    await this.execs.kill(doing, { pid, root, signal: 'HUP', whom: 'alone' }, signal);
    if (await this.execs.ended(execId, doing, GOES_WITHIN_MS, signal)) return;
    await this.execs.kill(doing, { pid, root, signal: 'KILL', whom: 'alone' }, signal);
    await this.execs.ended(execId, doing, GOES_WITHIN_MS, signal);
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
}

/** Reads no further than that line. Without one, what was said instead is the engine's complaint. */
async function numberOf(stream: Duplex, wish: TerminalWish): Promise<number> {
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
  const number = heard ? numberIn(said) : undefined;
  if (!number) throw notStarted(said, wish);
  if (number.rest.length > 0) stream.unshift(number.rest);
  return number.pid;
}
