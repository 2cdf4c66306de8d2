import { describe, expect, it } from '@jest/globals';
import type { Invitation } from '@bailiwick/contract';
import { selectByState, toState } from './invitation-view.rules.ts';

const anInvitation = (state: Invitation['state']): Invitation => ({
  id: 'inv_aaaaaaaaaaaaaaaa',
  email: 'eve@example.org',
  tenant: { id: 'ten_aaaaaaaaaaaaaaaa', slug: 'acme', name: 'Acme' },
  platformRole: 'member',
  roleTag: null,
  state,
  invitedBy: { id: 'usr_aaaaaaaaaaaaaaaa', displayName: 'Ada' },
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2026-01-08T00:00:00.000Z',
  acceptedBy: null,
  acceptedAt: null,
  rights: { can: [], why: {} },
});

describe('the invitations that are shown', () => {
  it('are all, or those of the state the address names', () => {
    const all = [anInvitation('open'), anInvitation('revoked')];
    expect(selectByState(all, toState(null))).toEqual(all);
    expect(selectByState(all, toState('revoked'))).toEqual([all[1]]);
    expect(selectByState(all, toState('expired'))).toEqual([]);
    expect(toState('anything')).toBeNull();
  });
});
