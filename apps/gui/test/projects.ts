import type { Project } from '@bailiwick/contract';

/** A project as the list shows it. */
export const aProject = (overrides: Partial<Project> = {}): Project => ({
  id: 'prj_aaaaaaaaaaaaaaaa',
  tenant: { id: 'ten_aaaaaaaaaaaaaaaa', slug: 'acme', name: 'Acme' },
  name: 'Shop',
  description: 'Sells tea.',
  tags: ['web'],
  defaultRole: 'operator',
  quota: { containers: null, cpus: null, memoryBytes: null, diskBytes: null },
  containers: 0,
  members: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  archivedAt: null,
  rights: { can: [], why: {} },
  ...overrides,
});
