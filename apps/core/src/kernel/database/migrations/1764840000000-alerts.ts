import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, id, long, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'alerts',
    columns: [
      id(),
      text('key'),
      maybe({ ...text('openKey'), isUnique: true }),
      text('rule'),
      text('thingKind'),
      text('thingId'),
      text('label'),
      maybe(text('tenantId')),
      maybe(text('environmentId')),
      maybe(text('containerId')),
      maybe(text('userId')),
      count('count'),
      long('facts'),
      moment('openedAt'),
      moment('lastAt'),
      maybe(moment('closedAt')),
      maybe(text('ending')),
      maybe(moment('acknowledgedAt')),
      maybe(text('acknowledgedBy')),
      maybe(text('acknowledgedByName')),
      maybe(moment('silencedUntil')),
    ],
    indices: [{ columnNames: ['key', 'closedAt'] }, { columnNames: ['closedAt'] }],
  });

/** What needs somebody. */
export class Alerts1764840000000 implements MigrationInterface {
  readonly name = 'Alerts1764840000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
