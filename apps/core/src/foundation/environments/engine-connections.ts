import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Environment, EnvironmentId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { CONFIG } from '../../kernel/tokens.js';
import { seedDemo } from './demo.js';
import type { Engine } from './engine.js';
import type { EnvironmentRow } from './environment.entity.js';
import { EnvironmentsStore } from './environments.store.js';
import { FakeEngine } from './fake.engine.js';

export interface Place {
  readonly row: EnvironmentRow;
  readonly engine: Engine;
}

const LOCAL: Record<Environment['kind'], { slug: string; name: string }> = {
  docker: { slug: 'local', name: 'This machine' },
  fake: { slug: 'demo', name: 'Demo' },
};

/** The environments of this installation, each with its one engine. */
@Injectable()
export class EngineConnections implements OnModuleInit, OnApplicationShutdown {
  private readonly places = new Map<EnvironmentId, Place>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly store: EnvironmentsStore,
  ) {}

  async onModuleInit(): Promise<void> {
    const kind = this.config.BAILIWICK_ENGINE;
    const row = await this.store.ensure({ ...LOCAL[kind], kind }, this.clock.now());
    this.places.set(row.id, { row, engine: kind === 'fake' ? this.fake() : this.docker() });
  }

  onApplicationShutdown(): void {
    for (const { engine } of this.places.values()) engine.close();
  }

  all(): readonly Place[] {
    return [...this.places.values()];
  }

  find(id: EnvironmentId): Place | undefined {
    return this.places.get(id);
  }

  private docker(): Engine {
    throw new Error('BAILIWICK_ENGINE=docker is about to land; use fake.');
  }

  private fake(): Engine {
    const engine = new FakeEngine(this.clock);
    if (this.config.BAILIWICK_ENV !== 'test') seedDemo(engine, this.clock.now());
    return engine;
  }
}
