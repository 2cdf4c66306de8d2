import { PassThrough } from 'node:stream';
import type { EngineProgram, ProgramMark, ProgramState } from './engine.js';
import type { FakeStep } from './fake-process.rules.js';

/** A pretended program that somebody started and does not wait for; its end stays known. */
export class FakeRunning implements EngineProgram {
  readonly output = new PassThrough({ objectMode: true });
  private exitCode: number | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly mark: ProgramMark,
    steps: readonly FakeStep[],
  ) {
    this.walk(steps);
  }

  get state(): ProgramState {
    return { runs: this.exitCode === null, exitCode: this.exitCode };
  }

  finish(code: number): void {
    if (this.exitCode !== null) return;
    clearTimeout(this.timer);
    this.exitCode = code;
    this.output.end();
  }

  /** The connection ends, and the program goes on. */
  leave(): void {
    this.output.end();
  }

  private walk(steps: readonly FakeStep[]): void {
    const [step, ...rest] = steps;
    if (!step || step.do === 'exit') return this.finish(step?.code ?? 0);
    if (step.do === 'print') {
      if (!this.output.writableEnded)
        this.output.write({ isError: step.stream === 'stderr', bytes: Buffer.from(step.text) });
      return this.walk(rest);
    }
    if (Number.isFinite(step.ms)) this.timer = setTimeout(() => this.walk(rest), step.ms).unref();
  }
}
