import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  AuditEvent,
  AuditEventId,
  AuditFilter,
  AuditList,
  ListActivity,
  ListAudit,
  TokenId,
  UserId,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { isAppError, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { AccessService } from '../access/access.service.js';
import { type Actor, isStaff } from '../access/actor.js';
import { canonicalJson, chain, CHAIN_START } from './audit-chain.rules.js';
import type { AuditEventRow } from './audit-event.entity.js';
import { toAuditEvent, toCursor, toSeq, withoutForeignAddress } from './audit-event.rules.js';
import { OutboxService } from '../identity/outbox.service.js';
import { Entry } from './audit-entry.js';
import { AuditAnchoringService } from './audit-anchoring.service.js';
import { type AuditPage, AuditEventsStore } from './audit-events.store.js';

const CHAIN_LOCK = 7_305;
const WALK_ROWS = 1000;

declare module '../identity/outbox.service.js' {
  interface SystemEffects {
    /** A trace of what was changed in a tenant's database. */
    audit: AuditEntry;
  }
}

export type AuditEntry = z.infer<typeof Entry>;
/** Who did it: somebody signed in, the core itself, or somebody who was nobody yet. */
export type AuditActor = AuditEntry['actor'];
export type AuditTarget = NonNullable<AuditEntry['target']>;

/** Writes down who did what; each row is chained to the one before. */
@Injectable()
export class AuditService implements OnModuleInit {
  /** Failures whose row is written already. */
  private readonly written = new WeakSet<object>();

  constructor(
    private readonly events: AuditEventsStore,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: AccessService,
    private readonly anchoring: AuditAnchoringService,
    private readonly outbox: OutboxService,
  ) {}

  onModuleInit(): void {
    this.outbox.handle('audit', Entry, (rows, entry) => this.record(rows, entry));
  }

  /** In the caller's transaction, so that a change and its trace stand or fall together; alone with `null`. */
  async record(rows: EntityManager | null, entry: AuditEntry): Promise<void> {
    if (rows) await this.append(rows, entry);
    else await this.database.transaction((own) => this.append(own, entry));
  }

  /** For effects outside the database: the intent is durable before, the result follows, with what it `tells`. */
  async around<Result>(
    actor: AuditActor,
    action: string,
    target: AuditTarget,
    details: Readonly<Record<string, unknown>>,
    work: () => Promise<Result>,
    tells: (result: Result) => Readonly<Record<string, unknown>> = () => ({}),
  ): Promise<Result> {
    await this.record(null, { actor, action, target, outcome: 'intent', details });
    let result: Result;
    try {
      result = await work();
    } catch (error) {
      const outcome = isAppError(error) && error.status === 403 ? 'refused' : 'failed';
      const code = isAppError(error) ? error.code : 'internal';
      await this.record(null, { actor, action, target, outcome, details: { ...details, code } });
      if (isAppError(error)) this.written.add(error);
      throw error;
    }
    await this.record(null, { actor, action, target, outcome: 'done', details: { ...details, ...tells(result) } });
    return result;
  }

  hasWritten(failure: object): boolean {
    return this.written.has(failure);
  }

  /** Everything, or all of the reader's tenant; newest first. */
  async list(actor: Actor, { cursor, limit, ...filter }: ListAudit): Promise<AuditList> {
    const reach = this.access.requireReach(actor, 'audit.see');
    return this.page(actor, { filter, within: reach === 'all' ? undefined : reach }, { cursor, limit });
  }

  async get(actor: Actor, id: AuditEventId): Promise<AuditEvent> {
    const reach = this.access.requireReach(actor, 'audit.see');
    const row = await this.events.find(id);
    if (!row || (reach !== 'all' && row.tenantId !== reach)) throw notFound('event', id);
    return this.shownTo(actor, row);
  }

  /** All that a filter finds, newest first, in pieces of which one is in memory. Whoever calls has asked. */
  async *walk(filter: AuditFilter): AsyncGenerator<AuditEvent[]> {
    for (let position: number | undefined; ;) {
      const found = await this.events.newest({ filter, before: position, limit: WALK_ROWS });
      if (found.length > 0) yield found.map(toAuditEvent);
      position = found.at(-1)?.seq;
      if (found.length < WALK_ROWS) return;
    }
  }

  /** What the reader did, and what was done to them. */
  async own(actor: Actor, page: ListActivity): Promise<AuditList> {
    this.access.require(actor, 'account.manage', null);
    return this.page(actor, { filter: {}, about: actor.userId }, page);
  }

  /** What somebody did, and what was done to them, also after they are gone, as far as the reader may know. */
  async about(actor: Actor, userId: UserId, page: ListActivity): Promise<AuditList> {
    const reach = this.access.requireReach(actor, 'audit.see');
    return this.page(actor, { filter: {}, about: userId, within: reach === 'all' ? undefined : reach }, page);
  }

  /** What happened to one thing, also after it is gone. Whoever calls has asked whether the reader may know. */
  async listFor(actor: Actor, target: { id: string }, page: ListActivity): Promise<AuditList> {
    return this.page(actor, { filter: { target: target.id } }, page);
  }

  private async page(
    reader: Actor,
    wanted: Omit<AuditPage, 'before' | 'limit'>,
    { limit, cursor }: ListActivity,
  ): Promise<AuditList> {
    const before = cursor === undefined ? undefined : toSeq(cursor);
    const found = await this.events.newest({ ...wanted, before, limit: limit + 1 });
    const items = found.slice(0, limit).map((row) => this.shownTo(reader, row));
    const last = items.at(-1);
    const newest = await this.events.last();
    return {
      items,
      version: String(newest?.seq ?? 0),
      ...(found.length > limit && last ? { nextCursor: toCursor(last.seq) } : {}),
    };
  }

  /** Where somebody works from is for who runs the panel. */
  private shownTo(reader: Actor, row: AuditEventRow): AuditEvent {
    const event = toAuditEvent(row);
    return isStaff(reader) ? event : withoutForeignAddress(event, reader.userId);
  }

  private async append(rows: EntityManager, entry: AuditEntry): Promise<void> {
    const { action, target, outcome, operationId, details = {} } = entry;
    const actor = inPerson(entry.actor);
    await this.database.lock(rows, CHAIN_LOCK);
    const last = await this.events.last(rows);
    const isUser = actor.kind === 'user';
    const row = {
      id: newId('aud'),
      seq: (last?.seq ?? 0) + 1,
      at: this.clock.now(),
      tenantId: target?.tenantId ?? (isUser ? actor.tenantId : null),
      actorKind: actor.kind,
      actorId: isUser ? actor.userId : null,
      actorName: isUser ? actor.displayName : actor.name,
      via: actor.via ?? (actor.kind === 'system' ? ('system' as const) : ('panel' as const)),
      address: actor.address ?? null,
      action,
      targetKind: target?.kind ?? null,
      targetId: target?.id ?? null,
      targetLabel: target?.label ?? null,
      outcome,
      operationId: operationId ?? null,
      requestId: entry.requestId ?? actor.requestId ?? null,
      details: canonicalJson({ ...details, ...cameBy(actor) }),
    };
    await this.events.add(rows, chain(row, last?.hash ?? CHAIN_START));
    this.anchoring.soon();
  }
}

/** Nobody does anything as somebody else: it is written down of who looks. */
const inPerson = (actor: AuditActor): AuditActor =>
  actor.kind === 'user' && actor.viewedBy ? { ...actor, ...actor.viewedBy, viewedBy: undefined } : actor;

/** Which of a person's tokens it was; a program that signed in has a session instead. */
function cameBy(actor: AuditActor): { token?: TokenId } {
  return actor.kind === 'user' && actor.credential === 'personal_token' && actor.tokenId
    ? { token: actor.tokenId }
    : {};
}
