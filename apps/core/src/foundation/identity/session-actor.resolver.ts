import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import { refused } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { addressOf } from '../../kernel/http/address.js';
import { assertOwnPage } from '../../kernel/http/own-page.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { Actor } from '../access/actor.js';
import { ActorResolver } from '../access/actor-resolver.js';
import { Authenticator } from './authenticator.js';
import { readSessionToken } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';
import type { SessionOfUser } from './sessions.store.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** Somebody asked something by HTTP in this session, which was opened from that address. */
    'session.used': { actor: Actor; openedFrom: string };
  }
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Knows people by their session cookie. */
@Injectable()
export class SessionActorResolver extends ActorResolver {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly sessions: SessionsService,
    private readonly events: Events,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  async fromRequest(request: Request): Promise<Actor | undefined> {
    const session = await this.authenticator.bySession(request);
    if (!session) return undefined;
    const actor = {
      ...this.sessions.toActor(session),
      requestId: request.requestId,
      address: addressOf(request),
    };
    // Before the checks, so that a refusal of theirs knows whom it refused.
    request.actor = actor;
    if (!READING.has(request.method)) {
      assertOwnPage(request, this.config);
      if (!this.sessions.isCsrfOf(session.id, request.get('x-csrf') ?? ''))
        throw refused('csrf_failed', 'This change was not confirmed by the panel. Reload the page and try again.');
    }
    await this.sessions.touch(session);
    this.events.publish('session.used', { actor, openedFrom: session.address });
    return actor;
  }

  async fromReading(cookieHeader: string | undefined): Promise<Actor | undefined> {
    const session = await this.find(cookieHeader);
    if (session) await this.sessions.touch(session);
    return session && this.sessions.toActor(session);
  }

  async fromCookie(cookieHeader: string | undefined): Promise<Actor | undefined> {
    const session = await this.find(cookieHeader);
    return session && this.sessions.toActor(session);
  }

  isCurrent(actor: Actor): Promise<boolean> {
    return this.sessions.isCurrent(actor);
  }

  async admitStranger(request: Request): Promise<void> {
    if (!READING.has(request.method)) assertOwnPage(request, this.config);
  }

  private async find(cookieHeader: string | undefined): Promise<SessionOfUser | undefined> {
    const token = readSessionToken(cookieHeader, this.config.cookieSecure);
    return token === undefined ? undefined : this.sessions.find(token);
  }
}
