import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'volumes',
    columns: [
      id(),
      text('tenantId'),
      text('environmentId'),
      text('name'),
      text('label'),
      text('target'),
      maybe(text('containerId')),
      text('containerName'),
      maybe(text('ownerId')),
      maybe(text('ownerName')),
      text('operationId'),
      maybe(text('removalId')),
      moment('madeAt'),
      maybe(moment('detachedAt')),
      maybe(moment('removedAt')),
    ],
    indices: [
      { name: 'volumes_live', columnNames: ['environmentId', 'name'], isUnique: true, where: '"removedAt" IS NULL' },
      { name: 'volumes_container', columnNames: ['containerId'] },
      { name: 'volumes_owner', columnNames: ['ownerId'] },
    ],
  });

/** The volumes deploys made, kept or in use. */
export class Volumes1764710000000 implements MigrationInterface {
  readonly name = 'Volumes1764710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE(), false, false, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
