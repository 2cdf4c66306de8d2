import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, long, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'alert_silences',
    columns: [
      id(),
      text('reason'),
      maybe(text('rule')),
      maybe(long('scope')),
      long('time'),
      text('createdBy'),
      text('createdByName'),
      moment('createdAt'),
    ],
  });

/** When and where nobody is told of alerts. */
export class AlertSilences1764850000000 implements MigrationInterface {
  readonly name = 'AlertSilences1764850000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
