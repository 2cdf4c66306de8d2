import type { INestApplicationContext } from '@nestjs/common';
import Docker from 'dockerode';
import type { Config } from '../../src/config.js';
import { findEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { NetworkLabels } from '../../src/foundation/environments/network-labels.js';

/** The panel keeps its networks; a test does not keep a panel. */
export async function removeTenantNetworks(app: Pick<INestApplicationContext, 'get'>, config: Config): Promise<void> {
  const address = findEngineAddress(config.engineAddresses);
  if (config.BAILIWICK_ENGINE !== 'docker' || address?.kind !== 'socket') return;
  const labels = app.get(NetworkLabels);
  const docker = new Docker({ host: undefined, socketPath: address.path });
  const networks = await docker.listNetworks({ filters: { label: ['bailiwick.tenant'] } });
  for (const { Id, Name, Labels } of networks)
    if (labels.find({ name: Name, labels: Labels ?? {} })) await docker.getNetwork(Id).remove();
}
