import Docker from 'dockerode';
import { DockerEngine } from '../../src/foundation/environments/docker.engine.js';
import { toEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { conforms } from './conformance.js';

const ENGINES = {
  'Docker Engine': process.env['BAILIWICK_TEST_DOCKER'] ?? '/var/run/docker.sock',
  'Docker Engine 28': process.env['BAILIWICK_TEST_DOCKER28'],
};

for (const [title, address] of Object.entries(ENGINES))
  if (address)
    conforms(title, async () => {
      const engine = new DockerEngine(() => toEngineAddress(address));
      return {
        engine,
        missingImage: '127.0.0.1:1/nothing:here',
        dropNetwork: (name) => new Docker({ host: undefined, socketPath: address }).getNetwork(name).remove(),
        close: () => engine.close(),
      };
    });
