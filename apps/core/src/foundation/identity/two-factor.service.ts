import { Inject, Injectable } from '@nestjs/common';
import type { SecondFactor, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { conflict, unauthenticated } from '../../kernel/errors.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { Actor } from '../access/actor.js';
import type { Home } from './home.js';
import type { Tell } from './outbox.service.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { findTotpStep, newTotpSecret } from './totp.js';
import type { TwoFactor } from './two-factor.entity.js';
import { TwoFactorLimitsService } from './two-factor-limits.service.js';
import { TwoFactorStore } from './two-factor.store.js';
import type { Tenant } from './tenant.entity.js';
import type { User } from './user.entity.js';
import { UsersService } from './users.service.js';

const PURPOSE = 'two-factor';

export interface TwoFactorState {
  /** Null while it is off. */
  readonly confirmedAt: number | null;
  readonly recoveryCodesLeft: number;
}

/** What became of a try; `locks`: the next one is refused for a while. */
export interface TriedFactor {
  readonly right: boolean;
  readonly locks: boolean;
}

/** What people prove beside their password: a code of their app, or one of their recovery codes. */
@Injectable()
export class TwoFactorService {
  private readonly window: number;
  private readonly log: Log;

  constructor(
    private readonly factors: TwoFactorStore,
    private readonly users: UsersService,
    private readonly limits: TwoFactorLimitsService,
    private readonly key: SecretKey,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
    coreLog: CoreLog,
  ) {
    this.window = config.BAILIWICK_TOTP_WINDOW;
    this.log = coreLog.for('two-factor');
  }

  async stateOf(userId: UserId): Promise<TwoFactorState> {
    const home = await this.users.homeOfUser(userId);
    const confirmedAt = (await this.factors.find(home, userId))?.confirmedAt ?? null;
    return { confirmedAt, recoveryCodesLeft: await this.factors.countCodesLeft(home, userId) };
  }

  /** Since when somebody has a second factor, be it a passkey. */
  async sinceOf(userId: UserId): Promise<number | null> {
    return (await this.factors.sinceIn(await this.users.homeOfUser(userId), userId)).get(userId) ?? null;
  }

  /** `UsersService.list`, and since when who has a second factor has it: each database is looked at once. */
  async list(tenant?: Tenant): Promise<{ users: User[]; unread: string[]; since: ReadonlyMap<UserId, number> }> {
    const since = new Map<UserId, number>();
    const listed = await this.users.list(tenant, async (home) => {
      for (const [userId, at] of await this.factors.sinceIn(home)) since.set(userId, at);
    });
    return { ...listed, since };
  }

  async isOn(userId: UserId): Promise<boolean> {
    return (await this.stateOf(userId)).confirmedAt !== null;
  }

  /** 409 while this session has not shown the second factor its person has and needs: a password alone adds no other. */
  async assertShown({ userId, twoFactorMissing }: Pick<Actor, 'userId' | 'twoFactorMissing'>): Promise<void> {
    if (!twoFactorMissing || (await this.sinceOf(userId)) === null) return;
    throw conflict('passkey_first', 'You have a passkey. Sign out, and sign in with it first.', {
      hint: 'POST /api/v1/me/step-up with the passkey, then try again.',
    });
  }

  /** A new secret, sealed with its owner's id; an earlier one that was never confirmed is gone. */
  async start(userId: UserId): Promise<string> {
    const secret = newTotpSecret();
    const sealed = this.key.seal(PURPOSE, userId, secret);
    const started = await this.users.write(await this.users.homeOfUser(userId), (rows) =>
      this.factors.start(rows, userId, sealed),
    );
    if (!started) throw isOnAlready();
    return secret;
  }

  /** Turns it on with a first code, which is used up by that; answers the recovery codes. `also` stands or falls with it. */
  async confirm(userId: UserId, code: string, also: (tell: Tell) => Promise<void>): Promise<string[]> {
    const home = await this.users.homeOfUser(userId);
    const factor = await this.factors.find(home, userId);
    if (!factor) throw conflict('wrong_state', 'Set it up first.', { hint: 'POST /api/v1/me/two-factor' });
    if (factor.confirmedAt !== null) throw isOnAlready();
    const step = await this.stepOf(factor, code);
    if (step === undefined) throw wrongCode();
    const codes = newRecoveryCodes();
    await this.users.write(home, async (rows, tell) => {
      if (!(await this.factors.confirm(rows, factor, { step, at: this.clock.now() }))) throw isOnAlready();
      await this.putCodes(rows, userId, codes);
      await this.users.raiseRights(rows, tell, userId);
      await also(tell);
    });
    return codes;
  }

  /** Counts before it looks; a right one is used up. */
  async tryOne(userId: UserId, address: string, factor: SecondFactor): Promise<TriedFactor> {
    const attempt = await this.limits.take(userId, address);
    const right = await this.use(await this.users.homeOfUser(userId), userId, factor);
    if (right) await this.limits.succeed(attempt);
    return { right, locks: !right && attempt.locks };
  }

  /** 401 unless it is right. */
  async assertOne(userId: UserId, address: string, factor: SecondFactor): Promise<void> {
    if (!(await this.tryOne(userId, address, factor)).right) throw wrongCode();
  }

  async renewCodes(userId: UserId, also: (tell: Tell) => Promise<void>): Promise<string[]> {
    const codes = newRecoveryCodes();
    await this.users.write(await this.users.homeOfUser(userId), async (rows, tell) => {
      await this.putCodes(rows, userId, codes);
      await also(tell);
    });
    return codes;
  }

  /** Off, with all that belongs to it. False where there was nothing. */
  async remove(userId: UserId, also: (tell: Tell) => Promise<void>): Promise<boolean> {
    return this.users.write(await this.users.homeOfUser(userId), async (rows, tell) => {
      if (!(await this.factors.remove(rows, userId))) return false;
      await this.users.raiseRights(rows, tell, userId);
      await also(tell);
      return true;
    });
  }

  private async use(home: Home, userId: UserId, given: SecondFactor): Promise<boolean> {
    const factor = await this.factors.find(home, userId);
    if (!factor || factor.confirmedAt === null) return false;
    if ('recoveryCode' in given) {
      const hash = hashRecoveryCode(userId, given.recoveryCode);
      return this.users.write(home, (rows) => this.factors.takeCode(rows, userId, hash, this.clock.now()));
    }
    const step = await this.stepOf(factor, given.code);
    return step !== undefined && this.users.write(home, (rows) => this.factors.takeStep(rows, factor, step));
  }

  private async stepOf({ userId, sealed }: TwoFactor, code: string): Promise<number | undefined> {
    const secret = this.unseal(userId, sealed);
    return secret === undefined
      ? undefined
      : findTotpStep(secret, code, { now: this.clock.now(), window: this.window });
  }

  /** A tenant's file from another installation holds secrets this one cannot open; recovery codes still work. */
  private unseal(userId: UserId, sealed: string): string | undefined {
    try {
      return this.key.open(PURPOSE, userId, sealed);
    } catch (error) {
      this.log.warn({ err: error, userId }, 'A two-factor secret was sealed with another key; reset it for its person');
      return undefined;
    }
  }

  private putCodes(rows: EntityManager, userId: UserId, codes: readonly string[]): Promise<void> {
    return this.factors.replaceCodes(
      rows,
      userId,
      codes.map((code) => hashRecoveryCode(userId, code)),
    );
  }
}

export const wrongCode = () =>
  unauthenticated('two_factor_code_invalid', 'That code is wrong, or it was used before. Wait for the next one.');
const isOnAlready = () => conflict('wrong_state', 'Two-factor sign-in is on already. Turn it off first.');
