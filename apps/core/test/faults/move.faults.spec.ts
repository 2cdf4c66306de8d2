import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { call, finished } from '../factories/deployment.js';
import { buildCore, builtFolder, claim, CoreProcess, runCommand, type Session } from './core-process.js';

const PASSWORD = 'correct horse battery staple';
const MOMENTS = ['before', 'after-effect', 'after-result'];
const POINTS = ['copy', 'settle', 'clean'].flatMap((step) => MOMENTS.map((moment) => `${step}:${moment}`));
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-move-'));
const env = {
  BAILIWICK_ENGINE: 'fake',
  BAILIWICK_LOG_LEVEL: 'info',
  BAILIWICK_OPERATION_RETRY_DELAY_MS: '100',
  // Where they no longer are is asked too, each time.
  BAILIWICK_SIGN_IN_TRIES: '1000',
};

let owner: Session;
let alice: string;

const start = (extra: Record<string, string> = {}) => CoreProcess.start({ storageDir, env: { ...env, ...extra } });

/** What stands on the disk, read past the core. */
function onDisk(): { directory: string[]; files: string[] } {
  const read = (file: string, sql: string): unknown[] => {
    const database = new Sqlite(path.join(storageDir, 'databases', file), { readonly: true });
    try {
      return database.prepare(sql).pluck().all(alice);
    } finally {
      database.close();
    }
  };
  const directory = read(
    'system.db',
    'SELECT t.slug FROM people p JOIN tenants t ON t.id = p.tenantId WHERE p.userId = ?',
  ).map(String);
  const files = ['acme', 'beta'].filter((slug) => read(`clients/${slug}.db`, 'SELECT id FROM users WHERE id = ?').length > 0); // prettier-ignore
  return { directory, files };
}

async function send(core: CoreProcess, method: 'GET' | 'POST', address: string, body?: object) {
  const answer = await call(core, owner, method, address, body === undefined ? {} : { body });
  if (answer.status >= 400) throw new Error(`${method} ${address}: ${JSON.stringify(answer.body)}\n${core.log()}`);
  return answer.body;
}

beforeAll(async () => {
  buildCore();
  const core = await start();
  owner = await claim(core.url, storageDir);
  for (const slug of ['acme', 'beta']) await send(core, 'POST', '/tenants', { slug, name: slug });
  const wish = { tenant: 'acme', username: 'alice', displayName: 'Alice', password: PASSWORD };
  alice = (await send(core, 'POST', '/users', wish)).item.id;
  await core.stop();
}, 60_000);
afterAll(() => {
  rmSync(storageDir, { recursive: true, force: true });
  rmSync(builtFolder, { recursive: true, force: true });
});

describe('a core that is killed while it moves somebody between two databases', () => {
  it.each(POINTS)(
    'at %s leaves them in exactly one tenant, and goes on until they are where they go',
    async (point) => {
      const [from = ''] = onDisk().directory;
      const to = from === 'acme' ? 'beta' : 'acme';
      const key = { body: { tenant: to }, key: `move-${point}-${to}` };
      const dying = await start({ BAILIWICK_FAILPOINT: `crash@${point}` });
      await call(dying, owner, 'POST', `/users/${alice}/move`, key).catch(() => undefined); // it may die before it answers
      await dying.untilKilled();

      const between = onDisk();
      expect(between.directory).toHaveLength(1);
      expect(between.files).toEqual(expect.arrayContaining(between.directory));

      const core = await start();
      const again = await call(core, owner, 'POST', `/users/${alice}/move`, key);
      expect(again.status).toBe(202);
      expect(await finished(core, owner, again.body.operation.id)).toMatchObject({ state: 'done' });
      expect(onDisk()).toEqual({ directory: [to], files: [to] });
      const enter = (tenant: string) =>
        fetch(`${core.url}/api/v1/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ tenant, username: 'alice', password: PASSWORD }),
        });
      expect([(await enter(to)).status, (await enter(from)).status]).toEqual([200, 401]);
      await core.stop();
      expect(runCommand(['invariants'], { storageDir, env })).toMatchObject({ code: 0 });
      expect(runCommand(['audit', 'verify'], { storageDir, env })).toMatchObject({ code: 0 });
    },
    60_000,
  );
});
