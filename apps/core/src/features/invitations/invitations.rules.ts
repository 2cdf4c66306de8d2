import { createHash } from 'node:crypto';
import type { Invitation as Shown, InvitationState, ListInvitations, Rights } from '@bailiwick/contract';
import { allows, onTenant } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { Invitation } from '../../foundation/identity/invitation.entity.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';
import type { Letter } from '../../foundation/mail/smtp.driver.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';

const stateOf = ({ state, expiresAt }: Invitation, now: number): InvitationState =>
  state === 'open' && expiresAt <= now ? 'expired' : state;

export const toShownInvitation = (
  actor: Actor,
  invitation: Invitation,
  { tenant: { id, slug, name }, now }: { tenant: Tenant; now: number },
): Shown => ({
  id: invitation.id,
  email: invitation.email,
  tenant: { id, slug, name },
  platformRole: invitation.platformRole,
  roleTag: invitation.roleTag,
  state: stateOf(invitation, now),
  invitedBy: { id: invitation.invitedBy, displayName: invitation.invitedByName },
  createdAt: toIso(invitation.createdAt),
  expiresAt: toIso(invitation.expiresAt),
  acceptedBy: invitation.acceptedBy,
  acceptedAt: invitation.state === 'accepted' ? toIsoOrNull(invitation.endedAt) : null,
  rights: rightsOn(actor, invitation),
});

/** What an owner decided is changed by owners. */
function rightsOn(actor: Actor, { platformRole, state, tenantId }: Invitation): Rights {
  if (!allows(actor, 'people.create', onTenant(tenantId)))
    return { can: [], why: { 'people.create': { code: 'default', params: {} } } };
  if (platformRole === 'owner' && !allows(actor, 'people.ownership', null))
    return { can: [], why: { 'people.create': { code: 'ownership', params: {} } } };
  if (state !== 'open') return { can: [], why: { 'people.create': { code: 'over', params: {} } } };
  return { can: ['people.create'], why: {} };
}

/** The newest first. */
export const selectInvitations = (invitations: readonly Shown[], { state }: ListInvitations): Shown[] =>
  invitations
    .filter((each) => state === undefined || each.state === state)
    .sort((one, other) => (one.createdAt === other.createdAt ? (one.id < other.id ? -1 : 1) : one.createdAt < other.createdAt ? 1 : -1)); // prettier-ignore

export const versionOf = (items: readonly Shown[]): string =>
  createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);

/** Behind the hash: no server, proxy or log on the way ever sees it. */
export const invitationUrl = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/invite#${token}`;

export const invitationMail = (
  { email, invitedByName, days }: Pick<Invitation, 'email' | 'invitedByName' | 'days'>,
  { url, tenant }: { url: string; tenant: string },
): Letter => ({
  to: email,
  subject: 'You are invited to Bailiwick',
  text: [
    'Hello,',
    `${invitedByName} invites you to ${tenant} on Bailiwick. Open this link within ${days === 1 ? 'a day' : `${days} days`} and choose your user name and a password:`,
    url,
    'It works once. If you do not know what this is about, there is nothing to do.',
  ].join('\n\n'),
});
