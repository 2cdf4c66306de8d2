import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, flag, id, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'recordings',
    columns: [
      id(),
      text('tenantId'),
      text('containerId'),
      flag('root'),
      text('userId'),
      text('userName'),
      moment('startedAt'),
      maybe(moment('endedAt')),
      count('bytes'),
      flag('cut'),
    ],
    indices: [{ columnNames: ['containerId', 'startedAt'] }, { columnNames: ['endedAt'] }],
  });

/** Terminals that were written down. */
export class Recordings1764810000000 implements MigrationInterface {
  readonly name = 'Recordings1764810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
