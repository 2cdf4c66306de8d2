import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { DataSource, type DataSourceOptions, type EntitySchema } from 'typeorm';
import type { Config } from '../../config.js';
import { AppError } from '../errors.js';
import { Database } from './database.js';
import { prepareSqlite } from './sqlite.js';
import { TenantTables1763700000001 } from './migrations/1763700000001-tenant-tables.js';

const MIGRATIONS = [TenantTables1763700000001];
/** A file is three descriptors and a quarter of a megabyte; a schema is two connections of a server that has a hundred. */
const MOST_OPEN = { file: 64, schema: 48 };
const SLUG = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** What SQLite says of a file that is torn or was never one of its own. */
const BROKEN = new Set(['SQLITE_NOTADB', 'SQLITE_CORRUPT']);

type Entity = (new () => object) | EntitySchema;

interface Opened {
  readonly database: Promise<Database>;
  readonly source: DataSource;
  users: number;
}

/**
 * The databases of the tenants: a file `databases/clients/<slug>.db` each, or a schema each on PostgreSQL. Opened and
 * migrated when somebody asks, the least recently used closed again. One that cannot be read fails by its name, alone.
 */
export class TenantDatabases {
  /** The least recently used first. */
  private readonly opened = new Map<string, Opened>();
  private readonly folder: string;

  constructor(
    private readonly config: Pick<Config, 'storageDir' | 'BAILIWICK_DATABASE_URL'>,
    private readonly entities: readonly Entity[],
    private readonly mostOpen = config.BAILIWICK_DATABASE_URL ? MOST_OPEN.schema : MOST_OPEN.file,
  ) {
    this.folder = path.join(config.storageDir, 'databases', 'clients');
  }

  /** Whether a slug may become the name of a file. */
  static isSlug(slug: string): boolean {
    return SLUG.test(slug);
  }

  /** The file of a tenant; nothing with PostgreSQL. */
  fileOf(slug: string): string | undefined {
    return this.config.BAILIWICK_DATABASE_URL ? undefined : path.join(this.folder, `${checked(slug)}.db`);
  }

  /** The slugs that have a database here, also those nobody made through us: a file that was copied in. */
  async slugs(system: Database): Promise<string[]> {
    if (this.config.BAILIWICK_DATABASE_URL) {
      const rows = await system.read(`SELECT schema_name AS name FROM information_schema.schemata`, []);
      return rows.flatMap((row) => slugOfSchema(row)).sort();
    }
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .flatMap((name) => (name.endsWith('.db') && SLUG.test(name.slice(0, -3)) ? name.slice(0, -3) : []))
      .sort();
  }

  /** Works with a tenant's database; it stays open at least until then. `storage_unavailable` where it cannot be read. */
  async use<Result>(slug: string, work: (database: Database) => Promise<Result>): Promise<Result> {
    const opened = this.open(checked(slug));
    opened.users += 1;
    try {
      return await work(await opened.database);
    } catch (error) {
      if (!isBroken(error)) throw error;
      this.forget(slug, opened);
      throw new AppError('storage_unavailable', 503, `The database of the tenant ${slug} cannot be read.`, {
        hint: 'Restore it from a backup; everybody else can go on.',
        params: { tenant: slug },
        cause: error,
      });
    } finally {
      opened.users -= 1;
      await this.closeIdle();
    }
  }

  async close(): Promise<void> {
    const all = [...this.opened.values()];
    this.opened.clear();
    for (const opened of all) await closeSource(opened);
  }

  isOpen(slug: string): boolean {
    return this.opened.has(slug);
  }

  /** How many are open now. */
  get openCount(): number {
    return this.opened.size;
  }

  private open(slug: string): Opened {
    const known = this.opened.get(slug);
    if (known) {
      this.opened.delete(slug);
      this.opened.set(slug, known);
      return known;
    }
    const source = new DataSource(this.options(slug));
    const opened: Opened = { source, users: 0, database: this.begin(slug, source) };
    this.opened.set(slug, opened);
    opened.database.catch(() => this.forget(slug, opened)); // whoever asked is told; the next one tries again
    return opened;
  }

  private async begin(slug: string, source: DataSource): Promise<Database> {
    if (this.config.BAILIWICK_DATABASE_URL) await makeSchema(this.config.BAILIWICK_DATABASE_URL, slug);
    else mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return new Database(await source.initialize());
  }

  private options(slug: string): DataSourceOptions {
    const common = {
      entities: [...this.entities],
      migrations: MIGRATIONS,
      migrationsRun: true,
      synchronize: false,
    };
    const { BAILIWICK_DATABASE_URL: url } = this.config;
    if (url)
      return {
        type: 'postgres',
        url,
        ...common,
        extra: { max: 2, idleTimeoutMillis: 10_000, options: `-c search_path="${schemaOf(slug)}"` },
      };
    return {
      type: 'better-sqlite3',
      driver: Sqlite,
      database: path.join(this.folder, `${slug}.db`),
      enableWAL: true,
      prepareDatabase: prepareSqlite,
      ...common,
    };
  }

  private async closeIdle(): Promise<void> {
    for (const [slug, opened] of this.opened) {
      if (this.opened.size <= this.mostOpen) return;
      if (opened.users > 0) continue;
      this.opened.delete(slug);
      await closeSource(opened);
    }
  }

  private forget(slug: string, opened: Opened): void {
    if (this.opened.get(slug) === opened) this.opened.delete(slug);
  }
}

async function closeSource({ database, source }: Opened): Promise<void> {
  await database.catch(() => undefined); // one that never opened has nothing to close
  if (source.isInitialized) await source.destroy();
}

function checked(slug: string): string {
  if (!SLUG.test(slug)) throw new Error(`${JSON.stringify(slug)} is no tenant's slug.`);
  return slug;
}

const schemaOf = (slug: string): string => `tenant_${slug}`;

function slugOfSchema(row: unknown): string[] {
  const name: unknown = typeof row === 'object' && row !== null && 'name' in row ? row.name : undefined;
  if (typeof name !== 'string' || !name.startsWith('tenant_')) return [];
  const slug = name.slice('tenant_'.length);
  return SLUG.test(slug) ? [slug] : [];
}

async function makeSchema(url: string, slug: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE SCHEMA IF NOT EXISTS "${schemaOf(slug)}"`);
  } finally {
    await client.end();
  }
}

/** TypeORM wraps what the driver threw. */
function isBroken(error: unknown): boolean {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && BROKEN.has(code)) return true;
  return error instanceof Error && 'driverError' in error && isBroken(error.driverError);
}
