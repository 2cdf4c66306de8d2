import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { AppModule } from '../src/app.module.js';
import { configureApp } from '../src/app.js';
import { type Config, readConfig } from '../src/config.js';
import { EngineFactory } from '../src/foundation/environments/engine-factory.js';
import type { Engine } from '../src/foundation/environments/engine.js';
import { Clock } from '../src/kernel/clock.js';
import { CoreLog } from '../src/kernel/log/log.js';
import { CONFIG } from '../src/kernel/tokens.js';
import { removeTenantPlaces } from './engine/tenant-places.js';
import { databaseFor, NO_SERVER } from './postgres.js';

/** Time that moves only when a test turns it. */
export class ManualClock extends Clock {
  constructor(private epochMs = Date.parse('2026-01-01T00:00:00Z')) {
    super();
  }
  now(): number {
    return this.epochMs;
  }
  advance(ms: number): void {
    this.epochMs += ms;
  }
}

export interface TestApp {
  app: NestExpressApplication;
  /** `http://127.0.0.1:<port>` */
  url: string;
  config: Config;
  log: CoreLog;
  close(): Promise<void>;
}

interface Options {
  /** Settings by their variable's name. */
  env?: Record<string, string>;
  clock?: Clock;
  /** Survives the app, as engines do. */
  engine?: Engine;
  /** Keep and reuse a storage folder: a restart of the same installation. */
  storageDir?: string;
  /** On SQLite also where PostgreSQL is tested. */
  onFiles?: boolean;
  /** What else this test puts in the place of the real thing. */
  prepare?: (builder: TestingModuleBuilder) => void;
}

/** The real module on a port of its own, with the fake engine and a storage folder of its own. */
export async function startApp({
  env = {},
  clock,
  engine,
  storageDir,
  onFiles,
  prepare,
}: Options = {}): Promise<TestApp> {
  const folder = storageDir ?? mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  const database = onFiles ? NO_SERVER : await databaseFor(folder);
  const config = readConfig({
    BAILIWICK_ENV: 'test',
    BAILIWICK_ENGINE: 'fake',
    BAILIWICK_STORAGE_DIR: folder,
    BAILIWICK_CORE_PORT: '0',
    BAILIWICK_GRPC_PORT: '0',
    ...database.env,
    ...env,
  });
  const log = new CoreLog('trace', () => undefined);
  const builder = Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(CONFIG)
    .useValue(config)
    .overrideProvider(CoreLog)
    .useValue(log);
  if (clock) builder.overrideProvider(Clock).useValue(clock);
  if (engine) builder.overrideProvider(EngineFactory).useValue({ make: () => engine });
  prepare?.(builder);
  const module = await builder.compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureApp(app);
  await app.listen(0, '127.0.0.1');
  return {
    app,
    url: await app.getUrl(),
    config,
    log,
    async close() {
      if (!storageDir) await removeTenantPlaces(app, config);
      await app.close();
      if (storageDir) return;
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
