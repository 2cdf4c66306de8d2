import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../src/kernel/database/database.module.js';

export interface TestDatabase {
  readonly env: Record<string, string>;
  drop(): Promise<void>;
}

/** SQLite, in the storage folder itself. */
export const NO_SERVER: TestDatabase = { env: {}, drop: () => Promise.resolve() };

const SERVER = process.env['BAILIWICK_TEST_DATABASE_URL'];
/** Of two workers one makes the template, and the other waits for it. */
const TEMPLATE_LOCK = 7_901;
/** One connection for what is asked of the server itself; it ends when nobody has asked for a moment. */
const server = new pg.Pool({ connectionString: SERVER, max: 1, idleTimeoutMillis: 1000, allowExitOnIdle: true });
let template: Promise<string> | undefined;

/** On PostgreSQL every storage folder of a test has a database of its own, as it has files of its own on SQLite. */
export async function databaseFor(folder: string): Promise<TestDatabase> {
  if (!SERVER) return NO_SERVER;
  const name = `bw_${hash(folder)}`;
  template ??= server.connect().then(async (client) => makeTemplate(client).finally(() => client.release()));
  const from = await template;
  if (!(await exists(server, name))) await server.query(`CREATE DATABASE ${name} TEMPLATE ${from} STRATEGY FILE_COPY`);
  return {
    env: { BAILIWICK_DATABASE_URL: urlOf(name) },
    drop: async () => {
      await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** As an installation finds it that was started once by a core with these migrations, and never used. */
async function makeTemplate(client: pg.PoolClient): Promise<string> {
  const name = `bw_template_${hash(migrationsText())}`;
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    if (await exists(client, name)) return name;
    const unfinished = `${name}_unfinished`;
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${unfinished}`);
    const source = await new DataSource({
      type: 'postgres',
      url: urlOf(unfinished),
      migrations: [...MIGRATIONS],
    }).initialize();
    await source.runMigrations().finally(() => source.destroy());
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
    return name;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

const exists = async (on: pg.Pool | pg.PoolClient, name: string): Promise<boolean> =>
  (await on.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount !== 0;

function migrationsText(): string {
  const folder = path.join(import.meta.dirname, '../src/kernel/database/migrations');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

function urlOf(name: string): string {
  const url = new URL(SERVER ?? '');
  url.pathname = `/${name}`;
  return url.href;
}
