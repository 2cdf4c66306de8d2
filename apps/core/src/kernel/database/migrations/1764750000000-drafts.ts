import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, id, long, maybe, moment, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'drafts',
    columns: [
      id(),
      text('ownerId'),
      maybe(text('preset')),
      text('title'),
      text('name'),
      long('sealed'),
      count('version'),
      moment('savedAt'),
    ],
    indices: [{ columnNames: ['ownerId', 'savedAt'] }, { columnNames: ['savedAt'] }],
    foreignKeys: [
      {
        columnNames: ['ownerId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  });

/** Deployments people have not finished; they go with their person. */
export class Drafts1764750000000 implements MigrationInterface {
  readonly name = 'Drafts1764750000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
