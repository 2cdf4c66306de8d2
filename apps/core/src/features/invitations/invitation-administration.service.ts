import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type CreateInvitation,
  type InvitationAnswer,
  InvitationId,
  type InvitationList,
  type ListInvitations,
  type ResendInvitation,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import type { Invitation } from '../../foundation/identity/invitation.entity.js';
import { InvitationsService } from '../../foundation/identity/invitations.service.js';
import type { Tell } from '../../foundation/identity/outbox.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { type Composing, MailService } from '../../foundation/mail/mail.service.js';
import type { Letter } from '../../foundation/mail/smtp.driver.js';
import { Clock } from '../../kernel/clock.js';
import { isAppError, notFound } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { assertMayGive, assertMayTag } from '../people/people.rules.js';
import { PeopleService } from '../people/people.service.js';
import { invitationMail, invitationUrl, selectInvitations, toShownInvitation, versionOf } from './invitations.rules.js';

const About = z.object({ invitationId: InvitationId });

declare module '../../foundation/mail/mail.service.js' {
  interface MailKinds {
    invitation: { invitationId: InvitationId };
  }
}

/** Inviting people, and what became of it. */
@Injectable()
export class InvitationAdministrationService implements OnModuleInit {
  constructor(
    private readonly access: AccessService,
    private readonly invitations: InvitationsService,
    private readonly people: PeopleService,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly roles: RoleCatalogue,
    private readonly stepUp: StepUpService,
    private readonly mail: MailService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.mail.compose('invitation', About, (about, composing) => this.compose(about, composing));
  }

  async list(actor: Actor, query: ListInvitations): Promise<InvitationList> {
    const reach = this.access.requireReach(actor, 'people.see');
    const asked = query.tenant === undefined ? undefined : await this.tenants.find(query.tenant);
    const own = reach === 'all' ? undefined : await this.tenants.find(reach);
    const tenant = own && asked !== undefined && asked?.id !== own?.id ? null : (own ?? asked);
    if (tenant === null) return { items: [], version: versionOf([]), unread: [] };
    const tenants = new Map((await this.tenants.all()).map((each) => [each.id, each]));
    const { invitations, unread } = await this.invitations.list(tenant);
    const shown = invitations.flatMap((each) => {
      const home = tenants.get(each.tenantId);
      return home ? [toShownInvitation(actor, each, { tenant: home, now: this.clock.now() })] : [];
    });
    const items = selectInvitations(shown, query);
    return { items, version: versionOf(items), unread };
  }

  async create(actor: Actor, wanted: CreateInvitation): Promise<InvitationAnswer> {
    this.access.requireReach(actor, 'people.create');
    this.stepUp.assertProved(actor);
    assertMayGive(actor, wanted.platformRole);
    const tenant = await this.people.openTenant(wanted.tenant, actor);
    if (wanted.roleTag !== undefined) {
      assertMayTag(actor);
      this.roles.assertKnown(wanted.roleTag);
    }
    const way = this.wayOf(wanted);
    const { email, platformRole, roleTag = null, days } = wanted;
    const made = await this.users.write(this.users.homeFor(platformRole, tenant), async (rows, tell) => {
      const invitation = await this.invitations.add(rows, { tenant, email, platformRole, roleTag, days, by: actor });
      const token = await this.send(rows, tell, invitation, way);
      await this.note(actor, tell, 'invitations.create', invitation, { platformRole, roleTag, days, by: way });
      return { invitation, token };
    });
    return this.answer(actor, made);
  }

  async resend(actor: Actor, id: InvitationId, wanted: ResendInvitation): Promise<InvitationAnswer> {
    const before = await this.find(actor, id);
    const way = this.wayOf(wanted);
    const made = await this.users.write(await this.invitations.homeOf(before), async (rows, tell) => {
      const invitation = await this.invitations.prolong(rows, before);
      const token = await this.send(rows, tell, invitation, way);
      await this.note(actor, tell, 'invitations.resend', invitation, { by: way });
      return { invitation, token };
    });
    return this.answer(actor, made);
  }

  async revoke(actor: Actor, id: InvitationId): Promise<void> {
    const invitation = await this.find(actor, id);
    await this.users.write(await this.invitations.homeOf(invitation), async (rows, tell) => {
      await this.invitations.revoke(rows, invitation);
      await this.note(actor, tell, 'invitations.revoke', invitation, {});
    });
  }

  private async find(actor: Actor, id: InvitationId): Promise<Invitation> {
    const reach = this.access.requireReach(actor, 'people.create');
    const invitation = await this.invitations.get(id);
    if (reach !== 'all' && invitation.tenantId !== reach) throw notFound('invitation', id);
    this.stepUp.assertProved(actor);
    assertMayGive(actor, invitation.platformRole);
    return invitation;
  }

  private wayOf({ by }: ResendInvitation): 'mail' | 'link' {
    if (by === 'mail') this.mail.assertConfigured();
    return by ?? (this.mail.isConfigured ? 'mail' : 'link');
  }

  /** A link is made at once; for a mail it is made when that is composed. */
  private async send(
    rows: EntityManager,
    tell: Tell,
    invitation: Invitation,
    way: 'mail' | 'link',
  ): Promise<string | null> {
    if (way === 'link') return this.invitations.makeLink(rows, invitation);
    const payload = { invitationId: invitation.id };
    await tell('mail.write', { kind: 'invitation', payload, sameAs: `invitation ${invitation.id}` });
    return null;
  }

  private note(
    actor: Actor,
    tell: Tell,
    action: string,
    { id, email, tenantId }: Invitation,
    details: Record<string, unknown>,
  ): Promise<void> {
    return tell('audit', {
      actor,
      action,
      target: { kind: 'invitation', id, label: email, tenantId },
      outcome: 'done',
      details,
    });
  }

  private async answer(
    actor: Actor,
    { invitation, token }: { invitation: Invitation; token: string | null },
  ): Promise<InvitationAnswer> {
    const tenant = await this.tenants.get(invitation.tenantId);
    return {
      item: toShownInvitation(actor, invitation, { tenant, now: this.clock.now() }),
      url: token === null ? null : invitationUrl(this.config.BAILIWICK_PUBLIC_URL, token),
    };
  }

  /** Nothing is sent of what was accepted or withdrawn meanwhile. */
  private async compose({ invitationId }: z.infer<typeof About>, { secret }: Composing): Promise<Letter | undefined> {
    const invitation = await this.findOpen(invitationId);
    if (!invitation) return undefined;
    const { name } = await this.tenants.get(invitation.tenantId);
    const token = await this.users.write(await this.invitations.homeOf(invitation), (rows) =>
      this.invitations.makeLink(rows, invitation, secret),
    );
    return invitationMail(invitation, { url: invitationUrl(this.config.BAILIWICK_PUBLIC_URL, token), tenant: name });
  }

  private async findOpen(id: InvitationId): Promise<Invitation | undefined> {
    try {
      const invitation = await this.invitations.get(id);
      return (await this.invitations.isOpen(invitation)) ? invitation : undefined;
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined;
      throw error;
    }
  }
}
