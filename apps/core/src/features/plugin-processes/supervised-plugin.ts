import type { PluginHealth } from '@bailiwick/contract';
import { toIso } from '../../kernel/clock.js';
import { conflict } from '../../kernel/errors.js';
import type { ProcessEnd, ProcessUse } from './plugin-process.driver.js';
import { type PluginClient, PluginFault, PluginTimeout, type SaidAction, type SaidHealth } from './plugin-client.js';
import type { PluginLogFile } from './plugin-log.js';
import {
  after,
  NEW_STANDING,
  type PluginHappening,
  type PluginStanding,
  restartDelayMs,
} from './plugin-standing.rules.js';

/** One that runs now. */
export interface RunningPlugin {
  readonly client: PluginClient;
  /** Undefined where somebody else runs it. */
  readonly process: LaunchedProcess | undefined;
  /** Tells it what it has to know; it is ready after that. */
  begin(withinMs: number): Promise<void>;
  /** Away with its socket and with whatever it opened. */
  close(): void;
}
export interface LaunchedProcess {
  pid(): number;
  readonly startedAtMs: number;
  readonly socketPath: string;
  readonly cgroupPath: string | null;
  readonly isSandboxed: boolean;
  readonly ended: Promise<ProcessEnd>;
  use(): ProcessUse;
  stop(graceMs: number): Promise<void>;
}

export interface SupervisedDeps {
  readonly log: PluginLogFile;
  readonly now: () => number;
  readonly healthEveryMs: number;
  readonly callWithinMs: number;
  launch(): Promise<RunningPlugin>;
  /** Something that is shown is otherwise now. */
  changed(): void;
  /** An error that is none of the plugin's. */
  unforeseen(error: unknown): void;
  /** It has used up our patience: it stays away until somebody starts it. */
  gaveUp(): void;
}

const BEGINS_WITHIN_MS = 5000;
const ENDS_WITHIN_MS = 5000;
const ENDED_WITHIN_MS = 100;
const AT_ONCE = 8;
const WORDS = 500;

/** Keeps one plugin running: asks how it is, starts it again, and gives up in time. */
export class SupervisedPlugin {
  standing: PluginStanding = NEW_STANDING;
  message = '';
  error: string | null = null;
  initializedAtMs: number | null = null;
  changedAtMs: number;
  private running: RunningPlugin | undefined;
  private nextCheck: NodeJS.Timeout | undefined;
  private nextTry: NodeJS.Timeout | undefined;
  private inFlight = 0;
  /** Starts and stops go one after the other. */
  private turn: Promise<void> = Promise.resolve();
  private isWanted = false;

  constructor(private readonly deps: SupervisedDeps) {
    this.changedAtMs = deps.now();
  }

  get actions(): readonly SaidAction[] {
    return this.initializedAtMs === null ? [] : (this.running?.client.actions ?? []);
  }

  get process(): LaunchedProcess | undefined {
    return this.running?.process;
  }

  /** With all its chances anew. Resolves when it is ready, or when it turned out that it is not. */
  start(): Promise<void> {
    return this.inTurn(async () => {
      if (this.running) return;
      this.isWanted = true;
      this.happened({ kind: 'started' });
      await this.bringUp();
    });
  }

  stop(): Promise<void> {
    this.isWanted = false;
    clearTimeout(this.nextTry);
    return this.inTurn(async () => {
      await this.bringDown();
      if (this.standing.status !== 'disabled') this.happened({ kind: 'stopped' });
    });
  }

  /** Asks it now, and draws the conclusions. */
  async check(): Promise<PluginHealth> {
    const { running } = this;
    if (!running) throw conflict('wrong_state', 'The plugin does not run.', { hint: 'Start it first.' });
    const since = performance.now();
    const said = await running.client.health(this.deps.callWithinMs).catch((error: unknown) => this.fault(error));
    if (running === this.running) this.heard(said);
    return {
      status: this.standing.status,
      message: this.message,
      numbers: 'numbers' in said ? said.numbers : {},
      checkedAt: toIso(this.deps.now()),
      tookMs: performance.now() - since,
    };
  }

  /** One call to it: eight at once at most, and a call that is late counts against it. */
  async call<Answer>(work: (client: PluginClient) => Promise<Answer>): Promise<Answer> {
    const { running } = this;
    if (!running || this.initializedAtMs === null) throw conflict('wrong_state', 'The plugin does not run.', { hint: 'Start it first.' }); // prettier-ignore
    if (this.inFlight >= AT_ONCE)
      throw conflict('busy', 'The plugin is busy with eight calls.', { hint: 'Try again in a moment.' });
    this.inFlight += 1;
    try {
      return await work(running.client);
    } catch (error) {
      if (error instanceof PluginTimeout && running === this.running) this.judge({ kind: 'timedOut' }, error.message);
      throw error;
    } finally {
      this.inFlight -= 1;
    }
  }

