import { Inject, Injectable } from '@nestjs/common';
import type { SignInProviderList } from '@bailiwick/contract';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import { type AuditActor, AuditService } from '../../foundation/audit/audit.service.js';
import { SignInLimitsService, type SignInTry } from '../../foundation/identity/sign-in-limits.service.js';
import type { OpenedSession } from '../../foundation/identity/sessions.service.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { type AppError, isAppError, unauthenticated } from '../../kernel/errors.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { SignInProvider } from '../../sign-in-providers.js';
import { ProviderPeopleService } from '../providers/provider-people.service.js';
import { ProvidersService } from '../providers/providers.service.js';
import { toOwnPath } from './own-path.rules.js';
import { type Carried, PROVIDER_COOKIE_MS, readCarried, sealCarried } from './provider-cookie.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { SignInOpeningService } from './sign-in-opening.service.js';
import { SignInTwoFactorService } from './sign-in-two-factor.service.js';

/** The name refused people of a provider are counted under; no username can be spelt like it. */
const PROVIDER_NAME = '(provider)';

/** Where the browser goes next, and with what. */
export interface Onward {
  readonly to: string;
  readonly session?: OpenedSession;
}

/** Signing in by somebody else's word: a redirect there, and what becomes of who comes back. */
@Injectable()
export class SignInProviderService {
  private readonly log: Log;

  constructor(
    private readonly providers: ProvidersService,
    private readonly people: ProviderPeopleService,
    private readonly limits: SignInLimitsService,
    private readonly opening: SignInOpeningService,
    private readonly secondStep: SignInTwoFactorService,
    private readonly audit: AuditService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly key: SecretKey,
    @Inject(CONFIG) private readonly config: Config,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('sign-in');
  }

  list(): SignInProviderList {
    return this.providers.list();
  }

  /** There, with what the browser has to bring back. */
  async begin(id: string, next: string | undefined): Promise<Onward & { carried?: string }> {
    const provider = this.providers.get(id);
    const target = toOwnPath(next);
    try {
      const { url, question } = await this.providers.begin(provider);
      const expiresAt = this.clock.now() + PROVIDER_COOKIE_MS;
      return { to: url.href, carried: sealCarried(this.key, id, { ...question, next: target, expiresAt }) };
    } catch (error) {
      return this.toLogin(provider, target, error);
    }
  }

  async finish(request: Request, id: string): Promise<Onward> {
    const provider = this.providers.get(id);
    const carried = readCarried(request, this.key, id, this.config);
    const next = toOwnPath(carried?.next);
    try {
      // Before anything is written: whoever brings nothing back has tried nothing.
      if (!carried || this.clock.now() >= carried.expiresAt) throw expired();
      const attempt = await this.limits.take(cameFrom(request).address, PROVIDER_NAME);
      return await this.admit(request, provider, carried, attempt);
    } catch (error) {
      return this.toLogin(provider, next, error);
    }
  }

  private async admit(
    request: Request,
    provider: SignInProvider,
    carried: Carried,
    attempt: SignInTry,
  ): Promise<Onward> {
    try {
      const person = await this.providers.finish(provider, queryOf(request), carried);
      const account = await this.people.admit(provider, person, actorOf(request, provider));
      const succeed = (rows: Parameters<SignInLimitsService['succeed']>[0]) => this.limits.succeed(rows, attempt);
      const factors = await this.secondStep.factorsOf(request, account);
      if (factors.length > 0) throw await this.secondStep.demand(request, account, factors, succeed);
      const { session } = await this.opening.open(request, account, { provider: provider.id }, succeed);
      return { to: carried.next, session };
    } catch (error) {
      if (isAppError(error) && NOTED.has(error.code)) await this.noteFailure(request, provider, error, attempt);
      else if (!isAppError(error, 'two_factor_required')) await this.limits.cancel(attempt);
      throw error;
    }
  }

  /** People come here by a redirect: they are told on a page of ours, not in JSON. */
  private toLogin({ id, label }: SignInProvider, next: string, error: unknown): Onward {
    if (!isAppError(error)) throw error;
    const query = new URLSearchParams(next === '/' ? {} : { next });
    if (error.code === 'two_factor_required') {
      // In the fragment: it is sent to no server and stands in no log.
      const step = Buffer.from(JSON.stringify(error.params)).toString('base64url');
      return { to: `/login?${query.toString()}#second-step=${step}` };
    }
    this.log.warn({ err: error, provider: id }, `${label} did not sign somebody in`);
    query.set('error', error.code);
    query.set('provider', id);
    return { to: `/login?${query.toString()}` };
  }

  private async noteFailure(
    request: Request,
    provider: SignInProvider,
    error: AppError,
    { locks }: SignInTry,
  ): Promise<void> {
    const entry = {
      actor: actorOf(request, provider),
      target: null,
      details: { device: cameFrom(request).device, way: 'provider', provider: provider.id, code: error.code },
    };
    await this.database.transaction(async (rows) => {
      await this.audit.record(rows, { ...entry, action: 'sessions.signIn', outcome: 'refused' });
      if (locks) await this.audit.record(rows, { ...entry, action: 'sessions.lock', outcome: 'done' });
    });
  }
}

/** What counts as a try, and is written down. */
const NOTED: ReadonlySet<string> = new Set(['provider_refused', 'provider_stranger']);

const expired = () =>
  unauthenticated('provider_expired', 'That took too long, or began in another browser. Start again.');

const actorOf = (request: Request, { id }: SignInProvider): AuditActor => {
  const { requestId, address } = cameFrom(request);
  return { kind: 'anonymous', name: `provider ${id}`, requestId, address };
};

const queryOf = ({ originalUrl }: Request): string => originalUrl.split('?').slice(1).join('?');
