import type { TenantId } from '@bailiwick/contract';
import type { BrowserActor, TokenActor } from '../../src/foundation/access/actor.js';
import { NO_STANDING } from '../../src/foundation/access/standing.js';
import { newId } from '../../src/kernel/ids.js';

/** One tenant for all, so that two actors are neighbours unless a test says otherwise. */
export const TEST_TENANT: TenantId = 'ten_aaaaaaaaaaaaaaaa';

/** A member of the test tenant, in a browser. */
export const anActor = (overrides: Partial<BrowserActor> = {}): BrowserActor => ({
  kind: 'user',
  credential: 'cookie',
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
  standing: NO_STANDING,
  provedUntil: 0,
  via: 'panel',
  ...overrides,
});

/** A program of theirs, with a token of that scope. */
export function aTokenOf({ sessionId: _, ...person }: BrowserActor, scope: TokenActor['scope']): TokenActor {
  return {
    ...person,
    credential: 'personal_token',
    via: 'token',
    tokenId: newId('tok'),
    endsAt: Number.MAX_SAFE_INTEGER,
    scope,
  };
}
