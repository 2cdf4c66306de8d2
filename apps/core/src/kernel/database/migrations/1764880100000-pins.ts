import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { long } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'pins',
    columns: [{ name: 'userId', type: 'varchar', isPrimary: true }, long('containers')],
    foreignKeys: [
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  });

/** What people want at hand; it goes with its person. */
export class Pins1764880100000 implements MigrationInterface {
  readonly name = 'Pins1764880100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
