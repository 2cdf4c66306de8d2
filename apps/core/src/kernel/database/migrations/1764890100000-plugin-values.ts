import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { long, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'plugin_values',
    columns: [
      { ...text('pluginId'), isPrimary: true },
      { ...text('key'), isPrimary: true },
      long('value'),
      moment('updatedAt'),
    ],
    foreignKeys: [
      { columnNames: ['pluginId'], referencedTableName: 'plugins', referencedColumnNames: ['id'], onDelete: 'CASCADE' },
    ],
  });

/** What plugins keep for themselves. */
export class PluginValues1764890100000 implements MigrationInterface {
  readonly name = 'PluginValues1764890100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
