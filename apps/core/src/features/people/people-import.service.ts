import { Injectable } from '@nestjs/common';
import type { CreateUser, ImportReport, ImportUsers } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { NamedAccountsService } from '../../foundation/identity/named-accounts.service.js';
import { isAppError } from '../../kernel/errors.js';
import { readPeople } from './people-import.rules.js';
import { PeopleService } from './people.service.js';

type ReportRow = ImportReport['rows'][number];

/** Many people from a table; first said, then done. */
@Injectable()
export class PeopleImportService {
  constructor(
    private readonly people: PeopleService,
    private readonly named: NamedAccountsService,
  ) {}

  async import(actor: Actor, { csv, tenant, dryRun }: ImportUsers): Promise<ImportReport> {
    const { slug } = await this.people.openTenant(tenant, actor);
    const rows: ReportRow[] = [];
    let created = 0;
    for (const { line, username, wanted, issues } of readPeople(csv, slug)) {
      if (!wanted) rows.push({ line, username, outcome: 'invalid', issues });
      else if (await this.named.isNamed(username, slug)) rows.push({ line, username, outcome: 'exists', issues: [] });
      else {
        const row = dryRun ? undefined : await this.make(actor, wanted);
        if (row) rows.push({ line, username, ...row });
        else {
          if (!dryRun) created += 1;
          rows.push({ line, username, outcome: 'create', issues: [] });
        }
      }
    }
    return { created, rows };
  }

  /** One that cannot be made is told, and the others go on. */
  private async make(actor: Actor, wanted: CreateUser): Promise<Pick<ReportRow, 'outcome' | 'issues'> | undefined> {
    try {
      await this.people.create(actor, wanted);
      return undefined;
    } catch (error) {
      if (!isAppError(error) || error.status >= 500 || error.status === 403) throw error;
      return { outcome: 'invalid', issues: [{ path: '', code: error.code, message: error.message }] };
    }
  }
}
