import { expect, it } from '@jest/globals';
import { ManualClock } from '../../../test/app.js';
import { seedDemo } from './demo.js';
import { FakeEngine } from './fake.engine.js';

it('the demo shows a dozen containers in every state, the same at every start', async () => {
  const clock = new ManualClock();
  const look = async () => {
    const engine = new FakeEngine(clock);
    seedDemo(engine, clock.now());
    const containers = (await engine.list()).map(({ name, state, exitCode, oomKilled, createdAtMs, ports }) => ({ name, state, exitCode, oomKilled, createdAtMs, ports })); // prettier-ignore
    engine.close();
    return containers;
  };
  const containers = await look();
  expect(containers).toHaveLength(12);
  expect(new Set(containers.map(({ state }) => state))).toEqual(new Set(['running', 'paused', 'exited', 'created']));
  expect(containers.filter(({ oomKilled }) => oomKilled)).toHaveLength(1);
  expect(await look()).toEqual(containers);
});
