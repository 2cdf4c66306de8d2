import { Table } from 'typeorm';
import { count, flag, id, long, maybe, moment, text } from './table-columns.js';

/** A person's account, alike in the system's database (staff) and in a tenant's (everybody else). */
export const accountTables = (): Table[] => [
  new Table({
    name: 'users',
    columns: [
      id(),
      text('tenantId'),
      { ...text('username'), isUnique: true },
      text('displayName'),
      { ...maybe(text('email')), isUnique: true },
      maybe(moment('emailVerifiedAt')),
      text('platformRole'),
      // The name of a row in identity_roles.
      maybe(text('roleTag')),
      // Null until its person has chosen one.
      maybe(text('passwordHash')),
      flag('active'),
      maybe(long('appearance')),
      count('rightsVersion'),
      moment('createdAt'),
      moment('updatedAt'),
      maybe(moment('lastSignInAt')),
    ],
  }),
  new Table({
    name: 'two_factor',
    // Null until a first code was confirmed: it is not asked for before.
    columns: [id('userId'), text('sealed'), maybe(moment('confirmedAt')), moment('lastStep')],
  }),
  new Table({
    name: 'recovery_codes',
    columns: [id(), text('userId'), text('hash'), maybe(moment('usedAt'))],
    indices: [{ columnNames: ['userId'] }],
  }),
  new Table({
    name: 'passkeys',
    columns: [
      id(),
      text('userId'),
      text('credentialId'),
      long('publicKey'),
      moment('counter'),
      long('transports'),
      text('site'),
      text('name'),
      flag('synced'),
      moment('createdAt'),
      maybe(moment('lastUsedAt')),
    ],
    indices: [{ columnNames: ['userId', 'credentialId'], isUnique: true }],
  }),
  // Accounts to come, where they will be. Only the hash of the link; null until one was made.
  new Table({
    name: 'invitations',
    columns: [
      id(),
      maybe(text('tokenHash')),
      text('email'),
      text('tenantId'),
      text('platformRole'),
      maybe(text('roleTag')),
      text('state'),
      text('invitedBy'),
      text('invitedByName'),
      moment('createdAt'),
      count('days'),
      moment('expiresAt'),
      maybe(text('acceptedBy')),
      maybe(moment('endedAt')),
    ],
    indices: [{ columnNames: ['email'] }],
  }),
  // Leave to choose a new password. Only hashes: the link and the code stand in a mail.
  new Table({
    name: 'password_resets',
    columns: [
      id('tokenHash'),
      text('userId'),
      maybe(text('codeHash')),
      maybe(moment('codeExpiresAt')),
      count('codeTries'),
      moment('expiresAt'),
      flag('mailed'),
    ],
    indices: [{ columnNames: ['userId'] }],
  }),
];
