import { Injectable } from '@nestjs/common';
import type { Appearance, Me } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { appearanceOf, toPerson, UsersService } from '../../foundation/identity/users.service.js';
import { toIso } from '../../kernel/clock.js';
import { capabilitiesOnPanel } from './me.rules.js';

@Injectable()
export class MeService {
  constructor(
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly sessions: SessionsService,
  ) {}

  async get(actor: Actor): Promise<Me> {
    const user = await this.users.get(actor.userId);
    const { id, slug, name } = await this.tenants.get(actor.tenantId);
    const { idleEndsAt, endsAt } = await this.sessions.endsOf(actor.sessionId);
    return {
      user: toPerson(user),
      tenant: { id, slug, name },
      session: { id: actor.sessionId, idleEndsAt: toIso(idleEndsAt), endsAt: toIso(endsAt) },
      csrf: this.sessions.csrfOf(actor.sessionId),
      can: capabilitiesOnPanel(actor),
      appearance: appearanceOf(user),
    };
  }

  async setAppearance(actor: Actor, appearance: Appearance): Promise<void> {
    await this.users.setAppearance(actor.userId, appearance);
  }
}
