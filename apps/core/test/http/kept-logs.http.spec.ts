import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ContainerId, KeptLogItem, KeptLogList, KeptLogPage, LogMatches } from '@bailiwick/contract';
import { LogKeepingService } from '../../src/features/kept-logs/log-keeping.service.js';
import type { FakeContainer } from '../../src/foundation/environments/fake-container.js';
import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment, seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking, memberOn } from '../granting.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const DAY_MS = 86_400_000;

let storageDir: string;
let engine: FakeEngine;
let core: TestApp;
let owner: SignedInPerson;
beforeEach(async () => {
  storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  engine = new FakeEngine(new SystemClock());
  await start('all');
  owner = await signIn(core);
});
afterEach(async () => {
  await core.close();
  rmSync(storageDir, { recursive: true, force: true });
});

async function start(policy: string): Promise<void> {
  core = await startApp({ env: { BAILIWICK_LOG_HISTORY: policy }, engine, storageDir });
}
const talking = (): Promise<SeenContainer> =>
  seenOnEngine(core, { name: `talker-${newId('log').slice(4)}`, command: ['sleep', 'infinity'], env: { A_TOKEN: 'topsecret' } }); // prettier-ignore
const logOf = ({ engineId }: SeenContainer): FakeContainer['log'] => fakeEngine(core).get(engineId).log;
const as = (who: SignedInPerson) => new Asking(core, who);
const texts = ({ rows }: KeptLogPage) => rows.flatMap((row) => (row.type === 'line' ? row.text : []));
const events = ({ rows }: KeptLogPage) => rows.flatMap((row) => (row.type === 'event' ? row.event : []));
const page = async (id: string, query = '', who = owner) =>
  KeptLogPage.parse((await as(who).get(`kept-logs/${id}/lines${query}`).expect(200)).body);
const holds = (id: string, text: string) =>
  until(async () => {
    const { status, body } = await as(owner).get(`kept-logs/${id}/lines`);
    return status === 200 && texts(KeptLogPage.parse(body)).includes(text);
  });
/** As somebody at the engine's own command line would. */
async function removeOutside({ id, engineId }: SeenContainer): Promise<void> {
  await fakeEngine(core).remove(engineId, { force: true });
  await core.app.get(MirrorsService).refresh(localEnvironment(core), engineId);
  await until(async () => events(await page(id)).includes('removed'));
}
const folderOf = (id: ContainerId) => path.join(storageDir, 'logs', id);

