import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../database.module.js';
import { Makers1764600000000 } from './1764600000000-makers.js';

it('keeps what was lent before it was kept by whom, as that of who made the grant', async () => {
  const source = await new DataSource({ type: 'better-sqlite3', database: ':memory:' }).initialize();
  const runner = source.createQueryRunner();
  for (const Migration of MIGRATIONS.slice(0, MIGRATIONS.indexOf(Makers1764600000000)))
    await new Migration().up(runner);
  await source.query(`INSERT INTO "tenants" ("id", "slug", "name", "createdAt") VALUES ('ten_a', 'a', 'A', 1)`);
  const grant = (id: string, lent: object[]) =>
    source.query(
      `INSERT INTO "grants" ("id", "tenantId", "principalKind", "principalId", "targetKind", "targetId", "allow", "deny",
         "lent", "grantedBy", "grantedByName", "byStaff", "grantedAt", "version")
       VALUES (?, 'ten_a', 'user', 'usr_b', 'container', ?, '[]', '[]', ?, 'usr_a', 'Anna', 0, 1, 1)`,
      [id, `ct_${id}`, JSON.stringify(lent)],
    );
  await grant('gr_a', [{ capability: 'containers.stop', untilMs: 5 }]);
  await grant('gr_b', []);
  await new Makers1764600000000().up(runner);
  const rows: Array<{ id: string; lent: string }> = await source.query('SELECT "id", "lent" FROM "grants"');
  const maker = { by: 'usr_a', byName: 'Anna', byStaff: true };
  expect(rows.map(({ id, lent }): unknown[] => [id, JSON.parse(lent)])).toEqual([
    ['gr_a', [{ capability: 'containers.stop', untilMs: 5, ...maker }]],
    ['gr_b', []],
  ]);
  await source.destroy();
});
