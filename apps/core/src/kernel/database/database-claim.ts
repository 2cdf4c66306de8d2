import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type Config, ConfigError } from '../../config.js';

/** PostgreSQL's number for it; nothing else locks with this one. */
const CLAIM_KEY = 7_001;
const LOOK_AGAIN_MS = 200;

export interface Claim {
  release(): Promise<void>;
}

interface Options {
  /** How long to wait for a core that is just ending. */
  readonly waitMs?: number;
  /** The connection that held it broke: another core may have it by now, and this one must do nothing more. */
  readonly onLost: (error: Error) => void;
}

/** Kept, so that what holds the lock is not collected as garbage. */
const held = new Set<Claim>();

/**
 * Makes this the only core that works on its database, until it is released or the process ends, however it ends.
 * Throws `ConfigError` where another one does.
 */
export async function claimDatabase(
  config: Pick<Config, 'storageDir' | 'BAILIWICK_DATABASE_URL'>,
  { waitMs = 5000, onLost }: Options,
): Promise<Claim> {
  const { BAILIWICK_DATABASE_URL: url, storageDir } = config;
  const attempt = url ? () => claimPostgres(url, onLost) : () => claimSqlite(storageDir);
  const deadline = performance.now() + waitMs;
  for (;;) {
    const claim = await attempt();
    if (claim) return keep(claim);
    if (performance.now() >= deadline) throw taken(url ? 'BAILIWICK_DATABASE_URL' : 'BAILIWICK_STORAGE_DIR');
    await delay(LOOK_AGAIN_MS);
  }
}

function keep(claim: Claim): Claim {
  const kept: Claim = {
    release: async () => {
      held.delete(kept);
      await claim.release();
    },
  };
  held.add(kept);
  return kept;
}

/** A file beside the database, not the database: reading it, as `audit verify` does, stays possible. */
function claimSqlite(storageDir: string): Claim | undefined {
  const folder = path.join(storageDir, 'databases');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = new Sqlite(path.join(folder, 'core.lock'), { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return {
    release: () => {
      file.close();
      return Promise.resolve();
    },
  };
}

async function claimPostgres(url: string, onLost: Options['onLost']): Promise<Claim | undefined> {
  // Loaded by whoever needs it: it would weigh on every installation with SQLite.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: 'bailiwick core', keepAlive: true });
  let isHeld = false;
  const lose = (error?: Error) => {
    if (!isHeld) return;
    isHeld = false;
    onLost(error ?? new Error('The database ended the connection.'));
  };
  // From the first moment on: an error nobody listens to ends the process. Before it is held, the question fails itself.
  client.on('error', lose).on('end', () => lose());
  await client.connect();
  const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [CLAIM_KEY]);
  const release = async () => {
    isHeld = false;
    await client.end();
  };
  if (!rows[0]?.got) {
    await release();
    return undefined;
  }
  isHeld = true;
  return { release };
}

const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'SQLITE_BUSY';

const taken = (variable: string): ConfigError =>
  new ConfigError(`${variable}: another core works on this database; stop that one, or give this one its own.`);
