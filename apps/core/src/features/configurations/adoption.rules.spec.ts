import { expect, it } from '@jest/globals';
import { ManualClock } from '../../../test/app.js';
import { FakeEngine } from '../../foundation/environments/fake.engine.js';

import { toAdopted } from './adoption.rules.js';

it('names what it cannot take over without saying where on the host that lies', async () => {
  const engine = new FakeEngine(new ManualClock());
  const engineId = engine.put({ name: 'found', user: null });
  const inspection = {
    ...(await engine.inspect(engineId)),
    user: 'www-data',
    portRules: [{ ip: '', hostPort: 80, containerPort: 80, protocol: 'tcp' as const }],
    mounts: [{ type: 'bind', name: null, source: '/srv/secret-customer', target: '/data', readOnly: false }],
  };
  const around = { network: 'bw_default', host: { memoryBytes: 1024 ** 3, cpus: 2 } };
  const { made, notTakenOver } = toAdopted(inspection, around);
  expect(notTakenOver).toEqual(
    expect.arrayContaining([
      { what: 'bind /data', needed: true },
      { what: 'port 80:80/tcp', needed: true },
      { what: 'user www-data', needed: false },
    ]),
  );
  expect(made.spec).toMatchObject({ user: null, ports: [], volumes: [], profile: 'compat' });
  expect(JSON.stringify(notTakenOver)).not.toContain('customer');
});
