import { Capability, type Container } from '@bailiwick/contract';

const everything = { can: [...Capability.options], why: {} };
let made = 0;

/** A running container with every right on it, changed where the test says so. */
export function aContainer(overrides: Partial<Container> = {}): Container {
  made += 1;
  const letters = [...`${made}`].map((digit) => 'abcdefghij'[Number(digit)] ?? 'a').join('');
  return {
    id: `ct_${letters.padStart(16, 'a')}`,
    environmentId: 'env_aaaaaaaaaaaaaaaa',
    tenantId: 'ten_aaaaaaaaaaaaaaaa',
    name: `web-${made}`,
    image: 'nginx:stable',
    state: 'running',
    status: 'running',
    health: 'none',
    exitCode: null,
    since: '2026-01-01T00:00:00.000Z',
    createdAt: '2026-01-01T00:00:00.000Z',
    ports: [],
    address: null,
    stack: null,
    project: null,
    managed: true,
    preset: null,
    owner: null,
    operationId: null,
    rights: everything,
    ...overrides,
  };
}
