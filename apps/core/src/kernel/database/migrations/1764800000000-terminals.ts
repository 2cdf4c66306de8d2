import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, flag, id, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'terminals',
    columns: [
      id(),
      text('environmentId'),
      text('tenantId'),
      text('containerId'),
      text('engineId'),
      text('execId'),
      count('pid'),
      flag('root'),
      text('userId'),
      moment('openedAt'),
    ],
    indices: [{ columnNames: ['environmentId', 'openedAt'] }],
  });

/** Terminals that are open. */
export class Terminals1764800000000 implements MigrationInterface {
  readonly name = 'Terminals1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
