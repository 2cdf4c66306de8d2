import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, flag, id, long, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'plugins',
    columns: [
      id(),
      { ...text('name'), isUnique: true },
      flag('isEnabled'),
      maybe(long('disabledBecause')),
      maybe(long('consent')),
      maybe(long('settings')),
      { ...count('uid'), isUnique: true },
      moment('updatedAt'),
    ],
  });

/** What was decided about each plugin that was ever seen in the folder of plugins. */
export class Plugins1764890000000 implements MigrationInterface {
  readonly name = 'Plugins1764890000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
