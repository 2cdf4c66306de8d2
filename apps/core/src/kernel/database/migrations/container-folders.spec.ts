import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../database.module.js';
import { ContainerFolders1764760000000 } from './1764760000000-container-folders.js';

it('leaves what was saved as it is, with no folder decided, and takes that back', async () => {
  const source = await new DataSource({ type: 'better-sqlite3', database: ':memory:' }).initialize();
  const runner = source.createQueryRunner();
  for (const Migration of MIGRATIONS.slice(0, MIGRATIONS.indexOf(ContainerFolders1764760000000)))
    await new Migration().up(runner);
  await source.query('PRAGMA foreign_keys = OFF');
  const saved = { domainName: 'a.example', launchUrl: null };
  await source.query(
    `INSERT INTO "container_settings" ("containerId", "settings", "savedBy", "savedByName", "savedAt") VALUES ('ct_a', ?, 'usr_a', 'Anna', 1)`,
    [JSON.stringify(saved)],
  );
  const read = async (): Promise<unknown> => {
    const [row]: Array<{ settings: string }> = await source.query('SELECT "settings" FROM "container_settings"');
    return JSON.parse(row?.settings ?? '');
  };
  await new ContainerFolders1764760000000().up(runner);
  expect(await read()).toEqual({ ...saved, explorerRoot: null, consoleDirectory: null });
  await new ContainerFolders1764760000000().down(runner);
  expect(await read()).toEqual(saved);
  await source.destroy();
});
