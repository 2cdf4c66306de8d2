import { Duplex, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '../../kernel/errors.js';
import { ExecAnswer } from './docker-answers.rules.js';
import { type DockerCalls, LIMIT_MS, onContainer } from './docker-calls.js';
import { type Doing, toAppError } from './docker-errors.rules.js';
import { toBuffer } from './docker-log.rules.js';
import {
  birthIn,
  BORN,
  type DockerExecs,
  LOOK_ALIVE,
  MOST_COMPLAINT_BYTES,
  notStarted,
  NUMBER_WITHIN_MS,
} from './docker-execs.js';
import type { EngineProgram, ProgramMark, ProgramState, ProgramWish, RunLimits, RunResult } from './engine.js';
import { engineTimeout, folderMissing, toolMissing } from './engine-errors.js';
import { complaintOf, Frames, type OutputPiece, RunOutput } from './run-output.rules.js';

/** An engine ends a program's output a moment before it knows how it ended. */
const EXIT_LOOKS = 200;
const EXIT_LOOK_MS = 25;
/** How long who was asked to go may take. */
const GOES_WITHIN_MS = 5000;
const END_LOOK_MS = 50;
const LOOK_LIMITS = { timeoutMs: 5000, maxBytes: 4096 };
/** What an engine takes the exit code for once the connection of who listened broke. */
const UNHEARD = 126;
const PAUSED = /is paused/;
/** A program may complain a lot before its number is read: they are two streams. */
const MOST_BEFORE_BYTES = 256 * 1024;
/** Programs that are run in a container, and what is typed to its own. */
export class DockerPrograms {
  constructor(
    private readonly calls: DockerCalls,
    private readonly execs: DockerExecs,
  ) {}

  async run(engineId: string, argv: readonly string[], limits: RunLimits, signal?: AbortSignal): Promise<RunResult> {
    const doing = onContainer('run', engineId);
    const { id } = await this.calls.ask({ ...doing, limitMs: LIMIT_MS.change, signal }, (docker, abortSignal) =>
      docker.getContainer(engineId).exec({
        Cmd: [...argv],
        AttachStdin: limits.input !== undefined,
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
        Privileged: false,
        ...(limits.workingDir === undefined ? {} : { WorkingDir: limits.workingDir }),
        abortSignal,
      }),
    );
    const output = new RunOutput(limits.maxBytes);
    const heard = await this.hear(id, { doing, limits, output, signal });
    const exitCode = heard === 'end' ? await this.exitCodeOf(id, doing, signal) : null;
    const complaint = complaintOf(exitCode, output);
    if (complaint?.missing === 'folder') throw folderMissing(limits.workingDir ?? '/');
    if (complaint !== undefined) throw toolMissing(argv[0] ?? '', complaint.text);
    const { stdout, stderr, truncated } = output;
    return { exitCode, stdout, stderr, truncated, timedOut: heard === 'time' };
  }

  async start(engineId: string, wish: ProgramWish, signal: AbortSignal): Promise<EngineProgram> {
    const doing = onContainer('start in', engineId);
    const call = { ...doing, limitMs: LIMIT_MS.change, signal };
    const { id: execId } = await this.calls.ask(call, (docker, abortSignal) =>
      docker.getContainer(engineId).exec({
        Cmd: [...BORN, ...wish.argv],
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
        Privileged: false,
        ...(wish.workingDir === null ? {} : { WorkingDir: wish.workingDir }),
        abortSignal,
      }),
    );
    const stream = await this.calls.converse(call, (docker, abortSignal) =>
      docker.getExec(execId).start({ hijack: false, stdin: false, abortSignal }),
    );
    // Whoever reads it hears of its end; a connection that breaks is no failure of the core.
    stream.on('error', () => stream.destroy());
    const pieces = piecesOf(stream);
    try {
      const { pid, born, first } = await numberOf(pieces, wish);
      return { mark: { execId, pid, born }, output: following(first, pieces) };
    } catch (error) {
      stream.destroy();
      throw isAppError(error) ? error : toAppError(error, doing);
    }
  }

  async find(engineId: string, mark: ProgramMark, signal?: AbortSignal): Promise<ProgramState | undefined> {
    const answer = await this.execs.look(mark.execId, onContainer('look at a program in', engineId), signal);
    if (answer?.Running) return { runs: true, exitCode: null };
    // Either is said also of what runs, once nobody listens to it.
    const isUnsure = answer === undefined || answer.ExitCode === UNHEARD;
    if (isUnsure && (await this.isAlive(engineId, mark, signal))) return { runs: true, exitCode: null };
    return answer && { runs: false, exitCode: answer.ExitCode };
  }

  async end(engineId: string, mark: ProgramMark, signal?: AbortSignal): Promise<void> {
    const doing = onContainer('end a program in', engineId);
    for (const name of ['TERM', 'KILL'] as const) {
      if (await this.isOver(engineId, mark, 0, signal)) return;
      await this.execs.kill(doing, { pid: mark.pid, root: false, signal: name, whom: 'group' }, signal);
      if (await this.isOver(engineId, mark, GOES_WITHIN_MS, signal)) return;
    }
  }

  private async isOver(engineId: string, mark: ProgramMark, withinMs: number, signal?: AbortSignal): Promise<boolean> {
    const until = performance.now() + withinMs;
    while ((await this.find(engineId, mark, signal))?.runs) {
      if (performance.now() >= until) return false;
      await pause(END_LOOK_MS, undefined, { signal });
    }
    return true;
  }

  private async isAlive(engineId: string, { pid, born }: ProgramMark, signal?: AbortSignal): Promise<boolean> {
    try {
      const { stdout } = await this.run(engineId, [...LOOK_ALIVE, String(pid)], LOOK_LIMITS, signal);
      const found = birthIn(stdout);
      return found !== undefined && !found.isGone && (born === null || found.born === born);
    } catch (error) {
      if (isAppError(error, 'not_found')) return false;
      if (!isAppError(error, 'wrong_state')) throw error;
      return PAUSED.test(error.raw ?? error.message);
    }
  }

  /** Types to the program a container was started with. */
  async type(engineId: string, text: string, signal?: AbortSignal): Promise<void> {
    const doing = onContainer('attach', engineId);
    const timeUp = AbortSignal.timeout(LIMIT_MS.change);
    const ending = signal ? AbortSignal.any([signal, timeUp]) : timeUp;
    try {
      const stream = await this.calls.converse(
        { ...doing, limitMs: LIMIT_MS.change, signal: ending },
        async (docker, abortSignal) => {
          const options = { stream: true, stdin: true, stdout: false, stderr: false, hijack: true, abortSignal };
          const socket = await docker.getContainer(engineId).attach(options);
          if (socket instanceof Duplex) return socket;
          throw new Error('The engine answered and did not open a connection.');
        },
      );
      stream.end(text);
      await finished(stream.resume());
    } catch (error) {
      signal?.throwIfAborted();
      throw timeUp.aborted ? engineTimeout('attach', LIMIT_MS.change) : toAppError(error, doing);
    }
  }

  /** Listens until the program ends, its time is up, or it says far too much. */
  private async hear(
    execId: string,
    {
      doing,
      limits,
      output,
      signal,
    }: { doing: Doing; limits: RunLimits; output: RunOutput; signal?: AbortSignal | undefined },
  ): Promise<'end' | 'time' | 'flood'> {
    const { input, timeoutMs } = limits;
    const timeUp = AbortSignal.timeout(timeoutMs);
    const ending = signal ? AbortSignal.any([signal, timeUp]) : timeUp;
    const typed = input !== undefined;
    try {
      const stream = await this.calls.converse(
        { ...doing, limitMs: timeoutMs, signal: ending },
        (docker, abortSignal) => docker.getExec(execId).start({ hijack: typed, stdin: typed, abortSignal }),
      );
      if (input !== undefined) give(input, stream);
      for await (const chunk of stream) {
        output.push(toBuffer(chunk as string | Buffer));
        if (output.isFlood) return 'flood';
      }
      return 'end';
    } catch (error) {
      signal?.throwIfAborted();
      if (timeUp.aborted) return 'time';
      throw toAppError(error, doing);
    }
  }

  private async exitCodeOf(execId: string, doing: Doing, signal?: AbortSignal): Promise<number | null> {
    for (let look = 0; look < EXIT_LOOKS; look++) {
      const answer: unknown = await this.calls.ask({ ...doing, limitMs: LIMIT_MS.ask, signal }, (docker, abortSignal) =>
        docker.getExec(execId).inspect({ abortSignal }),
      );
      const { Running, ExitCode } = ExecAnswer.parse(answer);
      if (!Running && ExitCode !== null) return ExitCode;
      await pause(EXIT_LOOK_MS, undefined, { signal });
    }
    return null;
  }
}

/** What both streams say, as it comes. Where the connection breaks it just ends: who reads asks how the program is. */
async function* piecesOf(stream: Duplex): AsyncGenerator<OutputPiece, undefined> {
  const frames = new Frames();
  try {
    for await (const chunk of stream) yield* frames.push(toBuffer(chunk as string | Buffer));
  } catch (error) {
    if (!stream.destroyed) throw error;
  }
  return undefined;
}

/** Reads no further than the line with the number; what came on the other stream meanwhile may well be before it. */
async function numberOf(
  pieces: AsyncGenerator<OutputPiece, undefined>,
  wish: ProgramWish,
): Promise<{ pid: number; born: string | null; first: OutputPiece[] }> {
  const until = performance.now() + NUMBER_WITHIN_MS;
  let said = Buffer.alloc(0);
  let errors = Buffer.alloc(0);
  while (!said.includes('\n') && said.length + errors.length <= MOST_BEFORE_BYTES) {
    const { value } = await inTime(pieces.next(), until - performance.now());
    if (value === undefined) break;
    if (value.isError) errors = Buffer.concat([errors, value.bytes]);
    else said = Buffer.concat([said, value.bytes]);
  }
  const number = birthIn(said);
  // What is missing where nothing starts is what says the number.
  if (!number)
    throw notStarted(Buffer.concat([said, errors]).subarray(0, MOST_COMPLAINT_BYTES), { ...wish, argv: BORN });
  const first = [{ isError: true, bytes: errors }, { isError: false, bytes: number.rest }]; // prettier-ignore
  return { pid: number.pid, born: number.born, first };
}

async function inTime<Result>(work: Promise<Result>, ms: number): Promise<Result> {
  const timer = new AbortController();
  const late = pause(Math.max(0, ms), undefined, { signal: timer.signal }).then(
    () => Promise.reject(engineTimeout('start in', NUMBER_WITHIN_MS)),
    () => work,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

async function* following(
  first: readonly OutputPiece[],
  pieces: AsyncIterable<OutputPiece>,
): AsyncGenerator<OutputPiece> {
  for (const piece of first) if (piece.bytes.length > 0) yield piece;
  yield* pieces;
}

/** At the pace of the program; what cannot be read any more ends it. */
function give(input: Buffer | AsyncIterable<Buffer>, to: Duplex): void {
  if (input instanceof Buffer) {
    to.end(input);
    return;
  }
  const from = Readable.from(input, { objectMode: false });
  from.on('error', (error) => to.destroy(error));
  to.on('close', () => from.destroy());
  from.pipe(to);
}
