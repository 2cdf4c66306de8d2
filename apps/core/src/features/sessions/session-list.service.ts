import { Injectable } from '@nestjs/common';
import type { SessionId, SessionInfo, SessionList, UserId } from '@bailiwick/contract';
import { type Actor, cameWith, sessionOf } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { Session } from '../../foundation/identity/session.entity.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import { toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { notFound } from '../../kernel/errors.js';
import { PeopleService } from '../people/people.service.js';

/** Where people are signed in, and how that ends. */
@Injectable()
export class SessionListService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly people: PeopleService,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  own(actor: Actor): Promise<SessionList> {
    return this.list(actor, actor.userId);
  }

  async of(actor: Actor, userId: UserId): Promise<SessionList> {
    await this.people.find(actor, 'people.sessions', userId);
    return this.list(actor, userId);
  }

  async endOwn(actor: Actor, id: SessionId): Promise<void> {
    const session = (await this.sessions.openOf(actor.userId)).find((open) => open.id === id);
    if (!session) throw notFound('session', id);
    await this.end(actor, actor.userId, actor.username, [session]);
  }

  async endOthers(actor: Actor): Promise<void> {
    const others = (await this.sessions.openOf(actor.userId)).filter(({ id }) => id !== sessionOf(actor));
    await this.end(actor, actor.userId, actor.username, others);
  }

  async endOf(actor: Actor, userId: UserId): Promise<void> {
    const user = await this.people.find(actor, 'people.sessions', userId);
    await this.end(actor, userId, user.username, await this.sessions.openOf(userId));
  }

  private async list(actor: Actor, userId: UserId): Promise<SessionList> {
    const items = (await this.sessions.openOf(userId)).map((session) => toInfo(session, actor));
    return { items, version: items.map(({ id, lastUsedAt }) => `${id}@${lastUsedAt}`).join(' ') || 'none' };
  }

  private async end(actor: Actor, userId: UserId, label: string, ended: readonly Session[]): Promise<void> {
    if (ended.length === 0) return;
    await this.database.transaction(async (rows) => {
      for (const { id } of ended) await this.sessions.end(rows, id);
      await this.audit.record(rows, {
        actor,
        action: 'sessions.end',
        target: { kind: 'user', id: userId, label },
        outcome: 'done',
        details: { sessions: ended.length },
      });
    });
    for (const { id } of ended) this.sessions.announceEnd({ id, userId });
  }
}

const toInfo = ({ id, kind, address, device, createdAt, lastUsedAt, endsAt }: Session, actor: Actor): SessionInfo => ({
  id,
  kind,
  address,
  device,
  createdAt: toIso(createdAt),
  lastUsedAt: toIso(lastUsedAt),
  endsAt: toIso(endsAt),
  current: cameWith(actor, id),
});
