import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, flag, id, long, maybe, moment, text } from './table-columns.js';

const TABLES = (): Table[] => [
  new Table({
    name: 'alert_channels',
    columns: [
      id(),
      text('name'),
      { ...text('nameKey'), isUnique: true },
      text('kind'),
      long('sealed'),
      maybe(long('rules')),
      maybe(text('tenantId')),
      flag('recoveries'),
      flag('enabled'),
      moment('createdAt'),
      moment('since'),
      count('attempts'),
      moment('dueAt'),
      count('lost'),
      maybe(moment('lastSentAt')),
      maybe(text('failure')),
      maybe(count('status')),
      maybe(text('said')),
      maybe(moment('failedAt')),
    ],
  }),
  new Table({
    name: 'alert_notices',
    columns: [id(), text('channelId'), text('alertId'), long('notice'), maybe(text('messageId')), moment('createdAt')],
    indices: [{ columnNames: ['channelId', 'createdAt'] }],
  }),
  new Table({
    name: 'alert_told',
    columns: [id('channelId'), id('alertId'), text('state'), count('count'), moment('at')],
  }),
];

/** By what people are told of alerts, what there is to tell, and what was told. */
export class AlertChannels1764850100000 implements MigrationInterface {
  readonly name = 'AlertChannels1764850100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES()) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES().reverse()) await runner.dropTable(table);
  }
}
