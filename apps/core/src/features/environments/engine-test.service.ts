import { Injectable } from '@nestjs/common';
import type { EngineTest, EnvironmentId } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { Engine } from '../../foundation/environments/engine.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { isOutage, toOutageReason } from '../../foundation/environments/outage.rules.js';
import { toEngineTest } from './engine-test.rules.js';

/** Looks at an engine now, whatever the mirror last knew. */
@Injectable()
export class EngineTestService {
  constructor(
    private readonly access: AccessService,
    private readonly environments: EnvironmentsService,
  ) {}

  async test(actor: Actor, id: EnvironmentId): Promise<EngineTest> {
    this.environments.see(actor, id);
    this.access.require(actor, 'environments.test', null);
    return look(this.environments.engineOf(id));
  }
}

async function look(engine: Engine): Promise<EngineTest> {
  try {
    await engine.ping();
    const info = await engine.info();
    return toEngineTest({ info, containers: (await engine.list()).length });
  } catch (error) {
    if (isOutage(error)) return toEngineTest({ reason: toOutageReason(error) });
    throw error;
  }
}
