import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AuditEvent } from '@bailiwick/contract';
import { AuditAnchoringService } from '../../src/foundation/audit/audit-anchoring.service.js';
import { AuditEventRow } from '../../src/foundation/audit/audit-event.entity.js';
import { AuditVerificationService } from '../../src/foundation/audit/audit-verification.service.js';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { conflict, forbidden } from '../../src/kernel/errors.js';
import { startApp, type TestApp } from '../app.js';
import { signIn, type SignedInPerson } from '../sign-in.js';

const CONTAINER = { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa', label: 'web' };

describe('the audit trail', () => {
  let app: TestApp;
  let owner: SignedInPerson;
  let audit: AuditService;
  let database: Database;
  beforeEach(async () => {
    app = await startApp();
    owner = await signIn(app, { username: 'ada' });
    audit = app.app.get(AuditService);
    database = app.app.get(Database);
  });
  afterEach(() => app.close());

  const write = (action: string, target = CONTAINER) =>
    audit.record(null, { actor: owner.actor, action, target, outcome: 'done' });
  const verify = () => app.app.get(AuditVerificationService).verify();
  const read = async (query = '') =>
    (await request(app.url).get(`/api/v1/audit${query}`).set(owner.headers).expect(200)).body;

  it('is read newest first, page by page, each row once', async () => {
    for (let number = 1; number <= 7; number += 1) await write(`containers.act${number}`);
    const seen: string[] = [];
    let query = '?limit=3';
    for (;;) {
      const page = await read(query);
      seen.push(...page.items.map(({ action }: AuditEvent) => action));
      if (!page.nextCursor) break;
      query = `?limit=3&cursor=${page.nextCursor}`;
      await write('containers.later');
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((number) => `containers.act${number}`));
  });

  it('is read for one container, which need not exist any more', async () => {
    await write('containers.start');
    await write('containers.start', { ...CONTAINER, id: 'ct_bbbbbbbbbbbbbbbb' });
    const { items } = await read(`?target=${CONTAINER.id}`);
    expect(items).toEqual([
      expect.objectContaining({
        action: 'containers.start',
        outcome: 'done',
        actor: { kind: 'user', id: owner.user.id, name: 'ada' },
        target: CONTAINER,
        tenantId: owner.user.tenantId,
      }),
    ]);
  });

  it('answers 304 until there is a new row', async () => {
    await write('containers.start');
    const first = await request(app.url).get('/api/v1/audit').set(owner.headers);
    const again = () =>
      request(app.url)
        .get('/api/v1/audit')
        .set(owner.headers)
        .set('if-none-match', first.get('etag') ?? '');
    expect((await again()).status).toBe(304);
    await write('containers.stop');
    expect((await again()).status).toBe(200);
  });

  it.each([
    '?limit=0',
    '?limit=201',
    '?limit=x',
    '?cursor=%27%20OR%201',
    '?since=today',
    '?action=%25',
    '?outcome=maybe',
    '?nothing=1',
  ])('refuses %s', async (query) => {
    await request(app.url).get(`/api/v1/audit${query}`).set(owner.headers).expect(400);
  });

  it('counts without gaps and stays whole under parallel writers', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, number) => write(`containers.act${number}`)));
    const rows = await database.repository(AuditEventRow).find({ order: { seq: 'ASC' } });
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(await verify()).toEqual({ rows: 60, faults: [] });
  });

  it('names the row that was changed past the core', async () => {
    for (let number = 1; number <= 5; number += 1) await write(`containers.act${number}`);
    const [, second] = await database.repository(AuditEventRow).find({ order: { seq: 'ASC' } });
    if (!second) throw new Error('No second row.');
    await database.transaction((rows) =>
      rows.getRepository(AuditEventRow).update({ id: second.id }, { actorName: 'somebody else' }),
    );
    expect((await verify()).faults).toEqual([{ seq: 2, id: second.id, kind: 'changed' }]);
  });

  it.each([1, 3, 5])('names row %i when it is taken out of five, also the last', async (seq) => {
    for (let number = 1; number <= 5; number += 1) await write(`containers.act${number}`);
    await app.app.get(AuditAnchoringService).anchor();
    await database.transaction((rows) => rows.delete(AuditEventRow, { seq }));
    expect((await verify()).faults).toEqual([{ seq, id: null, kind: 'missing' }]);
  });

  it('takes back what it wrote when the change it belongs to fails', async () => {
    await expect(
      database.transaction(async (rows) => {
        await audit.record(rows, {
          actor: owner.actor,
          action: 'containers.start',
          target: CONTAINER,
          outcome: 'done',
        });
        throw new Error('The change failed.');
      }),
    ).rejects.toThrow('The change failed.');
    expect(await verify()).toEqual({ rows: 0, faults: [] });
  });

  describe('around an effect', () => {
    const outcomes = async () => (await read()).items.map(({ outcome }: AuditEvent) => outcome).reverse();
    const around = (work: () => Promise<unknown>) => audit.around(owner.actor, 'containers.start', CONTAINER, {}, work);

    it('writes the intent before and the result after', async () => {
      await around(async () => expect(await outcomes()).toEqual(['intent']));
      expect(await outcomes()).toEqual(['intent', 'done']);
    });

    it.each([
      ['failed', conflict('wrong_state', 'It runs already.'), 'wrong_state'],
      ['refused', forbidden({ missing: ['containers.start'], resource: null, grantedBy: [] }), 'forbidden'],
      ['failed', new Error('secret detail'), 'internal'],
    ])('says that it was %s and lets the failure through', async (outcome, failure, code) => {
      await expect(around(() => Promise.reject(failure))).rejects.toBe(failure);
      expect(await outcomes()).toEqual(['intent', outcome]);
      const { items } = await read();
      expect(items[0].details).toEqual({ code });
    });
  });
});
