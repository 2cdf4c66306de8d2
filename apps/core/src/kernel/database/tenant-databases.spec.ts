import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { databaseFor } from '../../../test/postgres.js';
import { TenantDatabases } from './tenant-databases.js';

describe('the databases of tenants', () => {
  let storageDir: string;
  let database: Awaited<ReturnType<typeof databaseFor>>;
  let tenants: TenantDatabases;
  const make = (mostOpen?: number) =>
    new TenantDatabases({ storageDir, BAILIWICK_DATABASE_URL: database.env['BAILIWICK_DATABASE_URL'] }, [], mostOpen);
  const count = (slug: string) =>
    tenants.use(slug, async (tenant) => (await tenant.read('SELECT id FROM users', [])).length);
  const add = (slug: string, id: string) =>
    tenants.use(
      slug,
      (tenant) =>
      tenant.transaction((rows) => rows.query(`INSERT INTO tenant (id, slug, name, "createdAt") VALUES ('${id}', '${slug}', 'x', 0)`)), // prettier-ignore
    );

  beforeEach(async () => {
    storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    database = await databaseFor(storageDir);
    tenants = make();
  });
  afterEach(async () => {
    await tenants.close();
    await database.drop();
    rmSync(storageDir, { recursive: true, force: true });
  });

  it('are made and migrated when somebody asks, each apart from the others', async () => {
    await add('acme', 'ten_a');
    await add('beta', 'ten_b');
    const ids = (slug: string) => tenants.use(slug, (tenant) => tenant.read('SELECT id FROM tenant', []));
    expect([await ids('acme'), await ids('beta')]).toEqual([[{ id: 'ten_a' }], [{ id: 'ten_b' }]]);
    expect(await count('acme')).toBe(0);
  });

  it('close the least recently used beyond a number, never one that is at work, and keep what they hold', async () => {
    await tenants.close();
    tenants = make(2);
    const atWork = tenants.use('first', async (tenant) => {
      for (const slug of ['second', 'third', 'fourth']) await add(slug, `ten_${slug}`);
      return tenant.read('SELECT id FROM tenant', []);
    });
    expect(await atWork).toEqual([]);
    expect(tenants.openCount).toBe(2);
    for (const slug of ['second', 'third', 'fourth'])
      expect(await tenants.use(slug, (tenant) => tenant.read('SELECT id FROM tenant', []))).toHaveLength(1);
    expect(tenants.openCount).toBe(2);
  });

  it.each(['../x', 'a/b', 'a b', 'A', '', '.', 'x'.repeat(41), 'ä', 'a"b'])('refuse to be called %j', async (slug) => {
    await expect(tenants.use(slug, () => Promise.resolve())).rejects.toThrow('no tenant');
    expect(TenantDatabases.isSlug(slug)).toBe(false);
    expect(readdirSync(storageDir).filter((name) => name !== 'databases')).toEqual([]);
  });

  it('name the one whose file is torn, and the others go on', async () => {
    await tenants.close();
    // Files whatever else is tested: on PostgreSQL there is none to tear.
    const make = () => new TenantDatabases({ storageDir, BAILIWICK_DATABASE_URL: undefined }, []);
    tenants = make();
    await add('acme', 'ten_a');
    await add('torn', 'ten_t');
    await tenants.close();
    writeFileSync(path.join(storageDir, 'databases', 'clients', 'torn.db'), 'this was a database once'.repeat(400));
    tenants = make();
    await expect(count('torn')).rejects.toMatchObject({ code: 'storage_unavailable', params: { tenant: 'torn' } });
    expect(await count('acme')).toBe(0);
    await expect(count('torn')).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});
