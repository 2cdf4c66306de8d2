import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, flag, id, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'container_ends',
    columns: [
      id('containerId'),
      { ...moment('finishedAt'), isPrimary: true },
      maybe(moment('startedAt')),
      maybe(count('exitCode')),
      flag('oomKilled'),
      maybe(text('askedAction')),
      maybe(text('askedById')),
      maybe(text('askedByName')),
      maybe(text('operationId')),
    ],
  });

/** How the runs of containers ended. */
export class ContainerEnds1764820000000 implements MigrationInterface {
  readonly name = 'ContainerEnds1764820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
