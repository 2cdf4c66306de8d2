import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditAnchoringService } from '../../src/foundation/audit/audit-anchoring.service.js';
import { AuditCheckpoint } from '../../src/foundation/audit/audit-checkpoint.entity.js';
import { AuditEventRow } from '../../src/foundation/audit/audit-event.entity.js';
import { AuditRetentionService } from '../../src/foundation/audit/audit-retention.service.js';
import { AuditVerificationService } from '../../src/foundation/audit/audit-verification.service.js';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { ManualClock, startApp, type TestApp } from '../app.js';

const DAY = 24 * 3_600_000;

describe('retention of the audit trail', () => {
  let app: TestApp;
  let clock: ManualClock;
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock, env: { BAILIWICK_AUDIT_KEEP_DAYS: '30' } });
    // The look it takes at its start is over.
    await removeExpired();
    // One row a day, for forty days.
    for (let day = 0; day < 40; day += 1) {
      await app.app
        .get(AuditService)
        .record(null, { actor: { kind: 'system', name: 'core' }, action: 'panel.act', target: null, outcome: 'done' });
      clock.advance(DAY);
    }
  });
  afterEach(() => app.close());

  const removeExpired = () => app.app.get(AuditRetentionService).removeExpired();
  const verify = () => app.app.get(AuditVerificationService).verify();
  const database = () => app.app.get(Database);
  const seqs = async () =>
    (
      await database()
        .repository(AuditEventRow)
        .find({ order: { seq: 'ASC' } })
    ).map(({ seq }) => seq);

  it('takes rows from the beginning only, says so, and what is left is still proved', async () => {
    expect(await removeExpired()).toBe(10);
    const left = await seqs();
    expect([left[0], left.at(-1), left.length]).toEqual([11, 41, 31]);
    expect(await verify()).toEqual({ rows: 31, faults: [] });
    expect(await removeExpired()).toBe(0);
    clock.advance(5 * DAY);
    expect(await removeExpired()).toBe(5);
    expect((await verify()).faults).toEqual([]);
  });

  it('never takes the last row, however old', async () => {
    clock.advance(1000 * DAY);
    await removeExpired();
    expect((await seqs()).at(0)).toBe(40);
    expect((await verify()).faults).toEqual([]);
  });

  it('stops at the first row that is young, also when the clock was wrong', async () => {
    clock.advance(-60 * DAY);
    await app.app
      .get(AuditService)
      .record(null, { actor: { kind: 'system', name: 'core' }, action: 'panel.late', target: null, outcome: 'done' });
    clock.advance(60 * DAY);
    expect(await removeExpired()).toBe(10);
    expect(await seqs()).toContain(41);
  });

  it('names a checkpoint that was tampered with, and rows cut off behind a forged one', async () => {
    await removeExpired();
    const rows = await database()
      .repository(AuditEventRow)
      .find({ order: { seq: 'ASC' } });
    const [, second] = rows;
    if (!second) throw new Error('Too short.');
    await database().transaction(async (own) => {
      await own.delete(AuditEventRow, { seq: rows[0]?.seq ?? 0 });
      await own.delete(AuditEventRow, { seq: second.seq });
      await own.update(AuditCheckpoint, { id: 'beginning' }, { seq: second.seq, hash: second.hash });
    });
    expect((await verify()).faults).toEqual([{ seq: second.seq, id: null, kind: 'forged' }]);
  });

  it('misses the rows when there is no checkpoint for them, or an older one', async () => {
    await removeExpired();
    const before = await database().repository(AuditCheckpoint).findOneByOrFail({ id: 'beginning' });
    clock.advance(DAY);
    await removeExpired();
    await database().transaction((own) => own.save(AuditCheckpoint, before));
    expect((await verify()).faults).toEqual([{ seq: 11, id: null, kind: 'missing' }]);
    await database().transaction((own) => own.delete(AuditCheckpoint, { id: 'beginning' }));
    expect((await verify()).faults).toHaveLength(11);
  });

  it('still finds rows changed, missing, out of the chain and cut off the end', async () => {
    await removeExpired();
    await app.app.get(AuditAnchoringService).anchor();
    const row = await database().repository(AuditEventRow).findOneByOrFail({ seq: 30 });
    await database().transaction(async (own) => {
      await own.update(AuditEventRow, { seq: 15 }, { actorName: 'nobody' });
      await own.delete(AuditEventRow, { seq: 20 });
      await own.update(AuditEventRow, { seq: 30 }, { previousHash: 'f'.repeat(64) });
      await own.delete(AuditEventRow, { seq: 41 });
    });
    expect((await verify()).faults).toEqual([
      expect.objectContaining({ seq: 15, kind: 'changed' }),
      { seq: 20, id: null, kind: 'missing' },
      { seq: 30, id: row.id, kind: 'changed' },
      { seq: 41, id: null, kind: 'missing' },
    ]);
  });

  it('keeps everything unless it is told otherwise', async () => {
    await app.close();
    app = await startApp({ clock });
    expect(app.config.BAILIWICK_AUDIT_KEEP_DAYS).toBe(0);
    expect(await removeExpired()).toBe(0);
  });
});
