import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { readConfig } from '../src/config.js';
import { AccessBookModule } from '../src/foundation/access/access-book.module.js';
import type { Engine } from '../src/foundation/environments/engine.js';
import { EngineFactory } from '../src/foundation/environments/engine-factory.js';
import { EnvironmentsModule } from '../src/foundation/environments/environments.module.js';
import { EnvironmentsService } from '../src/foundation/environments/environments.service.js';
import { MirrorsService } from '../src/foundation/environments/mirrors.service.js';
import type { ContainerChange, SeenContainer } from '../src/foundation/environments/seen-container.js';
import { IdentityModule } from '../src/foundation/identity/identity.module.js';
import { Clock } from '../src/kernel/clock.js';
import { Events } from '../src/kernel/events.js';
import { KernelModule } from '../src/kernel/kernel.module.js';
import { CoreLog } from '../src/kernel/log/log.js';
import { CONFIG } from '../src/kernel/tokens.js';
import { databaseFor } from './postgres.js';

export interface TestMirrors {
  app: INestApplicationContext;
  mirrors: MirrorsService;
  environments: EnvironmentsService;
  /** Everything announced since the start, oldest first. */
  changes: ContainerChange[];
  environmentChanges: number;
  named(name: string): SeenContainer | undefined;
  close(): Promise<void>;
}

interface Options {
  env?: Record<string, string>;
  clock?: Clock;
  /** Kept, so that a second start is a restart of the same installation. */
  storageDir?: string;
  /** Instead of the one the settings ask for. */
  engine?: Engine;
}

/** The environments of the real module and the people they know of, without the rest of the core. */
export async function startMirrors({ env = {}, clock, storageDir, engine }: Options = {}): Promise<TestMirrors> {
  const folder = storageDir ?? mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  const database = await databaseFor(folder);
  const config = readConfig({
    BAILIWICK_ENV: 'test',
    BAILIWICK_ENGINE: 'fake',
    BAILIWICK_STORAGE_DIR: folder,
    ...database.env,
    ...env,
  });
  const builder = Test.createTestingModule({
    imports: [KernelModule, AccessBookModule, IdentityModule, EnvironmentsModule],
  })
    .overrideProvider(CONFIG)
    .useValue(config)
    .overrideProvider(CoreLog)
    .useValue(new CoreLog('trace', () => undefined));
  if (clock) builder.overrideProvider(Clock).useValue(clock);
  if (engine) builder.overrideProvider(EngineFactory).useValue({ make: () => engine });
  const app = await builder.compile();
  const started: TestMirrors = {
    app,
    mirrors: app.get(MirrorsService),
    environments: app.get(EnvironmentsService),
    changes: [],
    environmentChanges: 0,
    named: (name) => started.mirrors.containers().find((container) => container.name === name),
    async close() {
      await app.close();
      if (storageDir) return;
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  app.get(Events).on('container.changed', (change) => started.changes.push(change));
  app.get(Events).on('environment.changed', () => (started.environmentChanges += 1));
  await app.init();
  await started.mirrors.ready();
  return started;
}