  private async bringUp(): Promise<void> {
    let launched: RunningPlugin | undefined;
    try {
      launched = await this.deps.launch();
      const { process } = launched;
      this.running = launched;
      const whole = launched;
      void process?.ended.then((end) => this.ended(whole, end));
      await Promise.race([launched.begin(BEGINS_WITHIN_MS), endsEarly(process)]);
      if (this.running !== launched) return;
      this.initializedAtMs = this.deps.now();
      this.error = null;
      this.happened({ kind: 'initialized' });
      await this.watch();
    } catch (thrown) {
      const error = (await justEnded(launched?.process)) ?? thrown;
      this.note(`It did not start: ${wordsOf(error)}`);
      this.error = wordsOf(error);
      if (launched && this.running !== launched) return;
      await this.bringDown();
      this.judge({ kind: 'died' }, wordsOf(error));
    }
  }

  private async bringDown(): Promise<void> {
    const { running } = this;
    if (!running) return;
    // Whatever comes of it now is no crash.
    this.running = undefined;
    this.initializedAtMs = null;
    clearTimeout(this.nextCheck);
    await running.client.shutdown(ENDS_WITHIN_MS).catch((error: unknown) => this.note(`It did not put its things away: ${wordsOf(error)}`)); // prettier-ignore
    await running.process?.stop(ENDS_WITHIN_MS);
    running.close();
  }

  private ended(which: RunningPlugin, { code, signal, ranOutOfMemory }: ProcessEnd): void {
    const why = ranOutOfMemory
      ? 'Its memory was used up.'
      : `Its process ended ${signal ? `by ${signal}` : `with code ${code}`}.`;
    this.note(why);
    if (this.running !== which) return;
    this.running = undefined;
    this.initializedAtMs = null;
    this.error = why;
    clearTimeout(this.nextCheck);
    which.close();
    this.judge({ kind: 'died' }, why);
  }

  private fault(error: unknown): PluginTimeout | PluginFault {
    if (error instanceof PluginTimeout || error instanceof PluginFault) return error;
    throw error;
  }

  private heard(said: SaidHealth | PluginTimeout | PluginFault): void {
    if (said instanceof PluginTimeout) return this.judge({ kind: 'timedOut' }, said.message);
    if (said instanceof PluginFault) return this.judge({ kind: 'unwell' }, said.message);
    const happening: PluginHappening =
      said.state === 'unwell' ? { kind: 'unwell' } : { kind: 'well', isPartly: said.state === 'partly', atMs: this.deps.now() }; // prettier-ignore
    this.judge(happening, said.message);
  }

  private judge(happening: PluginHappening, message: string): void {
    this.message = message.slice(0, WORDS);
    const verdict = this.happened(happening);
    if (verdict === 'none' || !this.isWanted) return;
    if (verdict === 'disable') {
      this.isWanted = false;
      this.note('It is disabled until somebody starts it.');
      this.deps.gaveUp();
      void this.inTurn(() => this.bringDown());
      return;
    }
    const delay = restartDelayMs(this.standing.restartCount);
    this.note(`It is started again in ${delay / 1000} s (${this.standing.restartCount} of 3).`);
    void this.inTurn(() => this.bringDown());
    const comeBack = async () => {
      if (this.isWanted && !this.running) await this.bringUp();
    };
    this.nextTry = setTimeout(() => void this.inTurn(comeBack), delay);
  }

  private happened(happening: PluginHappening) {
    const { standing, verdict } = after(this.standing, happening);
    this.standing = standing;
    this.changedAtMs = this.deps.now();
    this.deps.changed();
    return verdict;
  }

  /** Now, and from then on as long as it runs. */
  private async watch(): Promise<void> {
    if (!this.running) return;
    await this.check();
    clearTimeout(this.nextCheck);
    this.nextCheck = setTimeout(() => void this.watch().catch(this.unforeseen), this.deps.healthEveryMs);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work).catch(this.unforeseen);
    return this.turn;
  }

  private readonly unforeseen = (error: unknown): void => this.deps.unforeseen(error);

  private note(text: string): void {
    this.deps.log.add('core', text);
  }
}

/** Nobody waits for who is gone. */
async function endsEarly(process: LaunchedProcess | undefined): Promise<never> {
  if (!process) return new Promise<never>(() => undefined);
  const { code, signal } = await process.ended;
  throw new PluginFault(`Its process ended ${signal ? `by ${signal}` : `with code ${code}`} before it was ready.`);
}

/** Whoever is gone cannot be reached either; that they are gone says more. */
async function justEnded(process: LaunchedProcess | undefined): Promise<unknown> {
  if (!process) return undefined;
  const soon = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ENDED_WITHIN_MS));
  return Promise.race([endsEarly(process).catch((error: unknown) => error), soon]);
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
