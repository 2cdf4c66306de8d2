import { Injectable } from '@nestjs/common';
import { Pins } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, assertInPerson } from '../../foundation/access/actor.js';
import { Database } from '../../kernel/database/database.js';
import { PinsRow } from './pins.entity.js';

/** Which containers people want at hand. Whether somebody sees one is asked where it is shown. */
@Injectable()
export class PinsService {
  constructor(
    private readonly access: AccessService,
    private readonly database: Database,
  ) {}

  async get(actor: Actor): Promise<Pins> {
    this.access.require(actor, 'account.manage', null);
    const row = await this.database.repository(PinsRow).findOneBy({ userId: actor.userId });
    return row ? Pins.parse({ containers: JSON.parse(row.containers) as unknown }) : { containers: [] };
  }

  async put(actor: Actor, { containers }: Pins): Promise<Pins> {
    this.access.require(actor, 'account.manage', null);
    assertInPerson(actor);
    const row = { userId: actor.userId, containers: JSON.stringify(containers) };
    await this.database.transaction((rows) => rows.upsert(PinsRow, row, ['userId']));
    return { containers };
  }
}
