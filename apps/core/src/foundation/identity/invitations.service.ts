import { Injectable } from '@nestjs/common';
import { InvitationId, type PlatformRole, TenantId, type UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { AppError, conflict, isAppError, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Home } from './home.js';
import type { Invitation } from './invitation.entity.js';
import { InvitationsStore } from './invitations.store.js';
import { hashToken, newSessionToken } from './session-cookie.js';
import type { Tenant } from './tenant.entity.js';
import { TenantsService } from './tenants.service.js';
import type { User } from './user.entity.js';
import { isStaffRole } from './users.rules.js';
import { UsersService } from './users.service.js';

const DAY_MS = 24 * 3_600_000;
const KEPT_MS = 90 * DAY_MS;

export interface WantedInvitation {
  readonly tenant: Tenant;
  readonly email: string;
  readonly platformRole: PlatformRole;
  readonly roleTag: string | null;
  readonly days: number;
  readonly by: { readonly userId: UserId; readonly displayName: string };
}

/** Accounts to come: who may make one, as what, and until when. Only hashes of the links are kept. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly invitations: InvitationsStore,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly clock: Clock,
  ) {}

  /** Where an invitation is: where its account will be. */
  async homeOf({ platformRole, tenantId }: Pick<Invitation, 'platformRole' | 'tenantId'>): Promise<Home> {
    return this.users.homeFor(platformRole, await this.tenants.get(tenantId));
  }

  /** Of all tenants, or of one; a tenant whose database cannot be read is left out and named. */
  async list(tenant?: Tenant): Promise<{ invitations: Invitation[]; unread: string[] }> {
    const staff = await this.invitations.all({ kind: 'system' });
    const invitations = staff.filter(({ tenantId }) => !tenant || tenantId === tenant.id);
    const unread: string[] = [];
    for (const { slug } of tenant ? [tenant] : await this.tenants.all()) {
      try {
        invitations.push(...(await this.invitations.all({ kind: 'tenant', slug })));
      } catch (error) {
        if (!isAppError(error, 'storage_unavailable')) throw error;
        unread.push(slug);
      }
    }
    return { invitations, unread };
  }

  async get(id: InvitationId): Promise<Invitation> {
    const found = (await this.list()).invitations.find((each) => each.id === id);
    if (!found) throw notFound('invitation', id);
    return found;
  }

  /** Inside `users.write`, in the home of the account to come. */
  async add(rows: EntityManager, wanted: WantedInvitation): Promise<Invitation> {
    const now = this.clock.now();
    const { tenant, email, platformRole, roleTag, days, by } = wanted;
    await this.invitations.forgetEndedBefore(rows, now - KEPT_MS);
    await this.users.assertAddressFree(rows, email);
    if (await this.invitations.findOpenFor(rows, email, now))
      throw conflict('name_taken', `${email} is invited already. Send that invitation again.`, { params: { email } });
    const invitation: Invitation = {
      id: newId('inv'),
      tokenHash: null,
      email,
      tenantId: tenant.id,
      platformRole,
      roleTag,
      state: 'open',
      invitedBy: by.userId,
      invitedByName: by.displayName,
      createdAt: now,
      days,
      expiresAt: now + days * DAY_MS,
      acceptedBy: null,
      endedAt: null,
    };
    await this.invitations.add(rows, invitation);
    return invitation;
  }

  /** As long again as at first. 409 where it is over. */
  async prolong(rows: EntityManager, invitation: Invitation): Promise<Invitation> {
    const changes = { expiresAt: this.clock.now() + invitation.days * DAY_MS };
    if (!(await this.invitations.change(rows, invitation.id, changes))) throw isOver();
    return { ...invitation, ...changes };
  }

  /** A new link, in place of the one before. Inside `users.write`; the token is told once. */
  async makeLink(rows: EntityManager, invitation: Invitation, secret = newSessionToken()): Promise<string> {
    if (!(await this.invitations.change(rows, invitation.id, { tokenHash: hashToken(secret) }))) throw isOver();
    const where = isStaffRole(invitation.platformRole) ? 'system' : invitation.tenantId;
    return `${where}.${invitation.id}.${secret}`;
  }

  async revoke(rows: EntityManager, { id }: Invitation): Promise<void> {
    if (!(await this.invitations.change(rows, id, { state: 'revoked', tokenHash: null, endedAt: this.clock.now() })))
      throw isOver();
  }

  /** `invitation_invalid` for everything that opens nothing: what is wrong with it is not told. */
  async open(token: string): Promise<Invitation> {
    const [where = '', id = '', secret = ''] = token.split('.');
    const invitation = await this.findAt(where, InvitationId.parse(id));
    if (invitation?.tokenHash !== hashToken(secret) || !(await this.isOpen(invitation))) throw invitationInvalid();
    return invitation;
  }

  /** Inside `users.write`: the account it was for. The second of two at the same time is refused. */
  async accept(rows: EntityManager, invitation: Invitation, user: User): Promise<void> {
    const changes = { state: 'accepted', acceptedBy: user.id, endedAt: this.clock.now(), tokenHash: null } as const;
    if (!(await this.invitations.accept(rows, invitation, changes))) throw invitationInvalid();
  }

  /** Whoever invited must still be one who may: nobody leaves doors behind. */
  async isOpen({ state, expiresAt, tenantId, invitedBy, platformRole }: Invitation): Promise<boolean> {
    if (state !== 'open' || expiresAt <= this.clock.now()) return false;
    if ((await this.tenants.get(tenantId)).archivedAt !== null) return false;
    const host = await this.users.find(invitedBy);
    if (!host?.active || !isStaffRole(host.platformRole)) return false;
    return platformRole !== 'owner' || host.platformRole === 'owner';
  }

  private async findAt(where: string, id: InvitationId): Promise<Invitation | null> {
    if (where === 'system') return this.invitations.find({ kind: 'system' }, id);
    const tenant = await this.tenants.find(TenantId.parse(where));
    return tenant && this.invitations.find({ kind: 'tenant', slug: tenant.slug }, id);
  }
}

const isOver = () => conflict('wrong_state', 'This invitation was accepted or withdrawn. Invite anew.');
const invitationInvalid = () =>
  new AppError('invitation_invalid', 410, 'This invitation is wrong, was used or withdrawn, or is too old.', {
    hint: 'Ask whoever invited you for a new one.',
  });
