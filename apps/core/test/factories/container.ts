import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { newId } from '../../src/kernel/ids.js';

const MOMENT_MS = Date.parse('2026-01-01T00:00:00Z');

/** A running container nobody owns, unless told otherwise. */
export function aContainer(overrides: Partial<SeenContainer> = {}): SeenContainer {
  return {
    id: newId('ct'),
    environmentId: 'env_aaaaaaaaaaaaaaaa',
    tenantId: 'ten_aaaaaaaaaaaaaaaa',
    ownerId: null,
    ownerName: null,
    projectId: null,
    stack: null,
    managed: false,
    preset: null,
    engineId: newId('ct').slice(3).repeat(4),
    name: 'web',
    image: 'nginx:stable',
    imageId: `sha256:${'0'.repeat(64)}`,
    state: 'running',
    health: 'none',
    exitCode: null,
    oomKilled: false,
    createdAtMs: MOMENT_MS,
    startedAtMs: MOMENT_MS,
    finishedAtMs: null,
    ports: [],
    labels: {},
    networks: ['bridge'],
    ...overrides,
  };
}
