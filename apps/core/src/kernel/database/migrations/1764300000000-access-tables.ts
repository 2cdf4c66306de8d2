import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { count, flag, id, long, maybe, moment, text } from './table-columns.js';

const toTenant = {
  columnNames: ['tenantId'],
  referencedTableName: 'tenants',
  referencedColumnNames: ['id'],
};

const TABLES = (): Table[] => [
  new Table({
    name: 'teams',
    columns: [
      id(),
      text('tenantId'),
      text('name'),
      text('nameKey'),
      text('description'),
      count('priority'),
      moment('createdAt'),
    ],
    indices: [{ columnNames: ['tenantId', 'nameKey'], isUnique: true }],
    foreignKeys: [toTenant],
  }),
  new Table({
    name: 'team_members',
    columns: [id('teamId'), id('userId')],
    indices: [{ columnNames: ['userId'] }],
    foreignKeys: [
      { columnNames: ['teamId'], referencedTableName: 'teams', referencedColumnNames: ['id'], onDelete: 'CASCADE' },
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'projects',
    columns: [
      id(),
      text('tenantId'),
      text('name'),
      text('nameKey'),
      text('description'),
      long('tags'),
      maybe(text('ownerId')),
      text('defaultRole'),
      long('quota'),
      moment('createdAt'),
      maybe(moment('archivedAt')),
    ],
    indices: [{ columnNames: ['tenantId', 'nameKey'], isUnique: true, where: '"archivedAt" IS NULL' }],
    foreignKeys: [toTenant],
  }),
  // Rights that were handed on. What they are about may be gone; whom they are to is not.
  new Table({
    name: 'grants',
    columns: [
      id(),
      text('tenantId'),
      text('principalKind'),
      text('principalId'),
      text('targetKind'),
      text('targetId'),
      // Null: the role its person carries, or the project's for its members.
      maybe(text('role')),
      long('allow'),
      long('deny'),
      long('lent'),
      maybe(text('reason')),
      text('grantedBy'),
      text('grantedByName'),
      flag('byStaff'),
      moment('grantedAt'),
      maybe(moment('expiresAt')),
      maybe(moment('endedAt')),
      count('version'),
    ],
    indices: [
      { columnNames: ['principalId', 'targetId'], isUnique: true },
      { columnNames: ['targetId'] },
      { columnNames: ['tenantId'] },
    ],
    foreignKeys: [toTenant],
  }),
  // How much a tenant or a person may take together.
  new Table({
    name: 'quotas',
    columns: [id('subject'), long('quota'), text('updatedBy'), moment('updatedAt')],
  }),
  // What a role means otherwise on one container.
  new Table({
    name: 'role_exceptions',
    columns: [
      id('containerId'),
      id('role'),
      long('allow'),
      long('deny'),
      text('updatedBy'),
      text('updatedByName'),
      moment('updatedAt'),
      count('version'),
    ],
    foreignKeys: [
      {
        columnNames: ['containerId'],
        referencedTableName: 'containers',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'access_requests',
    columns: [
      id(),
      text('tenantId'),
      text('userId'),
      text('targetKind'),
      text('targetId'),
      long('capabilities'),
      text('reason'),
      maybe(moment('durationMs')),
      text('state'),
      moment('createdAt'),
      moment('expiresAt'),
      maybe(text('decidedBy')),
      maybe(text('decidedByName')),
      maybe(moment('decidedAt')),
      maybe(text('note')),
      maybe(text('grantId')),
    ],
    indices: [{ columnNames: ['userId'] }, { columnNames: ['state'] }],
    foreignKeys: [
      toTenant,
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  }),
];

const ROLE_COLUMNS = (): TableColumn[] => [
  new TableColumn({ ...long('capabilities'), default: "'[]'" }),
  new TableColumn({ ...flag('builtIn'), default: false }),
];

/** Who may do what on which thing. */
export class AccessTables1764300000000 implements MigrationInterface {
  readonly name = 'AccessTables1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES()) await runner.createTable(table);
    await runner.addColumns('identity_roles', ROLE_COLUMNS());
    await runner.addColumn('containers', new TableColumn(maybe(text('projectId'))));
    await runner.createIndex('containers', new TableIndex({ columnNames: ['projectId'] }));
    // Whose eyes a session looks through.
    await runner.addColumn('sessions', new TableColumn(maybe(text('viewAs'))));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('sessions', 'viewAs');
    await runner.dropColumn('containers', 'projectId');
    await runner.dropColumns('identity_roles', ROLE_COLUMNS());
    for (const table of TABLES().reverse()) await runner.dropTable(table);
  }
}
