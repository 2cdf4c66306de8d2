import { Duplex } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ExecAnswer } from './docker-answers.rules.js';
import { type DockerCalls, LIMIT_MS, onContainer } from './docker-calls.js';
import { type Doing, toAppError } from './docker-errors.rules.js';
import { toBuffer } from './docker-log.rules.js';
import type { RunLimits, RunResult } from './engine.js';
import { engineTimeout, folderMissing, toolMissing } from './engine-errors.js';
import { complaintOf, RunOutput } from './run-output.rules.js';

/** An engine ends a program's output a moment before it knows how it ended. */
const EXIT_LOOKS = 40;
const EXIT_LOOK_MS = 25;
/** Programs that are run in a container, and what is typed to its own. */
export class DockerPrograms {
  constructor(private readonly calls: DockerCalls) {}

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
      if (typed) stream.end(input);
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
