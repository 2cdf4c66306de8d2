import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, id, long, maybe, moment, text } from './table-columns.js';

const TABLES = (): Table[] => [
  new Table({
    name: 'preset_versions',
    columns: [
      id('name'),
      { ...count('number'), isPrimary: true },
      text('digest'),
      long('preset'),
      maybe(text('savedBy')),
      maybe(text('savedByName')),
      moment('savedAt'),
    ],
  }),
  new Table({
    name: 'archived_presets',
    columns: [id('name'), text('archivedBy'), text('archivedByName'), moment('archivedAt')],
  }),
];

/** What presets were once, and which are not offered any more. The presets themselves are files. */
export class PresetTables1764730000000 implements MigrationInterface {
  readonly name = 'PresetTables1764730000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES()) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES()) await runner.dropTable(table);
  }
}
