import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';
import { Mutex } from '../mutex.js';

/** What reads only: that nothing is written past a transaction is held by the types. */
type ReadOnly<Row extends ObjectLiteral> = Pick<
  Repository<Row>,
  | 'find'
  | 'findBy'
  | 'findOne'
  | 'findOneBy'
  | 'findOneByOrFail'
  | 'count'
  | 'countBy'
  | 'exists'
  | 'existsBy'
  | 'createQueryBuilder'
>;

/**
 * Our rows. Reads go through `repository`; every write goes through `transaction`, also a single one:
 * SQLite has one connection, and a stray write would join somebody else's transaction.
 */
@Injectable()
export class Database {
  private readonly writing = new Mutex();

  constructor(private readonly source: DataSource) {}

  get kind(): 'sqlite' | 'postgres' {
    return this.source.options.type === 'postgres' ? 'postgres' : 'sqlite';
  }

  repository<Row extends ObjectLiteral>(entity: EntityTarget<Row>): ReadOnly<Row> {
    return this.source.getRepository(entity);
  }

  /** One raw question, for the few that are asked on every request; `?` marks a parameter on both databases. */
  async read(sql: string, parameters: readonly unknown[]): Promise<unknown[]> {
    let position = 0;
    const text = this.kind === 'postgres' ? sql.replaceAll('?', () => `$${(position += 1)}`) : sql;
    return this.source.query<unknown[]>(text, [...parameters]);
  }

  /** All or nothing, durable when it returns. Do not wait for anything but the database inside. */
  transaction<Result>(work: (rows: EntityManager) => Promise<Result>): Promise<Result> {
    if (this.kind === 'postgres') return this.source.transaction(work);
    return this.writing.run(() => this.source.transaction(work));
  }

  /** Inside a PostgreSQL transaction: nobody else holds `key` until it ends. SQLite has one writer anyway. */
  async lock(rows: EntityManager, key: number): Promise<void> {
    if (this.kind === 'postgres') await rows.query('SELECT pg_advisory_xact_lock($1)', [key]);
  }
}
