import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import { invalid, refused } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { addressOf } from '../../kernel/http/address.js';
import { assertOwnPage } from '../../kernel/http/own-page.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { Actor } from '../access/actor.js';
import { ActorResolver, type Credentials } from '../access/actor-resolver.js';
import { Authenticator } from './authenticator.js';
import { readBearer } from './bearer.js';
import { type Bearer, BearersService } from './bearers.service.js';
import { hasSessionCookie, readSessionToken } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';
import type { SessionOfUser } from './sessions.store.js';
import { TokensService } from './tokens.service.js';
import { ViewingService } from './viewing.service.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** Somebody asked something by HTTP; a browser's session was opened from that address. */
    'credential.used': { actor: Actor; openedFrom: string | null };
  }
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Knows people by their session cookie, and their programs by a bearer. */
@Injectable()
export class SessionActorResolver extends ActorResolver {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly sessions: SessionsService,
    private readonly viewing: ViewingService,
    private readonly tokens: TokensService,
    private readonly bearers: BearersService,
    private readonly events: Events,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  async fromRequest(request: Request): Promise<Actor | undefined> {
    this.assertOneCredential(request.headers);
    const from = { requestId: request.requestId, address: addressOf(request) };
    if (this.isBearer(request.headers)) {
      const bearer = await this.authenticator.byBearer(request);
      if (!bearer) return undefined;
      const program = { ...(await this.noteUse(bearer, from.address)), ...from };
      request.actor = program;
      this.events.publish('credential.used', { actor: program, openedFrom: null });
      return program;
    }
    const session = await this.authenticator.bySession(request);
    if (!session) return undefined;
    const actor = { ...(await this.viewing.actorOf(session)), ...from };
    // Before the checks, so that a refusal of theirs knows whom it refused.
    request.actor = actor;
    if (!READING.has(request.method)) this.assertMeant(request, session);
    await this.sessions.touch(session);
    const person = { ...this.sessions.toActor(session), ...from };
    this.events.publish('credential.used', { actor: person, openedFrom: session.address });
    return actor;
  }

  async fromReading(credentials: Credentials, address: string): Promise<Actor | undefined> {
    this.assertOneCredential(credentials);
    const bearer = await this.findBearer(credentials);
    if (bearer) return this.noteUse(bearer, address);
    const session = await this.findSession(credentials);
    if (!session) return undefined;
    await this.sessions.touch(session);
    return this.viewing.actorOf(session);
  }

  async fromHeaders(credentials: Credentials): Promise<Actor | undefined> {
    this.assertOneCredential(credentials);
    const bearer = await this.findBearer(credentials);
    if (bearer) return bearer.actor;
    const session = await this.findSession(credentials);
    return session && this.viewing.actorOf(session);
  }

  async noteSocket(actor: Actor, address: string): Promise<void> {
    if (actor.credential === 'personal_token')
      await this.tokens.noteUse({ id: actor.tokenId, lastUsedAt: null }, address);
  }

  isBearer({ authorization }: Credentials): boolean {
    return readBearer(authorization) !== undefined;
  }

  isCurrent(actor: Actor): Promise<boolean> {
    if (actor.credential === 'personal_token') return this.tokens.isCurrent(actor);
    if (actor.credential === 'cookie' && actor.viewedBy) return this.viewing.isCurrent(actor);
    return this.sessions.isCurrent(actor);
  }

  async admitStranger(request: Request): Promise<void> {
    if (!READING.has(request.method)) assertOwnPage(request, this.config);
  }

  /** A change by a browser: from a page of ours, and one that could read what only such a page can. */
  private assertMeant(request: Request, session: SessionOfUser): void {
    assertOwnPage(request, this.config);
    if (!this.sessions.isCsrfOf(session.id, request.get('x-csrf') ?? ''))
      throw refused('csrf_failed', 'This change was not confirmed by the panel. Reload the page and try again.');
  }

  /** Else it would be a matter of chance whose rights count. */
  private assertOneCredential({ cookie, authorization }: Credentials): void {
    if (readBearer(authorization) === undefined || !hasSessionCookie(cookie, this.config.cookieSecure)) return;
    const message = 'Send a session cookie or a bearer token, not both.';
    throw invalid([{ path: 'authorization', code: 'two_credentials', message }]);
  }

  private async noteUse({ actor, token }: Bearer, address: string): Promise<Actor> {
    if (token) await this.tokens.noteUse(token, address);
    return actor;
  }

  private async findBearer({ authorization }: Credentials): Promise<Bearer | undefined> {
    const token = readBearer(authorization);
    return token === undefined ? undefined : this.bearers.find(token);
  }

  private async findSession({ cookie }: Credentials): Promise<SessionOfUser | undefined> {
    const token = readSessionToken(cookie, this.config.cookieSecure);
    return token === undefined ? undefined : this.sessions.find(token);
  }
}
