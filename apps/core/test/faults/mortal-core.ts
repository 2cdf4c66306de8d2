import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestingModuleBuilder } from '@nestjs/testing';
import type { EnvironmentId } from '@bailiwick/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { AccessService } from '../../src/foundation/access/access.service.js';
import type { Engine } from '../../src/foundation/environments/engine.js';
import { EngineConnections } from '../../src/foundation/environments/engine-connections.js';
import { EnvironmentsService } from '../../src/foundation/environments/environments.service.js';
import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { Failpoint, type Moment } from '../../src/foundation/operations/failpoint.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { Database } from '../../src/kernel/database/database.js';
import { startApp, type TestApp } from '../app.js';
import { databaseFor, type TestDatabase } from '../postgres.js';
import { SEEN } from './failing-engine.js';

export const MOMENTS: readonly Moment[] = ['before', 'after-effect', 'after-result'];

/** What goes wrong from now on; both count from 1 since they were armed. */
export interface Faults {
  /** An error to throw in the place of a call of the engine, or instead of its answer. */
  readonly onCall?: (call: string, nth: number, when: 'before' | 'after') => Error | undefined;
  /** Whether the power goes before a call of the engine, or between its effect and its answer. */
  readonly onCut?: (call: string, nth: number, when: 'before' | 'after') => boolean;
  /** Whether the power goes before a change of the database is written, or once it is. */
  readonly onWrite?: (nth: number, when: 'before' | 'after') => boolean;
  /** Whether the power goes at this point of the journal. */
  readonly onPoint?: (point: string, nth: number) => boolean;
}

const GONE = new Error('The power is gone.');

/**
 * The real core over one storage folder and one fake engine, which both outlive it. When its power goes, nothing of it
 * reaches the database or the engine any more, not even what was on its way; `restart` starts another.
 */
export class MortalCore {
  readonly engine = new FakeEngine(new SystemClock());
  private readonly storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-mortal-'));
  private database: TestDatabase | undefined;
  private life: Life | undefined;

  constructor(private readonly env: Record<string, string>) {}

  get app(): TestApp {
    return this.living.app;
  }
  get isDead(): boolean {
    return this.living.isDead;
  }

  async start(faults: Faults = {}): Promise<void> {
    this.database ??= await databaseFor(this.storageDir);
    const life = new Life(faults);
    const env = { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_OPERATION_RETRY_DELAY_MS: '10', ...this.env };
    this.life = life;
    life.app = await startApp({
      storageDir: this.storageDir,
      env,
      engine: life.line(this.engine),
      prepare: (builder) => life.wire(builder),
    });
  }

  /** From now on, in the life it has. */
  arm(faults: Faults): void {
    this.living.arm(faults);
  }

  /** Whatever this life still wanted to say is lost. */
  async restart(faults: Faults = {}): Promise<void> {
    this.living.cut();
    await this.app.close();
    await this.start(faults);
  }

  async end(): Promise<void> {
    await this.app.close();
    this.engine.close();
    await this.database?.drop();
    rmSync(this.storageDir, { recursive: true, force: true });
  }

  private get living(): Life {
    if (!this.life) throw new Error('It was never started.');
    return this.life;
  }
}

/** From a start to the next power cut. */
class Life {
  app!: TestApp;
  isDead = false;
  private points = 0;
  private calls = 0;
  private writes = 0;

  constructor(private faults: Faults) {}

  arm(faults: Faults): void {
    Object.assign(this, { faults, points: 0, calls: 0, writes: 0 });
  }

  cut(): void {
    this.isDead = true;
  }

  assertAlive(): void {
    if (this.isDead) throw GONE;
  }

  /** Answers its number, for what is told once it is written. */
  aboutToWrite(): number {
    const nth = (this.writes += 1);
    if (this.faults.onWrite?.(nth, 'before')) this.cut();
    this.assertAlive();
    return nth;
  }

  written(nth: number): void {
    if (this.faults.onWrite?.(nth, 'after')) this.cut();
    this.assertAlive();
  }

  wire(builder: TestingModuleBuilder): void {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const life = this;
    class MortalEnvironments extends EnvironmentsService {
      private lines = new Map<Engine, Engine>();
      override engineOf(id: EnvironmentId): Engine {
        const engine = super.engineOf(id);
        const line = this.lines.get(engine) ?? life.faulty(engine);
        this.lines.set(engine, line);
        return line;
      }
    }
    builder
      .overrideProvider(Failpoint)
      .useValue({ reach: (step: string, moment: Moment) => this.reach(`${step}:${moment}`) })
      .overrideProvider(Database)
      .useFactory({ factory: (source: DataSource) => new MortalDatabase(source, this), inject: [DataSource] })
      .overrideProvider(EnvironmentsService)
      .useFactory({
        factory: (...parts: ConstructorParameters<typeof EnvironmentsService>) => new MortalEnvironments(...parts),
        inject: [AccessService, EngineConnections, MirrorsService],
      });
  }

  /** The way to the engine: open while there is power, and closed by nobody. */
  line(engine: FakeEngine): Engine {
    return through(engine, async (_, work) => {
      this.assertAlive();
      const answer = await work();
      this.assertAlive();
      return answer;
    });
  }

  /** The same for what operations ask of it: the mirror is asked by nobody's plan. */
  private faulty(engine: Engine): Engine {
    return through(engine, async (call, work) => {
      const { onCall, onCut } = this.faults;
      const nth = (this.calls += 1);
      if (onCut?.(call, nth, 'before')) this.cut();
      this.assertAlive();
      const before = onCall?.(call, nth, 'before');
      if (before) throw before;
      const answer = await work();
      if (onCut?.(call, nth, 'after')) this.cut();
      this.assertAlive();
      const after = onCall?.(call, nth, 'after');
      if (after) throw after;
      return answer;
    });
  }

  private reach(point: string): void {
    this.assertAlive();
    if (this.faults.onPoint?.(point, (this.points += 1))) this.cut();
    this.assertAlive();
  }
}

/** What has not come to its end when the power goes is not there afterwards. */
class MortalDatabase extends Database {
  constructor(
    source: DataSource,
    private readonly life: Life,
  ) {
    super(source);
  }

  override async transaction<Result>(work: (rows: EntityManager) => Promise<Result>): Promise<Result> {
    let nth = 0;
    const result = await super.transaction(async (rows) => {
      this.life.assertAlive();
      const done = await work(rows);
      nth = this.life.aboutToWrite();
      return done;
    });
    this.life.written(nth);
    return result;
  }
}

function through(engine: Engine, ask: (call: string, work: () => Promise<unknown>) => Promise<unknown>): Engine {
  return new Proxy(engine, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'close') return () => undefined;
      if (typeof value !== 'function') return value;
      if (SEEN.has(name)) return value.bind(target) as unknown;
      return (...args: unknown[]) => ask(String(name), async () => (await value.apply(target, args)) as unknown);
    },
  });
}
