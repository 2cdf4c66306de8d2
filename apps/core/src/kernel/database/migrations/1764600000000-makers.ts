import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { flag } from './table-columns.js';

interface Lender {
  readonly id: string;
  readonly lent: string;
  readonly grantedBy: string;
  readonly grantedByName: string;
}

/** Whatever was lent, or excepted from a role, says by whom: it falls with their right to do so. What is there already stands. */
export class Makers1764600000000 implements MigrationInterface {
  readonly name = 'Makers1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('role_exceptions', new TableColumn({ ...flag('byStaff'), default: true }));
    const grants = await runner.manager
      .createQueryBuilder()
      .select(['"id"', '"lent"', '"grantedBy"', '"grantedByName"'])
      .from('grants', 'g')
      .where(`"lent" <> '[]'`)
      .getRawMany<Lender>();
    for (const { id, lent, grantedBy: by, grantedByName: byName } of grants) {
      const loans = JSON.parse(lent) as object[];
      const named = loans.map((loan) => ({ ...loan, by, byName, byStaff: true }));
      await runner.manager
        .createQueryBuilder()
        .update('grants')
        .set({ lent: JSON.stringify(named) })
        .where('"id" = :id', { id })
        .execute();
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('role_exceptions', 'byStaff');
  }
}
