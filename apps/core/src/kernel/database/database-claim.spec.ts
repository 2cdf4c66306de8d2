import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { databaseFor } from '../../../test/postgres.js';
import { ConfigError } from '../../config.js';
import { type Claim, claimDatabase } from './database-claim.js';

describe('the claim on a database', () => {
  let storageDir: string;
  let database: Awaited<ReturnType<typeof databaseFor>>;
  let claims: Claim[];
  beforeEach(async () => {
    storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    database = await databaseFor(storageDir);
    claims = [];
  });
  afterEach(async () => {
    for (const claim of claims) await claim.release();
    await database.drop();
    rmSync(storageDir, { recursive: true, force: true });
  });

  const claim = async (options: { waitMs?: number; onLost?: (error: Error) => void } = {}) => {
    const made = await claimDatabase(
      { storageDir, BAILIWICK_DATABASE_URL: database.env['BAILIWICK_DATABASE_URL'] },
      { waitMs: 0, onLost: () => undefined, ...options },
    );
    claims.push(made);
    return made;
  };

  it('is had by one at a time, and the other is told what to do', async () => {
    await claim();
    await expect(claim()).rejects.toThrow(ConfigError);
    await expect(claim()).rejects.toThrow(/another core works on this database; stop that one/);
  });

  it('can be had again once it is released, also by who waits for it', async () => {
    const first = await claim();
    const second = claim({ waitMs: 5000 });
    await first.release();
    await second;
    await expect(claim()).rejects.toThrow(ConfigError);
  });

  // Only where there is a connection to lose: a lock on a file ends with its process. `npm test` runs this on PostgreSQL too.
  const onPostgres = process.env['BAILIWICK_TEST_DATABASE_URL'] ? it : it.skip;
  onPostgres('tells whoever held it when the connection it hangs on breaks', async () => {
    const url = database.env['BAILIWICK_DATABASE_URL'];
    let tell: (reason: Error) => void = () => undefined;
    const lost = new Promise<Error>((resolve) => (tell = resolve));
    await claim({ onLost: (reason) => tell(reason) });
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    try {
      const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bailiwick core' AND datname = current_database()`;
      expect((await other.query(end)).rowCount).toBe(1);
      expect(await lost).toBeInstanceOf(Error);
    } finally {
      await other.end();
    }
  });
});
