import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, flag, id, long, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'dashboards',
    columns: [
      id(),
      text('ownerId'),
      text('name'),
      long('widgets'),
      flag('shared'),
      count('version'),
      moment('savedAt'),
    ],
    indices: [{ columnNames: ['ownerId'] }],
    foreignKeys: [
      {
        columnNames: ['ownerId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  });

/** What people put together to look at; it goes with its person. */
export class Dashboards1764880000000 implements MigrationInterface {
  readonly name = 'Dashboards1764880000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
