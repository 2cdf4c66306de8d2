import { Injectable } from '@nestjs/common';
import type { ClaimSetup, SetupStatus } from '@bailiwick/contract';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { Tell } from '../../foundation/identity/outbox.service.js';
import { PasswordsService } from '../../foundation/identity/passwords.service.js';
import { assertStrong } from '../../foundation/identity/passwords.rules.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import { SetupClaimsService } from '../../foundation/identity/setup-claims.service.js';
import { SignInLimitsService } from '../../foundation/identity/sign-in-limits.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { type NewUser, UsersService } from '../../foundation/identity/users.service.js';
import { isAppError } from '../../kernel/errors.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { MeService } from './me.service.js';
import type { SignedIn } from './sign-in-opening.service.js';

/** The name wrong setup tokens are counted under; no username can be spelt like it. */
const SETUP_NAME = '(setup)';

@Injectable()
export class SetupService {
  constructor(
    private readonly claims: SetupClaimsService,
    private readonly limits: SignInLimitsService,
    private readonly passwords: PasswordsService,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly me: MeService,
    private readonly audit: AuditService,
    private readonly tenants: TenantsService,
  ) {}

  async status(): Promise<SetupStatus> {
    return { needed: await this.claims.isNeeded() };
  }

  async claim(request: Request, { token, username, displayName, password }: ClaimSetup): Promise<SignedIn> {
    await this.assertToken(request, token);
    assertStrong(password, username);
    const passwordHash = await this.passwords.hash(password);
    const { address, device, requestId } = cameFrom(request);
    const session = await this.users.write({ kind: 'system' }, async (rows, tell) => {
      const owner = await this.makeOwner(rows, tell, { username, displayName, passwordHash });
      const opened = await this.sessions.open(rows, { userId: owner.id, address, device });
      await this.audit.record(rows, {
        actor: { kind: 'user', ...owner, userId: owner.id, requestId, address },
        action: 'panel.setUp',
        target: { kind: 'user', id: owner.id, label: username, tenantId: owner.tenantId },
        outcome: 'done',
        details: { device },
      });
      return opened;
    });
    this.claims.close();
    return { session, me: await this.me.get(await this.sessions.actorOf(session.token)) };
  }

  /** Inside a write to the system's database: the first person, and nobody after. Call `close` once that is committed. */
  async makeOwner(rows: EntityManager, tell: Tell, wanted: Omit<NewUser, 'platformRole'>): Promise<User> {
    await this.claims.assertUnclaimed(rows);
    const tenant = await this.tenants.ensureDefault(rows);
    const owner = await this.users.add(rows, tell, tenant, { ...wanted, platformRole: 'owner' });
    await this.claims.claim(rows, owner.id);
    return owner;
  }

  private async assertToken(request: Request, token: string): Promise<void> {
    const { address, device, requestId } = cameFrom(request);
    const attempt = await this.limits.take(address, SETUP_NAME);
    try {
      await this.claims.assertToken(token);
    } catch (error) {
      if (isAppError(error, 'setup_token_invalid'))
        await this.audit.record(null, {
          actor: { kind: 'anonymous', name: 'unknown', requestId, address },
          action: 'panel.setUp',
          target: null,
          outcome: 'refused',
          details: { device },
        });
      else await this.limits.cancel(attempt);
      throw error;
    }
    await this.limits.cancel(attempt);
  }
}
