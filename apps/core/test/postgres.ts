import { createHash } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly env: Record<string, string>;
  drop(): Promise<void>;
}

/** SQLite, in the storage folder itself. */
export const NO_SERVER: TestDatabase = { env: {}, drop: () => Promise.resolve() };

/** On PostgreSQL every storage folder of a test has a database of its own, as it has files of its own on SQLite. */
export async function databaseFor(folder: string): Promise<TestDatabase> {
  const server = process.env['BAILIWICK_TEST_DATABASE_URL'];
  if (!server) return NO_SERVER;
  const name = `bw_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  const run = async (sql: string): Promise<number | null> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      return (await client.query(sql)).rowCount;
    } finally {
      await client.end();
    }
  };
  if (!(await run(`SELECT 1 FROM pg_database WHERE datname = '${name}'`))) await run(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    env: { BAILIWICK_DATABASE_URL: url.href },
    drop: async () => {
      await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
