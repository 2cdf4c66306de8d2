import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, long, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'container_settings',
    columns: [id('containerId'), long('settings'), text('savedBy'), text('savedByName'), moment('savedAt')],
    foreignKeys: [
      {
        columnNames: ['containerId'],
        referencedTableName: 'containers',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  });

/** What a container is to be started with the next time it is made. */
export class ContainerSettings1764500000000 implements MigrationInterface {
  readonly name = 'ContainerSettings1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
