import { Inject, Injectable } from '@nestjs/common';
import type { Me, PasskeyId } from '@bailiwick/contract';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../config.js';
import { AuditService, type AuditTarget } from '../../foundation/audit/audit.service.js';
import { readSessionToken } from '../../foundation/identity/session-cookie.js';
import { type OpenedSession, SessionsService } from '../../foundation/identity/sessions.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Database } from '../../kernel/database/database.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { CONFIG } from '../../kernel/tokens.js';
import { MeService } from './me.service.js';

export interface SignedIn {
  readonly me: Me;
  readonly session: OpenedSession;
}

/** How somebody got in, for the audit trail. */
export type SignInWay = 'password' | 'code' | 'recoveryCode' | { passkeyId: PasskeyId } | { provider: string };

/** The end of every way in: a session for whoever proved enough. */
@Injectable()
export class SignInOpeningService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly me: MeService,
    private readonly audit: AuditService,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What `first` does stands or falls with the session. */
  async open(
    request: Request,
    account: User,
    way: SignInWay,
    first: (rows: EntityManager) => Promise<void>,
  ): Promise<SignedIn> {
    const { address, device, requestId } = cameFrom(request);
    const before = await this.sessionBefore(request);
    const session = await this.database.transaction(async (rows) => {
      await first(rows);
      if (before) await this.sessions.end(rows, before.id);
      const passkeyId = typeof way !== 'string' && 'passkeyId' in way ? way.passkeyId : null;
      const opened = await this.sessions.open(rows, { userId: account.id, address, device, passkeyId });
      await this.audit.record(rows, {
        actor: { kind: 'user', ...account, userId: account.id, requestId, address },
        action: 'sessions.signIn',
        target: toTarget(account),
        outcome: 'done',
        details: { device, ...wayIn(way) },
      });
      return opened;
    });
    if (before) this.sessions.announceEnd(before);
    await this.users.noteSignIn(account.id);
    return { session, me: await this.me.get(await this.sessions.actorOf(session.token)) };
  }

  /** A browser that signs in anew leaves its old session behind. */
  private async sessionBefore(request: Request) {
    const token = readSessionToken(request.headers.cookie, this.config.cookieSecure);
    return token === undefined ? undefined : this.sessions.find(token);
  }
}

const wayIn = (way: SignInWay): Record<string, string> => {
  if (typeof way === 'string') return { way };
  return 'passkeyId' in way ? { way: 'passkey', passkey: way.passkeyId } : { way: 'provider', provider: way.provider };
};

export const toTarget = ({ id, username, tenantId }: User): AuditTarget => ({
  kind: 'user',
  id,
  label: username,
  tenantId,
});
