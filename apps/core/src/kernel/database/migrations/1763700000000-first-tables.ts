import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { accountTables } from './account-tables.js';
import { count, flag, id, long, maybe, moment, text } from './table-columns.js';

const TABLES: Table[] = [
  new Table({
    name: 'tenants',
    columns: [
      id(),
      { ...text('slug'), isUnique: true },
      text('name'),
      moment('createdAt'),
      maybe(moment('archivedAt')),
    ],
  }),
  ...accountTables(),
  // Who is where: staff have their account here, everybody else in the database of their tenant.
  new Table({
    name: 'people',
    columns: [id('userId'), text('tenantId'), text('username'), text('home')],
    indices: [{ columnNames: ['username'] }, { columnNames: ['tenantId'] }],
    foreignKeys: [{ columnNames: ['tenantId'], referencedTableName: 'tenants', referencedColumnNames: ['id'] }],
  }),
  // What of a tenant's outbox has had its effect here, until it is gone from there.
  new Table({ name: 'outbox_taken', columns: [id(), moment('takenAt')] }),
  new Table({
    name: 'identity_roles',
    columns: [id('name'), text('description'), maybe(text('updatedBy')), moment('updatedAt')],
  }),
  // One row for ever: the primary key makes the second owner impossible.
  new Table({ name: 'setup_claims', columns: [id(), text('userId'), moment('claimedAt')] }),
  new Table({
    name: 'sessions',
    columns: [
      id(),
      text('kind'),
      // A browser's cookie; a program has refresh tokens instead.
      { ...maybe(text('tokenHash')), isUnique: true },
      text('userId'),
      moment('createdAt'),
      moment('lastUsedAt'),
      moment('idleEndsAt'),
      moment('endsAt'),
      maybe(moment('revokedAt')),
      maybe(moment('steppedUpAt')),
      // The passkey its person signed in with, or proved themselves with since.
      maybe(text('passkeyId')),
      text('address'),
      text('device'),
    ],
    indices: [{ columnNames: ['userId'] }],
    foreignKeys: [
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'refresh_tokens',
    columns: [id('tokenHash'), text('sessionId'), moment('createdAt'), maybe(moment('usedAt'))],
    indices: [{ columnNames: ['sessionId'] }],
    foreignKeys: [
      {
        columnNames: ['sessionId'],
        referencedTableName: 'sessions',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'api_tokens',
    columns: [
      id(),
      text('userId'),
      text('name'),
      text('prefix'),
      { ...text('tokenHash'), isUnique: true },
      long('capabilities'),
      long('targets'),
      flag('grave'),
      moment('createdAt'),
      moment('expiresAt'),
      maybe(moment('lastUsedAt')),
      maybe(text('lastUsedAddress')),
    ],
    indices: [{ columnNames: ['userId'] }],
    foreignKeys: [
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'sign_in_failures',
    columns: [id('key'), count('failures'), moment('windowStartedAt'), maybe(moment('lockedUntil'))],
  }),
  // The password was right and the code is awaited.
  new Table({
    name: 'two_factor_challenges',
    columns: [id('hash'), text('userId'), text('network'), moment('expiresAt')],
    foreignKeys: [
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  // Who somebody is at a provider.
  new Table({
    name: 'external_identities',
    columns: [id(), text('issuer'), text('subject'), text('userId'), moment('createdAt')],
    indices: [{ columnNames: ['issuer', 'subject'], isUnique: true }, { columnNames: ['userId'] }],
    foreignKeys: [
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  // What was signed by a passkey, until it would not be believed any more.
  new Table({ name: 'used_challenges', columns: [id('hash'), moment('expiresAt')] }),
  new Table({
    name: 'two_factor_failures',
    columns: [id('key'), count('failures'), moment('lastTriedAt'), maybe(moment('lockedUntil'))],
  }),
  // What staff decided for the whole panel, one row a subject.
  new Table({
    name: 'settings',
    columns: [id('key'), long('value'), text('updatedBy'), moment('updatedAt')],
  }),
  new Table({
    name: 'environments',
    columns: [id(), { ...text('slug'), isUnique: true }, text('name'), text('kind'), moment('createdAt')],
  }),
  new Table({
    name: 'containers',
    columns: [
      id(),
      text('tenantId'),
      text('environmentId'),
      // Null while a deploy has not created it yet.
      maybe(text('engineId')),
      text('name'),
      flag('managed'),
      maybe(text('ownerId')),
      maybe(text('ownerName')),
      maybe(text('preset')),
      // The answered preset, as deployed; kept after a delete so that it can be restored.
      maybe(long('configuration')),
      moment('createdAt'),
      maybe(moment('removedAt')),
    ],
    indices: [{ columnNames: ['environmentId', 'engineId'], isUnique: true }, { columnNames: ['tenantId'] }],
    foreignKeys: [
      { columnNames: ['tenantId'], referencedTableName: 'tenants', referencedColumnNames: ['id'] },
      { columnNames: ['environmentId'], referencedTableName: 'environments', referencedColumnNames: ['id'] },
    ],
  }),
  // Ends that were asked for here, so that their exit code is not read as an error.
  new Table({
    name: 'container_stops',
    columns: [id('containerId'), moment('finishedAt')],
    foreignKeys: [{ columnNames: ['containerId'], referencedTableName: 'containers', referencedColumnNames: ['id'] }],
  }),
  new Table({
    name: 'operations',
    columns: [
      id(),
      text('name'),
      text('state'),
      text('tenantId'),
      maybe(text('environmentId')),
      maybe(text('containerId')),
      text('targetLabel'),
      text('actorId'),
      text('actorName'),
      // By which door and from where it was asked for: its end is written down the same way.
      text('via'),
      maybe(text('address')),
      // Whose thing it is about, when that is somebody else than who started it.
      maybe(text('ownerId')),
      long('input'),
      maybe(long('result')),
      maybe(long('error')),
      maybe(text('failedStep')),
      // Set when somebody asked to cancel; compensation runs before the state says so.
      maybe(moment('cancelRequestedAt')),
      moment('createdAt'),
      maybe(moment('startedAt')),
      maybe(moment('finishedAt')),
    ],
    indices: [{ columnNames: ['state'] }, { columnNames: ['containerId'] }, { columnNames: ['createdAt', 'id'] }],
  }),
  new Table({
    name: 'operation_steps',
    columns: [
      id('operationId'),
      id('name'),
      count('position'),
      text('state'),
      count('attempts'),
      // Written before the effect and after it: what recovery needs to know.
      maybe(long('result')),
      maybe(moment('startedAt')),
      maybe(moment('finishedAt')),
      maybe(moment('compensatedAt')),
    ],
    foreignKeys: [
      {
        columnNames: ['operationId'],
        referencedTableName: 'operations',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'operation_secrets',
    columns: [id('operationId'), long('sealed'), moment('expiresAt')],
    foreignKeys: [
      {
        columnNames: ['operationId'],
        referencedTableName: 'operations',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'idempotency_keys',
    columns: [
      id('actorId'),
      id('key'),
      text('route'),
      text('bodyHash'),
      // Null until the work is done; an accepted operation is known earlier, in the transaction that accepts it.
      maybe(long('answer')),
      maybe(text('operationId')),
      moment('createdAt'),
    ],
    indices: [{ columnNames: ['createdAt'] }],
  }),
  new Table({
    name: 'port_reservations',
    columns: [
      id(),
      text('environmentId'),
      text('ip'),
      text('protocol'),
      count('port'),
      text('containerId'),
      moment('createdAt'),
      maybe(moment('releasedAt')),
    ],
    indices: [
      { columnNames: ['environmentId', 'protocol', 'port'], isUnique: true, where: '"releasedAt" IS NULL' },
      { columnNames: ['containerId'] },
    ],
  }),
  new Table({
    name: 'audit_events',
    columns: [
      id(),
      { ...count('seq'), isUnique: true },
      moment('at'),
      maybe(text('tenantId')),
      text('actorKind'),
      maybe(text('actorId')),
      text('actorName'),
      text('via'),
      maybe(text('address')),
      text('action'),
      maybe(text('targetKind')),
      maybe(text('targetId')),
      maybe(text('targetLabel')),
      text('outcome'),
      maybe(text('operationId')),
      maybe(text('requestId')),
      long('details'),
      text('previousHash'),
      text('hash'),
    ],
    // Each filter finds its rows newest first without a sort.
    indices: [
      { columnNames: ['at'] },
      { columnNames: ['actorId', 'seq'] },
      { columnNames: ['targetId', 'seq'] },
      { columnNames: ['tenantId', 'seq'] },
      { columnNames: ['action', 'seq'] },
      { columnNames: ['outcome', 'seq'] },
      { columnNames: ['address', 'seq'] },
    ],
  }),
  // One row: what was removed from the beginning of the chain, signed, so that the rest can still be proved.
  new Table({
    name: 'audit_checkpoints',
    columns: [id(), count('seq'), text('hash'), moment('at'), text('signature')],
  }),
  // Until a server has taken it; what it is about is sealed, and gone when it is over.
  new Table({
    name: 'mails',
    columns: [
      id(),
      text('kind'),
      maybe(long('sealed')),
      { ...maybe(text('sameAs')), isUnique: true },
      text('state'),
      count('attempts'),
      moment('dueAt'),
      moment('giveUpAt'),
      maybe(text('failure')),
      maybe(text('said')),
      maybe(moment('failedAt')),
      moment('createdAt'),
      maybe(moment('finishedAt')),
    ],
    indices: [{ columnNames: ['state', 'dueAt'] }],
  }),
  // Where people have come from before.
  new Table({
    name: 'known_addresses',
    columns: [id('userId'), id('address'), moment('firstSeenAt'), moment('lastSeenAt')],
    foreignKeys: [
      {
        columnNames: ['userId'],
        referencedTableName: 'people',
        referencedColumnNames: ['userId'],
        onDelete: 'CASCADE',
      },
    ],
  }),
];

export class FirstTables1763700000000 implements MigrationInterface {
  readonly name = 'FirstTables1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table);
  }
}
