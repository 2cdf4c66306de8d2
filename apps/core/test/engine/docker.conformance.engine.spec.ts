import Docker from 'dockerode';
import { readConfig } from '../../src/config.js';
import { DockerEngine } from '../../src/foundation/environments/docker.engine.js';
import { findEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { conforms } from './conformance.js';

const { engineAddresses } = readConfig({ ...process.env, BAILIWICK_ENV: 'test' });

conforms('a Docker Engine', async () => {
  const address = findEngineAddress(engineAddresses);
  if (address?.kind !== 'socket') throw new Error('This test needs an engine on a local socket.');
  const engine = new DockerEngine(() => address);
  const docker = new Docker({ host: undefined, socketPath: address.path });
  return {
    engine,
    missingImage: '127.0.0.1:1/nothing:here',
    dropNetwork: (name) => docker.getNetwork(name).remove(),
    close: () => engine.close(),
  };
});
