import { Injectable } from '@nestjs/common';
import type {
  RecoveryCodes,
  ResetTwoFactor,
  SecondFactor,
  TotpProof,
  TwoFactorStart,
  TwoFactorStatus,
  UserId,
} from '@bailiwick/contract';
import { type Actor, sessionOf } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { Tell } from '../../foundation/identity/outbox.service.js';
import { PasskeysService } from '../../foundation/identity/passkeys.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { totpUri } from '../../foundation/identity/totp.js';
import { TwoFactorLimitsService } from '../../foundation/identity/two-factor-limits.service.js';
import { TwoFactorPolicyService } from '../../foundation/identity/two-factor-policy.service.js';
import { TwoFactorService } from '../../foundation/identity/two-factor.service.js';
import { toIsoOrNull } from '../../kernel/clock.js';
import { conflict, isAppError, notFound } from '../../kernel/errors.js';
import { assertSomebodyElse } from '../people/people.rules.js';
import { PeopleService } from '../people/people.service.js';
import { toQr } from './qr.js';

const ISSUER = 'Bailiwick';

/** People set up, renew and turn off their second factor; an administrator resets somebody else's. */
@Injectable()
export class TwoFactorEnrolmentService {
  constructor(
    private readonly factors: TwoFactorService,
    private readonly passkeys: PasskeysService,
    private readonly policy: TwoFactorPolicyService,
    private readonly limits: TwoFactorLimitsService,
    private readonly tenants: TenantsService,
    private readonly stepUp: StepUpService,
    private readonly people: PeopleService,
    private readonly audit: AuditService,
  ) {}

  async status({ userId, platformRole }: Actor): Promise<TwoFactorStatus> {
    const { confirmedAt, recoveryCodesLeft } = await this.factors.stateOf(userId);
    return {
      enabled: confirmedAt !== null,
      confirmedAt: toIsoOrNull(confirmedAt),
      recoveryCodesLeft,
      required: this.policy.requires(platformRole),
    };
  }

  async start(actor: Actor): Promise<TwoFactorStart> {
    this.stepUp.assertProved(actor);
    await this.factors.assertShown(actor);
    const { slug } = await this.tenants.get(actor.tenantId);
    const secret = await this.factors.start(actor.userId);
    const uri = totpUri(secret, { issuer: ISSUER, label: `${actor.username}@${slug}` });
    return { secret, uri, qr: await toQr(uri) };
  }

  async confirm(actor: Actor, code: string): Promise<RecoveryCodes> {
    await this.factors.assertShown(actor);
    const codes = await this.factors.confirm(actor.userId, code, async (tell) => {
      await tell('sessions.endAll', { userId: actor.userId, except: sessionOf(actor) });
      await this.note(tell, actor, 'twoFactor.enable');
    });
    return { codes };
  }

  async renewCodes(actor: Actor, address: string, proof: TotpProof): Promise<RecoveryCodes> {
    await this.prove(actor, address, proof, 'twoFactor.renewCodes');
    return {
      codes: await this.factors.renewCodes(actor.userId, (tell) => this.note(tell, actor, 'twoFactor.renewCodes')),
    };
  }

  async turnOff(actor: Actor, address: string, proof: SecondFactor): Promise<void> {
    if (this.policy.requires(actor.platformRole))
      throw conflict('wrong_state', 'Your role needs two-factor sign-in; it cannot be turned off.', {
        params: { role: actor.platformRole },
      });
    await this.prove(actor, address, proof, 'twoFactor.disable');
    await this.factors.remove(actor.userId, (tell) => this.note(tell, actor, 'twoFactor.disable'));
  }

  /** For who lost the app, the recovery codes and what held the passkeys. */
  async reset(actor: Actor, id: UserId, { reason }: ResetTwoFactor): Promise<void> {
    const user = await this.people.find(actor, 'people.update', id);
    assertSomebodyElse(actor, id);
    this.stepUp.assertProved(actor);
    const trace = {
      actor,
      target: { kind: 'user', id, label: user.username, tenantId: user.tenantId },
      outcome: 'done' as const,
    };
    const why = reason ? { reason } : {};
    const hadApp = await this.factors.remove(id, (tell) =>
      tell('audit', { ...trace, action: 'twoFactor.reset', details: why }),
    );
    const hadPasskeys = await this.passkeys.removeAll(id, async (tell, count) => {
      await tell('sessions.endAll', { userId: id });
      await tell('audit', { ...trace, action: 'passkeys.reset', details: { count, ...why } });
    });
    if (!hadApp && !hadPasskeys) throw notFound('two-factor sign-in of', id);
    await this.limits.forget(id);
  }

  /** Wrong codes are counted, and written down. */
  private async prove(actor: Actor, address: string, proof: SecondFactor, action: string): Promise<void> {
    if (!(await this.factors.isOn(actor.userId)))
      throw conflict('wrong_state', 'Two-factor sign-in is off.', { hint: 'POST /api/v1/me/two-factor' });
    try {
      await this.factors.assertOne(actor.userId, address, proof);
    } catch (error) {
      if (isAppError(error, 'two_factor_code_invalid'))
        await this.audit.record(null, { actor, action, target: toTarget(actor), outcome: 'refused' });
      throw error;
    }
  }

  private note(tell: Tell, actor: Actor, action: string): Promise<void> {
    return tell('audit', { actor, action, target: toTarget(actor), outcome: 'done' });
  }
}

const toTarget = ({ userId, username, tenantId }: Actor) => ({ kind: 'user', id: userId, label: username, tenantId });
