import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Environment, EnvironmentId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { Engine } from './engine.js';
import { EngineFactory } from './engine-factory.js';
import type { EnvironmentRow } from './environment.entity.js';
import { EnvironmentsStore } from './environments.store.js';

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
    private readonly factory: EngineFactory,
  ) {}

  async onModuleInit(): Promise<void> {
    const kind = this.config.BAILIWICK_ENGINE;
    const row = await this.store.ensure({ ...LOCAL[kind], kind }, this.clock.now());
    this.places.set(row.id, { row, engine: this.factory.make(kind) });
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
}
