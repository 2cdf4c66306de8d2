import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { Database } from '../../src/kernel/database/database.js';
import { TenantDatabases } from '../../src/kernel/database/tenant-databases.js';
import { CoreLog } from '../../src/kernel/log/log.js';
import { startApp, type TestApp } from '../app.js';
import { finished } from '../factories/deployment.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const API = '/api/v1';
const PASSWORD = 'correct horse battery staple';
describe('the file of a tenant', () => {
  let folders: string[];
  let apps: TestApp[];
  beforeEach(() => {
    folders = [];
    apps = [];
  });
  afterEach(async () => {
    for (const app of apps) await app.close().catch(() => undefined); // closed by its test already
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const aFolder = () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    folders.push(folder);
    return folder;
  };
  const start = async (storageDir: string) => {
    // With PostgreSQL a tenant is a schema, and there is no file to copy or to tear.
    const app = await startApp({ storageDir, onFiles: true });
    apps.push(app);
    return app;
  };
  const clients = (storageDir: string) => path.join(storageDir, 'databases', 'clients');
  const ask = (app: TestApp, who: SignedInPerson, verb: 'get' | 'post', address: string, body?: object) => {
    const asked = request(app.url)[verb](`${API}${address}`).set(who.headers);
    return body === undefined ? asked : asked.send(body);
  };
  const enter = (app: TestApp, tenant: string) =>
    request(app.url).post(`${API}/sign-in`).send({ tenant, username: 'alice', password: PASSWORD });

  /** An installation with alice in acme, stopped. */
  async function withAlice(storageDir: string): Promise<void> {
    const app = await start(storageDir);
    const owner = await signIn(app);
    await ask(app, owner, 'post', '/tenants', { slug: 'acme', name: 'Acme Ltd' }).expect(201);
    const wish = { tenant: 'acme', username: 'alice', displayName: 'Alice', password: PASSWORD };
    await ask(app, owner, 'post', '/users', wish).expect(201);
    await app.close();
  }

  it('brings the tenant and its people to another installation', async () => {
    const here = aFolder();
    await withAlice(here);
    const there = aFolder();
    mkdirSync(clients(there), { recursive: true });
    copyFileSync(path.join(clients(here), 'acme.db'), path.join(clients(there), 'acme.db'));
    const app = await start(there);
    const owner = await signIn(app);
    const { body } = await ask(app, owner, 'get', '/tenants/acme').expect(200);
    expect(body.item).toMatchObject({ slug: 'acme', name: 'Acme Ltd', people: 1 });
    await enter(app, 'acme').expect(200);
  });

  it('brings nothing that its first installation had yet to learn', async () => {
    const here = aFolder();
    await withAlice(here);
    const there = aFolder();
    mkdirSync(clients(there), { recursive: true });
    copyFileSync(path.join(clients(here), 'acme.db'), path.join(clients(there), 'acme.db'));
    const { default: Sqlite } = await import('better-sqlite3');
    const file = new Sqlite(path.join(clients(there), 'acme.db'));
    const told = { userId: 'usr_aaaaaaaaaaaaaaaa', tenantId: 'ten_aaaaaaaaaaaaaaaa', username: 'root', home: 'system' };
    file
      .prepare('INSERT INTO outbox (id, kind, payload, createdAt) VALUES (?, ?, ?, ?)')
      .run('obx_foreign', 'people.put', JSON.stringify(told), 0);
    file.close();
    const app = await start(there);
    await enter(app, 'acme').expect(200);
    expect(await app.app.get(Database).read(`SELECT "userId" FROM "people" WHERE "username" = 'root'`, [])).toEqual([]);
  });

  it('that is torn is told by its name, and everybody else goes on', async () => {
    const here = aFolder();
    await withAlice(here);
    writeFileSync(path.join(clients(here), 'acme.db'), 'torn '.repeat(5000));
    for (const rest of ['-wal', '-shm']) rmSync(path.join(clients(here), `acme.db${rest}`), { force: true });
    const app = await start(here);
    const owner = await signIn(app);
    const { items } = (await ask(app, owner, 'get', '/tenants').expect(200)).body;
    expect(items).toMatchObject([
      { slug: 'acme', broken: true },
      { slug: 'default', broken: false },
    ]);
    expect((await ask(app, owner, 'get', '/users').expect(200)).body.unread).toEqual(['acme']);
    expect((await enter(app, 'acme')).body).toMatchObject({ code: 'storage_unavailable', params: { tenant: 'acme' } });
    const said = app.app.get(CoreLog).history(500).map(({ message }) => message); // prettier-ignore
    expect(said).toContain('The database of the tenant acme cannot be used');
    await ask(app, owner, 'get', '/containers').expect(200);
  });

  it('that is full takes nobody in; who was to come stays where they are, and comes once there is room', async () => {
    const here = aFolder();
    await withAlice(here);
    const app = await start(here);
    const owner = await signIn(app);
    await ask(app, owner, 'post', '/tenants', { slug: 'beta', name: 'Beta' }).expect(201);
    const alice = (await ask(app, owner, 'get', '/users?q=alice')).body.items[0];
    const beta = <Result>(work: (database: Database) => Promise<Result>) =>
      app.app.get(TenantDatabases).use('beta', work);
    await beta((database) => fill(database, alice.tenant.id));
    const moved = async () => {
      const { body } = await ask(app, owner, 'post', `/users/${alice.id}/move`, { tenant: 'beta' }).expect(202);
      return finished(app, owner, body.operation.id);
    };
    expect(await moved()).toMatchObject({ state: 'failed', failedStep: 'copy', error: { code: 'storage_full' } });
    await enter(app, 'acme').expect(200);
    await enter(app, 'beta').expect(401);
    await beta((database) => database.read('PRAGMA max_page_count = 100000', []));
    expect(await moved()).toMatchObject({ state: 'done' });
    await enter(app, 'beta').expect(200);
  });

  it('that holds somebody who calls themselves an owner makes nobody one', async () => {
    const here = aFolder();
    await withAlice(here);
    const { default: Sqlite } = await import('better-sqlite3');
    const file = new Sqlite(path.join(clients(here), 'acme.db'));
    file.exec(`UPDATE users SET platformRole = 'owner'`);
    file.close();
    const app = await start(here);
    const { body, headers } = await enter(app, 'acme').expect(200);
    expect(body.user.platformRole).toBe('member');
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    await request(app.url).get(`${API}/users`).set({ cookie }).expect(403);
  });
});

/** As full as a disk can be: not one more account fits. */
async function fill(database: Database, tenantId: string): Promise<void> {
  const pages = await database.read('PRAGMA page_count', []);
  await database.read(`PRAGMA max_page_count = ${JSON.stringify(Object.values(Object(pages[0]))[0])}`, []);
  for (let count = 0; ; count += 1) {
    try {
      await database.transaction((rows) =>
        rows.query(
          `INSERT INTO users (id, tenantId, username, displayName, platformRole, active, rightsVersion, createdAt, updatedAt)
           VALUES ('filler-${count}', '${tenantId}', 'filler-${count}', 'x', 'member', 1, 1, 0, 0)`,
        ),
      );
    } catch (error) {
      if (/full/.test(String(error))) return;
      throw error;
    }
  }
}
