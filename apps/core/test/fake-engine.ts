import type { INestApplicationContext } from '@nestjs/common';
import type { EnvironmentId } from '@bailiwick/contract';
import { EnvironmentsService } from '../src/foundation/environments/environments.service.js';
import { FakeEngine } from '../src/foundation/environments/fake.engine.js';
import { MirrorsService } from '../src/foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../src/foundation/environments/seen-container.js';

/** Whatever holds the environments: a whole app or only them. */
interface Holder {
  app: Pick<INestApplicationContext, 'get'>;
}

/** The engine behind a test's app, to be switched off, slowed down or filled. */
export function fakeEngine({ app }: Holder): FakeEngine {
  const environments = app.get(EnvironmentsService);
  const engine = environments.engineOf(environments.default().id);
  if (!(engine instanceof FakeEngine)) throw new Error('This app does not run on the fake engine.');
  return engine;
}

export const localEnvironment = ({ app }: Holder): EnvironmentId => app.get(EnvironmentsService).default().id;

/** Puts a container on the engine past the panel and waits until the panel has seen it. */
export async function seenOnEngine(test: Holder, ...what: Parameters<FakeEngine['put']>): Promise<SeenContainer> {
  const engineId = fakeEngine(test).put(...what);
  const mirrors = test.app.get(MirrorsService);
  await mirrors.ready();
  await mirrors.refresh(localEnvironment(test), engineId);
  const seen = mirrors.containers().find((container) => container.engineId === engineId);
  if (!seen) throw new Error('The mirror did not see the container.');
  return seen;
}
