import { Injectable } from '@nestjs/common';
import type { AcceptInvitation, InvitationView } from '@bailiwick/contract';
import type { Request } from 'express';
import { InvitationsService } from '../../foundation/identity/invitations.service.js';
import { assertStrong } from '../../foundation/identity/passwords.rules.js';
import { PasswordsService } from '../../foundation/identity/passwords.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { addressOf } from '../../kernel/http/address.js';

/** Coming by invitation. */
@Injectable()
export class InvitationAcceptanceService {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly passwords: PasswordsService,
    private readonly clock: Clock,
  ) {}

  async look(token: string): Promise<InvitationView> {
    const { email, tenantId, platformRole, invitedByName, expiresAt } = await this.invitations.open(token);
    const { slug, name } = await this.tenants.get(tenantId);
    return { email, tenant: { slug, name }, platformRole, invitedBy: invitedByName, expiresAt: toIso(expiresAt) };
  }

  /** The account and the end of the invitation are one change: nobody comes twice. */
  async accept(request: Request, { token, username, displayName, password }: AcceptInvitation): Promise<void> {
    const invitation = await this.invitations.open(token);
    assertStrong(password, username);
    const passwordHash = await this.passwords.hash(password);
    const tenant = await this.tenants.get(invitation.tenantId);
    const { email, platformRole, roleTag } = invitation;
    await this.users.write(await this.invitations.homeOf(invitation), async (rows, tell) => {
      const user = await this.users.add(rows, tell, tenant, {
        username,
        displayName,
        email,
        emailVerifiedAt: this.clock.now(),
        platformRole,
        roleTag,
        passwordHash,
      });
      await this.invitations.accept(rows, invitation, user);
      await tell('audit', {
        actor: {
          kind: 'user',
          userId: user.id,
          displayName,
          tenantId: tenant.id,
          requestId: request.requestId,
          address: addressOf(request),
          via: 'panel',
        },
        action: 'invitations.accept',
        target: { kind: 'user', id: user.id, label: username, tenantId: tenant.id },
        outcome: 'done',
        details: { invitation: invitation.id, platformRole, roleTag, tenant: tenant.slug },
      });
    });
  }
}
