import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { conforms } from './conformance.js';

conforms('the fake engine', async () => {
  const engine = new FakeEngine(new SystemClock());
  const missingImage = '127.0.0.1:1/nothing:here';
  engine.failPull(missingImage, 'unreachable');
  return {
    engine,
    missingImage,
    dropNetwork: async (name) => engine.networks.delete(name),
    close: () => engine.close(),
  };
});
