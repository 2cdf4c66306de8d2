import { describe, expect, it } from '@jest/globals';
import type { Container } from '@bailiwick/contract';
import { anActor } from '../../../test/factories/actor.js';
import { aContainer } from '../../../test/factories/container.js';
import type { EngineInspection } from '../../foundation/environments/engine.js';
import { rightsOnContainer, toBareContainer } from './containers.rules.js';
import { toDeleteInventory } from './delete-inventory.rules.js';

const staff = anActor({ platformRole: 'owner' });
function anItem(overrides: Partial<Container> = {}, { isOwn = false } = {}): Container {
  const seen = aContainer({ name: 'web', state: 'exited', exitCode: 0 });
  const circumstances = { online: true, stoppedOnPurpose: false, operationId: null, projectName: null, address: null };
  return { ...toBareContainer(seen, circumstances), rights: rightsOnContainer(staff, seen, { isOwn }), ...overrides };
}
const ANONYMOUS = 'c3'.repeat(32);
const mounts: EngineInspection['mounts'] = [
  {
    type: 'volume',
    name: 'bw_default_web_data',
    source: '/var/lib/docker/volumes/x/_data',
    target: '/data',
    readOnly: false,
  },
  { type: 'volume', name: ANONYMOUS, source: null, target: '/cache', readOnly: false },
  { type: 'bind', name: null, source: '/srv/web', target: '/html', readOnly: true },
  { type: 'tmpfs', name: null, source: null, target: '/tmp', readOnly: false },
];
const look = { mounts, networks: ['bw_default'], data: { volumes: [], deletable: false } };

describe('what a delete takes and leaves', () => {
  it('takes the container, its layer, its ports and nameless volumes', () => {
    const item = anItem({ ports: [{ ip: '127.0.0.1', hostPort: 49200, containerPort: 80, protocol: 'tcp' }] });
    expect(toDeleteInventory(item, look, { staff: true }).goes).toEqual([
      { kind: 'container', name: 'web' },
      { kind: 'writableLayer', name: 'web' },
      { kind: 'ports', name: '49200/tcp' },
      { kind: 'anonymousVolume', name: ANONYMOUS },
    ]);
  });

  it('leaves named volumes, folders of the host, image, network and the trail', () => {
    expect(toDeleteInventory(anItem(), look, { staff: true }).stays).toEqual([
      { kind: 'volume', name: 'bw_default_web_data' },
      { kind: 'hostPath', name: '/srv/web' },
      { kind: 'image', name: 'nginx:stable' },
      { kind: 'network', name: 'bw_default' },
      { kind: 'auditTrail', name: 'web' },
    ]);
  });

  it('names folders of the host to staff only', () => {
    expect(toDeleteInventory(anItem(), look, { staff: false }).stays).toContainEqual({
      kind: 'hostPath',
      name: '/html',
    });
  });

  it('says what stands in the way', () => {
    const blocked = (item: Container) => toDeleteInventory(item, look, { staff: true }).blocked;
    expect(blocked(anItem())).toBeNull();
    expect(blocked(anItem({ state: 'running' }))).toEqual({ code: 'wrong_state', params: { state: 'running' } });
    expect(blocked(anItem({ operationId: 'op_aaaaaaaaaaaaaaaa' }))).toMatchObject({ code: 'busy' });
    expect(blocked(anItem({}, { isOwn: true }))).toMatchObject({ code: 'self_protection' });
  });
});
