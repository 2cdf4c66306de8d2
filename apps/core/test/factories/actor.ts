import type { TenantId } from '@bailiwick/contract';
import type { Actor } from '../../src/foundation/access/actor.js';
import { newId } from '../../src/kernel/ids.js';

/** One tenant for all, so that two actors are neighbours unless a test says otherwise. */
export const TEST_TENANT: TenantId = 'ten_aaaaaaaaaaaaaaaa';

/** A member of the test tenant. */
export const anActor = (overrides: Partial<Actor> = {}): Actor => ({
  kind: 'user',
  userId: newId('usr'),
  username: 'someone',
  displayName: 'Someone',
  platformRole: 'member',
  roleTag: null,
  tenantId: TEST_TENANT,
  sessionId: newId('ses'),
  active: true,
  twoFactorMissing: false,
  rightsVersion: 1,
  provedUntil: 0,
  via: 'panel',
  ...overrides,
});
