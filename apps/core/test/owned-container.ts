import { ContainerRowsService } from '../src/foundation/environments/container-rows.service.js';
import type { FakeEngine } from '../src/foundation/environments/fake.engine.js';
import { MirrorsService } from '../src/foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../src/foundation/environments/seen-container.js';
import { newId } from '../src/kernel/ids.js';
import type { TestApp } from './app.js';
import { fakeEngine, localEnvironment } from './fake-engine.js';
import type { SignedInPerson } from './sign-in.js';
import { until } from './until.js';

/** A container on the fake engine as if this person had deployed it. */
export async function ownedOnEngine(
  test: TestApp,
  { id: ownerId, displayName, tenantId }: Pick<SignedInPerson['user'], 'id' | 'displayName' | 'tenantId'>,
  ...what: Parameters<FakeEngine['put']>
): Promise<SeenContainer> {
  const rows = test.app.get(ContainerRowsService);
  const mirrors = test.app.get(MirrorsService);
  const id = newId('ct');
  const environmentId = localEnvironment(test);
  await mirrors.ready();
  await rows.reserve({
    id,
    tenantId,
    environmentId,
    name: what[0].name,
    managed: true,
    ownerId,
    ownerName: displayName,
    preset: null,
    configuration: null,
  });
  await rows.attach(id, fakeEngine(test).put(...what));
  await until(() => mirrors.container(id), { what: 'Seeing the container' });
  const seen = mirrors.container(id);
  if (!seen) throw new Error('The mirror lost the container.');
  return seen;
}
