import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditExport, type AuditFilter, Operation } from '@bailiwick/contract';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { AuditExportsDriver } from '../../src/features/audit/audit-exports.driver.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const API = '/api/v1';
const HOUR = 3_600_000;

describe('an export of the audit trail', () => {
  let app: TestApp;
  let clock: ManualClock;
  let owner: SignedInPerson;
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock, env: { BAILIWICK_SESSION_IDLE_MIN: '1440', BAILIWICK_SESSION_MAX_H: '72' } });
    owner = await signIn(app, { username: 'ada' });
  });
  afterEach(() => app.close());

  const write = (label: string, action = 'containers.start') =>
    app.app.get(AuditService).record(null, {
      actor: owner.actor,
      action,
      target: { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa', label },
      outcome: 'done',
      details: { name: { from: 'a', to: '=1+1' } },
    });
  const run = async (format: 'csv' | 'ndjson', filter: AuditFilter = {}): Promise<Operation> => {
    const { body } = await request(app.url)
      .post(`${API}/audit/exports`)
      .set(owner.headers)
      .send({ format, filter })
      .expect(202);
    const read = async () =>
      Operation.parse((await request(app.url).get(`${API}/operations/${body.operation.id}`).set(owner.headers)).body);
    await until(async () => ['done', 'failed'].includes((await read()).state));
    return read();
  };
  const download = (id: string, who = owner) => request(app.url).get(`${API}/audit/exports/${id}`).set(who.headers);
  const folder = () => path.join(app.config.storageDir, 'exports');

  it('as a table keeps every row of the filter and makes formulas harmless', async () => {
    for (const label of ['=cmd|calc', '+1', '-1', '@x', 'plain, "quoted"']) await write(label);
    await write('elsewhere', 'people.update');
    const operation = await run('csv', { action: 'containers.' });
    expect(AuditExport.parse(operation.result)).toMatchObject({ format: 'csv', rows: 5 });
    const { text, headers } = await download(operation.id).expect(200);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="audit-[\d-]+\.csv"$/);
    const rows: Array<Record<string, string>> = parse(text, { columns: true });
    expect(rows.map(({ targetLabel }) => targetLabel)).toEqual(['plain, "quoted"', "'@x", "'-1", "'+1", "'=cmd|calc"]);
    expect(rows[0]).toMatchObject({ action: 'containers.start', actorName: 'ada', via: 'panel' });
  });

  it('line by line is what the list gives, over more than one piece', async () => {
    for (let number = 0; number < 1203; number += 1) await write(`web ${number}`);
    const operation = await run('ndjson', { q: 'web' });
    const { body } = await request(app.url).get(`${API}/audit?q=web&limit=1`).set(owner.headers);
    const { text } = await download(operation.id).buffer(true).expect(200);
    const lines = text.trim().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
    expect(lines).toHaveLength(1203);
    expect(lines[0]).toEqual(body.items[0]);
  });

  it('is a file nobody else reads, for a day', async () => {
    const { id } = await run('csv');
    expect(statSync(path.join(folder(), `${id}.csv`)).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    writeFileSync(path.join(folder(), 'op_left.csv.part'), 'half');
    clock.advance(24 * HOUR - 1000);
    await download(id).expect(200);
    clock.advance(1000);
    await download(id).expect(404);
    await app.app.get(AuditExportsDriver).removeOver();
    expect(readdirSync(folder()).filter((name) => name.startsWith(id))).toEqual([]);
  });

  it('is for staff only, and taking it away leaves a row', async () => {
    const { id } = await run('csv');
    const member = await signIn(app, { platformRole: 'member' });
    await download(id, member).expect(403);
    await request(app.url).post(`${API}/audit/exports`).set(member.headers).send({ format: 'csv' }).expect(403);
    await download('op_aaaaaaaaaaaaaaaa').expect(404);
    await download(id).expect(200);
    const { body } = await request(app.url).get(`${API}/audit?action=audit.download`).set(owner.headers);
    expect(body.items).toEqual([expect.objectContaining({ operationId: id, outcome: 'done' })]);
  });

  it.each([{ format: 'xml' }, { format: 'csv', filter: { nothing: 1 } }, {}])('refuses %j', async (body) => {
    await request(app.url).post(`${API}/audit/exports`).set(owner.headers).send(body).expect(400);
  });
});