describe('a log that is kept', () => {
  it('is there when its container is gone, with what happened, page by page and without secrets', async () => {
    const seen = await talking();
    for (let at = 1; at <= 500; at += 1) logOf(seen).write(at % 2 ? 'stdout' : 'stderr', `line ${at}`);
    logOf(seen).write('stdout', 'the topsecret of it');
    await holds(seen.id, 'the •••(A_TOKEN) of it');
    await removeOutside(seen);

    const last = await page(seen.id, '?tail=100');
    expect(texts(last)).toEqual([
      ...Array.from({ length: 99 }, (_, at) => `line ${402 + at}`),
      'the •••(A_TOKEN) of it',
    ]);
    expect(last.more).toBe(true);
    const first = last.rows.find((row) => row.type === 'line');
    const before = await page(seen.id, `?tail=2000&before=${first?.cursor}`);
    expect(texts(before)).toEqual(Array.from({ length: 401 }, (_, at) => `line ${1 + at}`));
    expect(before.more).toBe(false);
    expect(texts(await page(seen.id, '?stream=stderr&tail=2'))).toEqual(['line 498', 'line 500']);

    const { items } = KeptLogList.parse((await as(owner).get('kept-logs').expect(200)).body);
    expect(items).toMatchObject([{ id: seen.id, name: seen.name, removedAt: expect.any(String) }]);
    expect(KeptLogItem.parse((await as(owner).get(`kept-logs/${seen.id}`).expect(200)).body)).toEqual(items[0]);
  });

  it('is searched and taken home', async () => {
    const seen = await talking();
    for (let at = 1; at <= 300; at += 1) logOf(seen).write('stdout', `line ${at}${at % 100 ? '' : ' Full'}`);
    await holds(seen.id, 'line 300 Full');
    await removeOutside(seen);
    const newest = (await page(seen.id, '?tail=1')).rows.find((row) => row.type === 'line');
    const step = async (query: string) =>
      LogMatches.parse((await as(owner).get(`kept-logs/${seen.id}/matches?before=${newest?.cursor}&${query}`).expect(200)).body); // prettier-ignore
    const shallow = await step('q=full&depth=150');
    expect(shallow).toMatchObject({ found: 1, next: 600, end: null });
    expect(await step('q=full')).toMatchObject({ found: 2, next: null, end: 'beginning' });
    expect(await step('q=full&levels=error')).toMatchObject({ found: 0 });
    expect(await step('q=full&levels=unknown')).toMatchObject({ found: 2 });
    expect(await step('q=nothing')).toMatchObject({ found: 0, end: 'beginning' });
    const file = await as(owner).get(`kept-logs/${seen.id}/download?timestamps=false`).expect(200);
    expect(file.text.trimEnd().split('\n')).toHaveLength(300);
    const packed = await as(owner).get(`kept-logs/${seen.id}/download?format=jsonl&gzip=true`).responseType('blob').expect(200); // prettier-ignore
    expect(packed.headers['content-disposition']).toMatch(/\.jsonl\.gz"$/);
    const lines = gunzipSync(packed.body as Buffer)
      .toString()
      .trimEnd()
      .split('\n');
    expect(JSON.parse(lines[99] ?? '')).toMatchObject({ stream: 'stdout', text: 'line 100 Full' });
  });

  it('is read by who could read the log, and does not exist for others', async () => {
    const seen = await talking();
    const reader = await memberOn(core, owner, seen, 'containers.logs');
    const watcher = await signIn(core, { platformRole: 'member' });
    const target = { kind: 'container', id: seen.id } as const;
    await as(owner).change([aGrant(watcher, target, { role: 'observer', deny: ['containers.logs'] })]);
    const stranger = await signIn(core, { platformRole: 'member' });
    logOf(seen).write('stdout', 'a line');
    await holds(seen.id, 'a line');
    await removeOutside(seen);
    expect(texts(await page(seen.id, '', reader))).toEqual(['a line']);
    await as(reader).get(`kept-logs/${seen.id}/download`).expect(403);
    await as(watcher).get(`kept-logs/${seen.id}/lines`).expect(403);
    for (const what of ['', '/lines', '/download', '/matches?q=a&before=a.1.0.a'])
      await as(stranger).get(`kept-logs/${seen.id}${what}`).expect(404);
    const listed = async (who: SignedInPerson) =>
      KeptLogList.parse((await as(who).get('kept-logs').expect(200)).body).items.length;
    expect([await listed(reader), await listed(watcher), await listed(stranger)]).toEqual([1, 0, 0]);
  });

  it('goes on after the core was away, without a gap and without a line twice', async () => {
    const seen = await talking();
    logOf(seen).write('stdout', 'line 1');
    await holds(seen.id, 'line 1');
    await core.close();
    engine.get(seen.engineId).log.write('stdout', 'line 2');
    await start('all');
    owner = await signIn(core, { platformRole: 'owner' });
    engine.get(seen.engineId).log.write('stdout', 'line 3');
    await holds(seen.id, 'line 3');
    expect(texts(await page(seen.id))).toEqual(['line 1', 'line 2', 'line 3']);
    expect((await page(seen.id)).rows.some(({ type }) => type === 'gap')).toBe(false);
  });

  it('is nobody’s where the policy says so', async () => {
    await core.close();
    await start('off');
    owner = await signIn(core, { platformRole: 'owner' });
    const seen = await talking();
    logOf(seen).write('stdout', 'a line');
    await core.app.get(LogKeepingService).sweepNow();
    await as(owner).get(`kept-logs/${seen.id}/lines`).expect(404);
    expect(existsSync(folderOf(seen.id))).toBe(false);
    await core.close();
    await start('another-tenant');
    owner = await signIn(core, { platformRole: 'owner' });
    const other = await talking();
    await core.app.get(LogKeepingService).sweepNow();
    expect(existsSync(folderOf(other.id))).toBe(false);
  });

  it('goes a week after its container, and is packed until then', async () => {
    const seen = await talking();
    logOf(seen).write('stdout', 'a line');
    await holds(seen.id, 'a line');
    await removeOutside(seen);
    await until(() => readdirSync(folderOf(seen.id)).every((name) => name.endsWith('.gz')));
    await core.app.get(LogKeepingService).sweepNow();
    expect(texts(await page(seen.id))).toEqual(['a line']);
    const now = Date.now;
    Date.now = () => now() + 8 * DAY_MS;
    try {
      await core.app.get(LogKeepingService).sweepNow();
    } finally {
      Date.now = now;
    }
    expect(existsSync(folderOf(seen.id))).toBe(false);
  });

  it('goes where nobody knows its container any more', async () => {
    const { mkdir } = await import('node:fs/promises');
    const id = newId('ct');
    await mkdir(folderOf(id), { recursive: true });
    await core.app.get(LogKeepingService).sweepNow();
    expect(existsSync(folderOf(id))).toBe(false);
  });
});
