import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, id, long, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'background_commands',
    columns: [
      id(),
      text('environmentId'),
      text('tenantId'),
      text('containerId'),
      text('engineId'),
      maybe(text('execId')),
      maybe(count('pid')),
      maybe(text('born')),
      long('command'),
      text('userId'),
      text('userName'),
      moment('startedAt'),
      maybe(moment('endedAt')),
      maybe(text('outcome')),
      maybe(count('exitCode')),
      maybe(moment('unheardSince')),
    ],
    indices: [{ columnNames: ['containerId', 'startedAt'] }, { columnNames: ['endedAt'] }],
  });

/** Commands that run in the background. */
export class BackgroundCommands1764830000000 implements MigrationInterface {
  readonly name = 'BackgroundCommands1764830000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
