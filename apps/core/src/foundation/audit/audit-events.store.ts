import { Injectable } from '@nestjs/common';
import type { AuditFilter, TenantId, UserId } from '@bailiwick/contract';
import { Brackets, type EntityManager, LessThanOrEqual, MoreThan, type SelectQueryBuilder } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { AuditEventRow } from './audit-event.entity.js';

export interface AuditPage {
  readonly filter: AuditFilter;
  /** Only what this person did, and what was done to them. */
  readonly about?: UserId | undefined;
  /** Only what happened in this tenant. */
  readonly within?: TenantId | undefined;
  /** Older than the row of this number. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What is asked to be exactly so, by its column. */
const exact = (filter: AuditFilter): Partial<Record<keyof AuditEventRow, string | undefined>> => ({
  actorId: filter.actor,
  targetKind: filter.targetKind,
  targetId: filter.target,
  tenantId: filter.tenant,
  outcome: filter.outcome,
  via: filter.via,
  address: filter.address,
});
const SEARCHED = ['actorName', 'targetLabel', 'action'] as const satisfies ReadonlyArray<keyof AuditEventRow>;
const CONNECTIONS = 'connections.';

@Injectable()
export class AuditEventsStore {
  constructor(private readonly database: Database) {}

  async last(rows?: EntityManager): Promise<AuditEventRow | undefined> {
    const events = rows?.getRepository(AuditEventRow) ?? this.database.repository(AuditEventRow);
    const [row] = await events.find({ order: { seq: 'DESC' }, take: 1 });
    return row;
  }

  findBySeq(seq: number): Promise<AuditEventRow | null> {
    return this.database.repository(AuditEventRow).findOneBy({ seq });
  }

  find(id: AuditEventRow['id']): Promise<AuditEventRow | null> {
    return this.database.repository(AuditEventRow).findOneBy({ id });
  }

  async add(rows: EntityManager, row: AuditEventRow): Promise<void> {
    await rows.insert(AuditEventRow, row);
  }

  /** Newest first. */
  newest({ filter, about, within, before, limit }: AuditPage): Promise<AuditEventRow[]> {
    const query = this.database.repository(AuditEventRow).createQueryBuilder('event');
    if (before !== undefined) query.andWhere('event.seq < :before', { before });
    if (about !== undefined)
      query.andWhere(new Brackets((either) => either.where('event.actorId = :about', { about }).orWhere('event.targetId = :about', { about }))); // prettier-ignore
    if (within !== undefined) query.andWhere('event.tenantId = :within', { within });
    narrow(query, filter);
    return query.orderBy('event.seq', 'DESC').take(limit).getMany();
  }

  /** Oldest first, for a walk along the chain. */
  after(seq: number, limit: number): Promise<AuditEventRow[]> {
    return this.database
      .repository(AuditEventRow)
      .find({ where: { seq: MoreThan(seq) }, order: { seq: 'ASC' }, take: limit });
  }

  /** The beginning of the chain as far as it is older than `at`, at most `limit` rows and never its last one. */
  async expired(at: number, limit: number): Promise<AuditEventRow[]> {
    const beginning = await this.after(0, limit + 1);
    const young = beginning.findIndex((row) => row.at >= at);
    return beginning.slice(0, young === -1 ? Math.min(limit, beginning.length - 1) : young);
  }

  async removeThrough(rows: EntityManager, seq: number): Promise<void> {
    await rows.delete(AuditEventRow, { seq: LessThanOrEqual(seq) });
  }
}

function narrow(query: SelectQueryBuilder<AuditEventRow>, filter: AuditFilter): void {
  for (const [column, value] of Object.entries(exact(filter)))
    if (value !== undefined) query.andWhere(`event.${column} = :${column}`, { [column]: value });
  const { since, until, action, stream, q } = filter;
  if (since !== undefined) query.andWhere('event.at >= :since', { since: Date.parse(since) });
  if (until !== undefined) query.andWhere('event.at < :until', { until: Date.parse(until) });
  if (action?.endsWith('.')) query.andWhere('event.action LIKE :noun', { noun: `${action}%` });
  else if (action !== undefined) query.andWhere('event.action = :action', { action });
  if (stream !== undefined)
    query.andWhere(`event.action ${stream === 'connections' ? 'LIKE' : 'NOT LIKE'} :connections`, { connections: `${CONNECTIONS}%` }); // prettier-ignore
  if (q === undefined) return;
  const part = `%${q.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  query.andWhere(
    new Brackets((any) => {
      for (const column of SEARCHED) any.orWhere(`LOWER(event.${column}) LIKE :part ESCAPE '\\'`, { part });
    }),
  );
}
