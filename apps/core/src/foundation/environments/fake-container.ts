import type { UnsafeMaking } from '@bailiwick/contract';
import type { ContainerState } from '@bailiwick/contract';
import type {
  ContainerSpec,
  EngineInspection,
  EngineProcess,
  LiveChange,
  ProgramWish,
  RestartPolicy,
  RunResult,
  TerminalWish,
} from './engine.js';
import { FakeFiles } from './fake-files.js';
import type { FakeImage } from './fake-image.js';
import { FakeLog } from './fake-log.js';
import { type FakeLimits, runFake } from './fake-programs.js';
import type { EngineUsage } from './usage.js';
import { FakeRunning } from './fake-running.js';
import { FakeTerminal } from './fake-terminal.js';
import { FakeUse } from './fake-use.js';
import { type FakeProgram, type FakeStep, toProgram } from './fake-process.rules.js';

const KILLED = 137;
const OUT_OF_MEMORY = 137;

type Announce = (action: string, exitCode?: number) => void;

/** One pretended container: a state machine whose process is a list of steps. */
export class FakeContainer {
  name: string;
  state: ContainerState = 'created';
  health: EngineInspection['health'] = 'none';
  exitCode: number | null = null;
  oomKilled = false;
  startedAtMs: number | null = null;
  finishedAtMs: number | null = null;
  restartCount = 0;
  restartPolicy: RestartPolicy;
  readonly networks: Set<string>;
  /** As it was made, and changed since. */
  spec: ContainerSpec;
  /** How it was made past us, where that is more than a spec says. */
  readonly unsafe: UnsafeMaking[] = [];
  readonly beyond: string[] = [];
  /** What its health checks said. */
  readonly healthProbes: Array<EngineInspection['healthProbes'][number]> = [];
  readonly log: FakeLog;
  /** What is in it beside its image; a volume's folder is there from the beginning. */
  readonly files: FakeFiles;
  /** Those that run, by the number of their program. */
  readonly terminals = new Map<number, FakeTerminal>();
  /** Those that were started in it, also those that ended. */
  readonly programs: FakeRunning[] = [];
  /** What it is pretended to use. */
  readonly use: FakeUse;
  private readonly program: FakeProgram;
  private lastPid = 1;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    readonly engineId: string,
    spec: ContainerSpec,
    readonly image: FakeImage & { readonly id: string },
    readonly createdAtMs: number,
    private readonly nowMs: () => number,
    private readonly announce: Announce,
  ) {
    this.spec = spec;
    this.name = spec.name;
    this.networks = new Set([spec.network]);
    this.log = new FakeLog(nowMs);
    this.files = new FakeFiles(nowMs);
    this.use = new FakeUse(nowMs);
    this.restartPolicy = { ...spec.restart };
    for (const { target } of spec.volumes) this.files.makeFolder(target);
    this.program = toProgram([...(spec.entrypoint ?? []), ...(spec.command ?? [])]) ?? image;
  }

  get isUp(): boolean {
    return this.state === 'running' || this.state === 'paused' || this.state === 'restarting';
  }

  start(): void {
    this.state = 'running';
    this.use.begin();
    this.startedAtMs = this.nowMs();
    this.finishedAtMs = null;
    this.exitCode = null;
    this.oomKilled = false;
    this.health = this.spec.health ? 'starting' : 'none';
    this.announce('start');
    if (this.spec.health) this.after(this.image.health.afterMs, () => this.becomeHealth(this.image.health.becomes));
    this.walk(this.program.steps);
  }

  /** SIGTERM, and SIGKILL for who does not listen. The wait between the two is left out. */
  stop(): void {
    this.announce('kill');
    this.end(this.program.onTerm ?? KILLED, { restart: false });
    this.announce('stop');
  }

  kill(signal: string): void {
    this.announce('kill');
    if (signal === 'SIGKILL') this.end(KILLED, { restart: false });
    else if (signal === 'SIGTERM' && this.program.onTerm !== null) this.end(this.program.onTerm, { restart: false });
  }

  runOutOfMemory(): void {
    this.oomKilled = true;
    this.announce('oom');
    this.end(OUT_OF_MEMORY, { restart: true });
  }

  /** The process ends by itself. */
  exit(code: number): void {
    this.end(code, { restart: true });
  }

  pause(): void {
    this.state = 'paused';
    this.announce('pause');
  }

  unpause(): void {
    this.state = 'running';
    this.announce('unpause');
  }

  update({ restart, memory, cpuset, ...limits }: LiveChange): void {
    if (restart) this.restartPolicy = restart;
    this.spec = { ...this.spec, ...memory, ...limits, ...(cpuset === undefined ? {} : { cpuset: cpuset || null }) };
  }

  /** Undefined where its image has no such program. */
  run(argv: readonly string[], limits: FakeLimits): RunResult | undefined {
    if (this.image.isBare) return undefined;
    const left = runFake(this.files, argv, limits);
    if (!left) return undefined;
    const [stdout, stderr] = [left.stdout.subarray(0, limits.maxBytes), left.stderr.subarray(0, limits.maxBytes)];
    const truncated = stdout.length < left.stdout.length || stderr.length < left.stderr.length;
    return { exitCode: left.exitCode, stdout, stderr, truncated, timedOut: left.exitCode === null };
  }

  /** Its program, and the shells in it. */
  processes(): EngineProcess[] {
    const shells = [...this.terminals.values()].map(({ mark, argv }) => ({ pid: mark.pid, command: argv.join(' ') }));
    const { entrypoint, command, user } = this.spec;
    const main = { pid: 1, command: [...(entrypoint ?? []), ...(command ?? ['image'])].join(' ') };
    return [main, ...shells].map((each) => ({
      ...each,
      parentPid: 0,
      uid: user ?? '0',
      cpuPercent: 0,
      memoryPercent: 0.1,
      elapsed: '00:01',
    }));
  }

  startProgram({ argv, workingDir }: ProgramWish, signal: AbortSignal): FakeRunning {
    const pid = ++this.lastPid;
    const running = new FakeRunning(
      { execId: `${this.engineId}-${pid}`, pid, born: null },
      this.stepsOf(argv, workingDir),
    );
    this.programs.push(running);
    signal.addEventListener('abort', () => running.leave(), { once: true });
    return running;
  }

  openTerminal(wish: TerminalWish, signal: AbortSignal): FakeTerminal {
    const pid = ++this.lastPid;
    const terminal = new FakeTerminal(pid, wish, () => this.terminals.delete(pid));
    this.terminals.set(pid, terminal);
    signal.addEventListener('abort', () => terminal.destroy(), { once: true });
    return terminal;
  }

  /** What its main program reads. */
  type(text: string): void {
    const { echoes } = this.program;
    if (echoes === undefined) return;
    for (const line of text.split('\n').slice(0, -1)) this.log.write('stdout', `${echoes}${line}`);
  }

  becomeHealth(health: EngineInspection['health']): void {
    this.health = health;
    const passes = health === 'healthy';
    const output = passes ? 'It answers.\n' : 'connect: connection refused\nIt does not answer.\n';
    this.healthProbes.push({ atMs: this.nowMs(), exitCode: passes ? 0 : 1, output });
    this.announce(`health_status: ${health}`);
  }

  /** Lines at a steady rate until it stops or the returned function is called. */
  chatter(line: (count: number) => string, linesPerSecond: number): () => void {
    let count = 0;
    const startedAt = performance.now();
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - startedAt) / 1000) * linesPerSecond);
      while (count < due && this.state === 'running') this.log.write('stdout', line(count++));
    }, 10);
    this.timers.add(timer.unref());
    return () => clearInterval(timer);
  }

  usage(): EngineUsage | undefined {
    return this.isUp ? this.use.read(this.spec.memoryBytes || null, this.spec.cpus || null) : undefined;
  }

  /** Nothing of it happens any more. */
  silence(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.log.poke();
  }

  /** What somebody put where it is looked for first is what runs. */
  private installed([name = '']: readonly string[]): readonly string[] | undefined {
    const node = this.files.get(`/usr/local/bin/${name}`);
    return node?.kind === 'file' ? ['sh', '-c', node.content.toString('utf8')] : undefined;
  }

  /** As the `sh` says it that starts it, where there is none of that name. */
  private stepsOf(argv: readonly string[], workingDir: string | null): readonly FakeStep[] {
    const program = toProgram(this.installed(argv) ?? argv);
    if (program)
      return program.steps.map((step) => (step.do === 'print' ? { ...step, text: `${step.text.toString()}\n` } : step));
    const limits = { timeoutMs: Infinity, maxBytes: Infinity, ...(workingDir === null ? {} : { workingDir }) };
    const left = runFake(this.files, argv, limits) ?? { stdout: '', stderr: `sh: exec: line 0: ${argv[0] ?? ''}: not found\n`, exitCode: 127 }; // prettier-ignore
    return [
      { do: 'print', stream: 'stdout', text: left.stdout },
      { do: 'print', stream: 'stderr', text: left.stderr },
      { do: 'exit', code: left.exitCode ?? 0 },
    ];
  }

  private walk(steps: readonly FakeStep[]): void {
    const [step, ...rest] = steps;
    if (!step) return this.exit(0);
    if (step.do === 'exit') return this.exit(step.code);
    if (step.do === 'print') {
      this.log.write(step.stream, step.text.toString());
      return this.walk(rest);
    }
    if (Number.isFinite(step.ms)) this.after(step.ms, () => this.walk(rest));
  }

  private after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer.unref());
  }

  private end(code: number, { restart }: { restart: boolean }): void {
    this.silence();
    this.state = 'exited';
    this.exitCode = code;
    this.finishedAtMs = this.nowMs();
    this.health = 'none';
    for (const each of [...this.terminals.values(), ...this.programs]) each.finish(KILLED);
    this.announce('die', code);
    this.log.poke();
    if (restart && this.wantsRestart(code)) this.comeBack();
  }

  private wantsRestart(code: number): boolean {
    const { name, maximumRetryCount } = this.restartPolicy;
    if (name === 'on-failure') return code !== 0 && (maximumRetryCount === 0 || this.restartCount < maximumRetryCount);
    return name !== 'no';
  }

  private comeBack(): void {
    this.state = 'restarting';
    this.restartCount += 1;
    this.after(Math.min(100 * 2 ** this.restartCount, 60_000), () => this.start());
  }
}
