import { Injectable } from '@nestjs/common';
import type { TwoFactorPolicy, TwoFactorSettings } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TwoFactorPolicyService } from '../../foundation/identity/two-factor-policy.service.js';
import { TwoFactorService } from '../../foundation/identity/two-factor.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { countWithout } from './two-factor.rules.js';

/** Whose role needs a second factor. */
@Injectable()
export class TwoFactorSettingsService {
  constructor(
    private readonly access: AccessService,
    private readonly policy: TwoFactorPolicyService,
    private readonly factors: TwoFactorService,
    private readonly users: UsersService,
    private readonly stepUp: StepUpService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly database: Database,
  ) {}

  async get(actor: Actor): Promise<TwoFactorSettings> {
    this.access.require(actor, 'settings.see', null);
    const { users, since } = await this.factors.list();
    return { ...this.policy.get(), without: countWithout(users, since) };
  }

  /** Counts on everybody's next request; what they have open is looked at anew. */
  async update(actor: Actor, wanted: TwoFactorPolicy): Promise<TwoFactorSettings> {
    this.access.require(actor, 'settings.update', null);
    this.stepUp.assertProved(actor);
    const from = this.policy.get().requiredFor;
    const requiredFor = [...new Set(wanted.requiredFor)];
    await this.database.transaction(async (rows) => {
      await this.policy.put(rows, actor.userId, { requiredFor });
      await this.audit.record(rows, {
        actor,
        action: 'settings.twoFactor',
        target: null,
        outcome: 'done',
        details: { requiredFor: { from, to: requiredFor } },
      });
    });
    await this.policy.reload();
    const { users } = await this.users.list();
    for (const { id, platformRole } of users)
      if (from.includes(platformRole) !== requiredFor.includes(platformRole)) {
        this.events.publish('rights.changed', { userId: id });
        this.events.publish('person.changed', { userId: id, tenantIds: [], roleTags: [] });
      }
    return this.get(actor);
  }
}
