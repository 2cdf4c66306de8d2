import type { INestApplicationContext } from '@nestjs/common';
import Docker from 'dockerode';
import type { Config } from '../../src/config.js';
import { findEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { NetworkLabels } from '../../src/foundation/environments/network-labels.js';
import { removeTenantCgroup } from './tenant-cgroups.js';

/** The panel keeps its networks, and an engine the cgroups of tenants; a test does not keep a panel. */
export async function removeTenantPlaces(app: Pick<INestApplicationContext, 'get'>, config: Config): Promise<void> {
  const address = findEngineAddress(config.engineAddresses);
  if (config.BAILIWICK_ENGINE !== 'docker' || address?.kind !== 'socket') return;
  const labels = app.get(NetworkLabels);
  const docker = new Docker({ host: undefined, socketPath: address.path });
  const networks = await docker.listNetworks({ filters: { label: ['bailiwick.tenant'] } });
  for (const { Id, Name, Labels } of networks) {
    const ours = labels.find({ name: Name, labels: Labels ?? {} });
    if (!ours) continue;
    await docker.getNetwork(Id).remove();
    removeTenantCgroup(ours.tenantId);
  }
}
