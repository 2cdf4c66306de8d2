import { Inject, Injectable } from '@nestjs/common';
import type { Environment } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { CONFIG } from '../../kernel/tokens.js';
import { seedDemo } from './demo.js';
import { DockerEngine } from './docker.engine.js';
import type { Engine } from './engine.js';
import { findEngineAddress } from './engine-address.js';
import { FakeEngine } from './fake.engine.js';

/** Makes the driver an environment's kind asks for; tests hand in their own engine here. */
@Injectable()
export class EngineFactory {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  make(kind: Environment['kind']): Engine {
    return kind === 'fake' ? this.fake() : this.docker();
  }

  private docker(): Engine {
    return new DockerEngine(() => findEngineAddress(this.config.engineAddresses), this.config.workspacesHostDir);
  }

  private fake(): Engine {
    const engine = new FakeEngine(this.clock);
    if (this.config.BAILIWICK_ENV !== 'test') seedDemo(engine, this.clock.now());
    return engine;
  }
}
