import { type MigrationInterface, type QueryRunner, Table, type TableForeignKeyOptions } from 'typeorm';
import { count, id, long, maybe, moment, text } from './table-columns.js';

const OF_CONTAINER: TableForeignKeyOptions = {
  columnNames: ['containerId'],
  referencedTableName: 'containers',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
};

const TABLES = (): Table[] => [
  new Table({
    name: 'container_configurations',
    columns: [
      id('containerId'),
      { ...count('number'), isPrimary: true },
      long('spec'),
      long('sealed'),
      text('why'),
      text('operationId'),
      text('madeBy'),
      text('madeByName'),
      moment('madeAt'),
      maybe(moment('appliedAt')),
    ],
    foreignKeys: [OF_CONTAINER],
  }),
  new Table({
    name: 'container_changes',
    columns: [
      id('containerId'),
      long('change'),
      long('sealed'),
      text('savedBy'),
      text('savedByName'),
      moment('savedAt'),
    ],
    foreignKeys: [OF_CONTAINER],
  }),
];

/** How containers were made, each time, and what is to be different about them. */
export class Configurations1764720000000 implements MigrationInterface {
  readonly name = 'Configurations1764720000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES()) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES().reverse()) await runner.dropTable(table);
  }
}
