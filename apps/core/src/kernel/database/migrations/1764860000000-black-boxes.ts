import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, flag, id, long, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'black_boxes',
    columns: [
      id('alertId'),
      { ...moment('at'), isPrimary: true },
      text('containerId'),
      maybe(count('exitCode')),
      flag('oomKilled'),
      maybe(long('limits')),
      maybe(long('log')),
      maybe(long('figures')),
      maybe(long('changes')),
    ],
    indices: [{ columnNames: ['containerId', 'at'] }],
  });

/** What is kept of ends that nobody asked for. */
export class BlackBoxes1764860000000 implements MigrationInterface {
  readonly name = 'BlackBoxes1764860000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
