import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { accountTables } from './account-tables.js';
import { id, long, moment, text } from './table-columns.js';

const TABLES = (): Table[] => [
  // One row: whose file this is, so that it can be taken to another installation.
  new Table({ name: 'tenant', columns: [id(), text('slug'), text('name'), moment('createdAt')] }),
  ...accountTables(),
  // What the system's database has to learn of a change made here; written with it, taken over in order.
  new Table({
    name: 'outbox',
    columns: [
      { name: 'seq', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
      { ...text('id'), isUnique: true },
      text('kind'),
      long('payload'),
      moment('createdAt'),
    ],
  }),
];

/** The first tables of a tenant's own database. */
export class TenantTables1763700000001 implements MigrationInterface {
  readonly name = 'TenantTables1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES()) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES().reverse()) await runner.dropTable(table);
  }
}
