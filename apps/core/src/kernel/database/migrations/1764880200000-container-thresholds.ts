import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, id, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'container_thresholds',
    columns: [
      id('containerId'),
      id('rule'),
      count('percent'),
      count('durationMs'),
      text('setBy'),
      text('setByName'),
      moment('setAt'),
    ],
    foreignKeys: [
      {
        columnNames: ['containerId'],
        referencedTableName: 'containers',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  });

/** From where on alerts open of single containers; they go with it. */
export class ContainerThresholds1764880200000 implements MigrationInterface {
  readonly name = 'ContainerThresholds1764880200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
