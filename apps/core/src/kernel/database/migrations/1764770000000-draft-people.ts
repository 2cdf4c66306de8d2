import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, text } from './table-columns.js';

const TABLE = (): Table =>
  new Table({
    name: 'draft_people',
    columns: [id('draftId'), id('userId'), text('tenantId')],
    indices: [{ columnNames: ['userId'] }],
    foreignKeys: [
      { columnNames: ['draftId'], referencedTableName: 'drafts', referencedColumnNames: ['id'], onDelete: 'CASCADE' },
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  });

/** With whom drafts are shared; it goes with the draft and with the person. */
export class DraftPeople1764770000000 implements MigrationInterface {
  readonly name = 'DraftPeople1764770000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TABLE());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE());
  }
}
