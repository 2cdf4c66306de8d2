import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../database.module.js';
import { ProjectProtocols1764740000000 } from './1764740000000-project-protocols.js';

it('forgets what was saved as a protocol before it said how a project is started, and nothing else', async () => {
  const source = await new DataSource({ type: 'better-sqlite3', database: ':memory:' }).initialize();
  const runner = source.createQueryRunner();
  for (const Migration of MIGRATIONS.slice(0, MIGRATIONS.indexOf(ProjectProtocols1764740000000)))
    await new Migration().up(runner);
  await source.query('PRAGMA foreign_keys = OFF');
  const save = (id: string, projectProtocol: string | null) =>
    source.query(
      `INSERT INTO "container_settings" ("containerId", "settings", "savedBy", "savedByName", "savedAt") VALUES (?, ?, 'usr_a', 'Anna', 1)`,
      [id, JSON.stringify({ domainName: 'a.example', projectProtocol })],
    );
  await save('ct_a', 'https');
  await save('ct_b', null);
  await new ProjectProtocols1764740000000().up(runner);
  const rows: Array<{ settings: string }> = await source.query('SELECT "settings" FROM "container_settings"');
  const kept = { domainName: 'a.example', projectProtocol: null };
  expect(rows.map(({ settings }): unknown => JSON.parse(settings))).toEqual([kept, kept]);
  await source.destroy();
});
