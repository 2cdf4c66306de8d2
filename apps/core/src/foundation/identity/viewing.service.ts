import { Injectable } from '@nestjs/common';
import type { SessionId, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Events } from '../../kernel/events.js';
import { AccessBook } from '../access/access-book.js';
import { type BrowserActor, isStaff } from '../access/actor.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore, type SessionOfUser } from './sessions.store.js';
import { UsersService } from './users.service.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** A session looks through other eyes from now on: whatever is open by it opens anew. */
    'viewing.changed': { sessionId: SessionId };
  }
}

/** Lets owners and administrators look at the panel as somebody else sees it, and change nothing meanwhile. */
@Injectable()
export class ViewingService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly store: SessionsStore,
    private readonly users: UsersService,
    private readonly book: AccessBook,
    private readonly events: Events,
  ) {}

  /** Whoever asks by this session: its person, or who they look as. Nobody looks as anybody any more once they are no staff. */
  async actorOf(session: SessionOfUser): Promise<BrowserActor> {
    const actor = this.sessions.toActor(session);
    if (session.viewAs === null || !isStaff(actor)) return actor;
    const seen = await this.users.find(session.viewAs);
    if (!seen) return actor;
    const { id: userId, username, displayName, platformRole, roleTag, tenantId, active, rightsVersion } = seen;
    return {
      ...actor,
      userId,
      username,
      displayName,
      platformRole,
      roleTag,
      tenantId,
      active,
      rightsVersion,
      standing: this.book.standingOf({ userId, tenantId, roleTag }),
      provedUntil: 0,
      viewedBy: { userId: actor.userId, displayName: actor.displayName, tenantId: actor.tenantId },
    };
  }

  /** Whether it is still the same person, with the same rights. */
  async isCurrent(actor: BrowserActor): Promise<boolean> {
    const session = await this.sessions.findById(actor.sessionId);
    const now = session && (await this.actorOf(session));
    return (
      now?.userId === actor.userId &&
      now.rightsVersion === actor.rightsVersion &&
      now.standing.version === actor.standing.version
    );
  }

  /** Inside the caller's transaction; call what it returns once that is committed. */
  async look(rows: EntityManager, sessionId: SessionId, as: UserId | null): Promise<() => void> {
    await this.store.setViewAs(rows, sessionId, as);
    return () => this.events.publish('viewing.changed', { sessionId });
  }
}
