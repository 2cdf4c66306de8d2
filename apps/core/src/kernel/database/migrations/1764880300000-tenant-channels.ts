import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { flag } from './table-columns.js';

const TABLE = 'alert_channels';

/** Channels a tenant set up itself; those that were there are of staff. */
export class TenantChannels1764880300000 implements MigrationInterface {
  readonly name = 'TenantChannels1764880300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(TABLE, new TableColumn({ ...flag('delegated'), default: false }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(TABLE, 'delegated');
  }
}
