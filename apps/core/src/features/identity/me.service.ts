import { Injectable } from '@nestjs/common';
import type { Appearance, ChangePassword, ErrorCode, Me, StepUp, UpdateProfile } from '@bailiwick/contract';
import { type Actor, credentialOf, sessionOf } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { assertStrong } from '../../foundation/identity/passwords.rules.js';
import { PasswordsService } from '../../foundation/identity/passwords.service.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import { SignInLimitsService } from '../../foundation/identity/sign-in-limits.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { appearanceOf, toPerson, UsersService } from '../../foundation/identity/users.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { isAppError } from '../../kernel/errors.js';
import { addressLimit, capabilitiesAnywhere, capabilitiesOnPanel } from './me.rules.js';

@Injectable()
export class MeService {
  constructor(
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly sessions: SessionsService,
    private readonly passwords: PasswordsService,
    private readonly proof: StepUpService,
    private readonly audit: AuditService,
    private readonly limits: SignInLimitsService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async get(actor: Actor): Promise<Me> {
    const user = await this.users.get(actor.userId);
    const { id, slug, name } = await this.tenants.get(actor.tenantId);
    const { idleEndsAt, endsAt } = await this.endsOf(actor);
    return {
      user: toPerson(user),
      email: user.email,
      emailVerified: user.emailVerifiedAt !== null,
      tenant: { id, slug, name },
      session: { id: credentialOf(actor), idleEndsAt: toIso(idleEndsAt), endsAt: toIso(endsAt) },
      csrf: actor.credential === 'cookie' ? this.sessions.csrfOf(actor.sessionId) : '',
      can: capabilitiesOnPanel(actor),
      anywhere: capabilitiesAnywhere(actor),
      appearance: appearanceOf(user),
      viewedBy: actor.viewedBy ? { id: actor.viewedBy.userId, displayName: actor.viewedBy.displayName } : null,
      twoFactorMissing: actor.twoFactorMissing,
    };
  }

  async setAppearance(actor: Actor, appearance: Appearance): Promise<void> {
    await this.users.setAppearance(actor.userId, appearance);
  }

  async update(actor: Actor, { displayName, email: wanted }: UpdateProfile): Promise<void> {
    const { email: before } = await this.users.get(actor.userId);
    const email = wanted === undefined ? before : wanted;
    if (email !== before) {
      this.proof.assertProved(actor);
      await this.database.transaction((rows) => this.limits.count(rows, [addressLimit(actor.userId)]));
    }
    await this.users.write(await this.users.homeOfUser(actor.userId), async (rows, tell) => {
      await this.users.change(rows, tell, actor.userId, { displayName, email });
      if (email !== before && before !== null)
        await tell('mail.write', { kind: 'address-changed', payload: { userId: actor.userId, to: before } });
      await tell('containers.nameOwner', { userId: actor.userId, displayName });
      await tell('audit', {
        actor,
        action: 'account.update',
        target: toTarget(actor),
        outcome: 'done',
        details: {
          ...(displayName === actor.displayName ? {} : { displayName: { from: actor.displayName, to: displayName } }),
          ...(email === before ? {} : { email: { from: before, to: email } }),
        },
      });
    });
  }

  async changePassword(actor: Actor, address: string, { current, password }: ChangePassword): Promise<void> {
    await this.proof.prove(actor, address, current);
    assertStrong(password, actor.username);
    const passwordHash = await this.passwords.hash(password);
    await this.users.write(await this.users.homeOfUser(actor.userId), async (rows, tell) => {
      await this.users.change(rows, tell, actor.userId, { passwordHash });
      await tell('sessions.endAll', { userId: actor.userId, except: sessionOf(actor) });
      await tell('mail.write', { kind: 'password-changed', payload: { userId: actor.userId, at: this.clock.now() } });
      await tell('audit', { actor, action: 'account.changePassword', target: toTarget(actor), outcome: 'done' });
    });
  }

  async stepUp(actor: Actor, { address, host }: { address: string; host: string }, given: StepUp): Promise<void> {
    try {
      if ('passkey' in given) await this.proof.proveByPasskey(actor, host, given.passkey);
      else if ('code' in given) await this.proof.proveByCode(actor, address, given.code);
      else await this.proof.prove(actor, address, given.password);
    } catch (error) {
      if (isAppError(error) && REFUSED_PROOFS.has(error.code))
        await this.audit.record(null, { actor, action: 'account.stepUp', target: toTarget(actor), outcome: 'refused' });
      throw error;
    }
    await this.audit.record(null, { actor, action: 'account.stepUp', target: toTarget(actor), outcome: 'done' });
  }

  private async endsOf(actor: Actor): Promise<{ idleEndsAt: number; endsAt: number }> {
    if (actor.credential === 'personal_token') return { idleEndsAt: actor.endsAt, endsAt: actor.endsAt };
    return this.sessions.endsOf(actor.sessionId);
  }
}

const REFUSED_PROOFS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid_credentials',
  'two_factor_code_invalid',
  'passkey_refused',
]);
const toTarget = ({ userId, username, tenantId }: Actor) => ({ kind: 'user', id: userId, label: username, tenantId });
