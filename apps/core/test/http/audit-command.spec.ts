import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findCommand } from '../../src/commands.js';
import { AuditCheckpoint } from '../../src/foundation/audit/audit-checkpoint.entity.js';
import { AuditEventRow } from '../../src/foundation/audit/audit-event.entity.js';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { startApp, type TestApp } from '../app.js';

describe('the command audit verify', () => {
  const before = { ...process.env };
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp();
    process.env['BAILIWICK_STORAGE_DIR'] = app.config.storageDir;
    const url = app.config.BAILIWICK_DATABASE_URL;
    if (url) process.env['BAILIWICK_DATABASE_URL'] = url;
    for (const action of ['containers.start', 'containers.stop', 'containers.start'])
      await app.app
        .get(AuditService)
        .record(null, { actor: { kind: 'system', name: 'core' }, action, target: null, outcome: 'done' });
  });
  afterEach(async () => {
    process.env = { ...before };
    await app.close();
  });

  async function run(...words: string[]): Promise<{ code: number | undefined; lines: string[] }> {
    const lines: string[] = [];
    const code = await findCommand(words)?.((line) => lines.push(line));
    return { code, lines };
  }

  it('finds the trail whole beside the running core', async () => {
    expect(await run('audit', 'verify')).toEqual({ code: 0, lines: ['The audit trail is whole: 3 rows.'] });
  });

  it('names the row that was changed and the row that is missing', async () => {
    const rows = await app.app
      .get(Database)
      .repository(AuditEventRow)
      .find({ order: { seq: 'ASC' } });
    await app.app.get(Database).transaction(async (own) => {
      await own.delete(AuditEventRow, { seq: 2 });
      await own.getRepository(AuditEventRow).update({ seq: 3 }, { outcome: 'failed' });
    });
    expect(await run('audit', 'verify')).toEqual({
      code: 1,
      lines: [
        'Row 2 is missing.',
        `Row 3 (${rows[2]?.id}) was changed after it was written.`,
        'The audit trail is broken: 2 rows read.',
      ],
    });
  });

  it('names a checkpoint nobody signed', async () => {
    const [first] = await app.app
      .get(Database)
      .repository(AuditEventRow)
      .find({ order: { seq: 'ASC' } });
    if (!first) throw new Error('No rows.');
    await app.app.get(Database).transaction(async (own) => {
      await own.delete(AuditEventRow, { seq: 1 });
      await own.insert(AuditCheckpoint, { id: 'beginning', seq: 1, hash: first.hash, at: 1, signature: 'forged' });
    });
    expect(await run('audit', 'verify')).toEqual({
      code: 1,
      lines: [
        'Row 1 is where a checkpoint says the trail begins, but its signature is not ours.',
        'The audit trail is broken: 2 rows read.',
      ],
    });
  });

  it('is told apart from words nobody knows', async () => {
    expect((await run('audit', 'forge')).code).toBe(2);
    expect(findCommand([])).toBeUndefined();
  });
});
