import type { Invitation, InvitationState } from '@bailiwick/contract';

export const STATES: readonly InvitationState[] = ['open', 'accepted', 'expired', 'revoked'];

/** A state as the address names it; null shows all. */
export const toState = (text: string | null): InvitationState | null => STATES.find((state) => state === text) ?? null;

export const selectByState = (
  invitations: readonly Invitation[],
  state: InvitationState | null,
): readonly Invitation[] => (state === null ? invitations : invitations.filter((each) => each.state === state));
