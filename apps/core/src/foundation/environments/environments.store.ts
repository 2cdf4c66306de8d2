import { Injectable } from '@nestjs/common';
import type { Environment } from '@bailiwick/contract';
import { Database } from '../../kernel/database/database.js';
import { newId } from '../../kernel/ids.js';
import { EnvironmentRow } from './environment.entity.js';

/** The places that run things. */
@Injectable()
export class EnvironmentsStore {
  constructor(private readonly database: Database) {}

  /** The one of that slug, made where it is missing; two cores on one database end with the same. */
  async ensure(
    place: { slug: string; name: string; kind: Environment['kind'] },
    nowMs: number,
  ): Promise<EnvironmentRow> {
    await this.database.transaction((rows) =>
      rows
        .createQueryBuilder()
        .insert()
        .into(EnvironmentRow)
        .values({ id: newId('env'), ...place, createdAt: nowMs })
        .orIgnore()
        .updateEntity(false)
        .execute(),
    );
    return this.database.repository(EnvironmentRow).findOneByOrFail({ slug: place.slug });
  }
}
