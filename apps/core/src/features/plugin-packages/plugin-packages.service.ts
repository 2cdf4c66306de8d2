import path from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { PluginConsent, PluginId, PluginManifest, PluginSource } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/grpc/struct.rules.js';
import { newId } from '../../kernel/ids.js';
import { Mutex } from '../../kernel/mutex.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { CONFIG } from '../../kernel/tokens.js';
import { sourceOf } from './manifest.rules.js';
import { findPlugins, type FoundPlugin } from './plugin-folders.driver.js';
import type { PluginRow } from './plugin.entity.js';
import { PluginsStore } from './plugins.store.js';

const PURPOSE = 'plugin-settings';
/** Users that belong to nobody on Debian and its kin, one for each plugin. */
const [FIRST_UID, UIDS] = [60_600, 500];

/** A plugin whose folder is there. */
export interface InstalledPlugin {
  readonly id: PluginId;
  readonly name: string;
  readonly folder: string;
  readonly digest: string;
  /** Null where it cannot be read. */
  readonly manifest: PluginManifest | null;
  readonly source: PluginSource | null;
  readonly warnings: readonly string[];
  readonly error: string | null;
  readonly isEnabled: boolean;
  readonly disabledBecause: string | null;
  readonly consent: PluginConsent | null;
  readonly settings: JsonObject;
  readonly uid: number;
  readonly updatedAt: number;
}

/** What a look at the folders found otherwise than before. */
export interface Rescanned {
  readonly added: readonly PluginId[];
  readonly changed: readonly PluginId[];
  readonly gone: readonly PluginId[];
}

type Write = (rows: EntityManager) => Promise<void>;

/** Which plugins there are, and what was decided about each. */
@Injectable()
export class PluginPackages implements OnModuleInit {
  /** Where their folders are. */
  readonly root: string;
  private readonly rows = new Map<string, PluginRow>();
  private found: readonly FoundPlugin[] = [];
  private readonly turn = new Mutex();

  constructor(
    @Inject(CONFIG) { storageDir }: Config,
    private readonly store: PluginsStore,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly key: SecretKey,
  ) {
    this.root = path.join(storageDir, 'plugins', 'installed');
  }

  async onModuleInit(): Promise<void> {
    for (const row of await this.store.all()) this.rows.set(row.name, row);
    await this.rescan();
  }

  /** Looks at every folder anew. */
  rescan(): Promise<Rescanned> {
    return this.turn.run(async () => {
      const before = new Map(this.found.map(({ name, digest }) => [name, digest]));
      const found = findPlugins(this.root);
      for (const { name } of found) if (!this.rows.has(name)) await this.remember(name);
      this.found = found;
      const now = new Map(found.map(({ name, digest }) => [name, digest]));
      return {
        added: this.idsOf([...now.keys()].filter((name) => !before.has(name))),
        changed: this.idsOf([...now].flatMap(([name, digest]) => (before.has(name) && before.get(name) !== digest ? name : []))), // prettier-ignore
        gone: this.idsOf([...before.keys()].filter((name) => !now.has(name))),
      };
    });
  }

  all(): InstalledPlugin[] {
    return this.found.flatMap((found) => {
      const row = this.rows.get(found.name);
      return row ? [this.toInstalled(row, found)] : [];
    });
  }

  find(id: PluginId): InstalledPlugin | undefined {
    return this.all().find((plugin) => plugin.id === id);
  }

  /** `write` joins the same transaction. */
  change(
    id: PluginId,
    change: Partial<Pick<PluginRow, 'isEnabled' | 'disabledBecause' | 'consent'>> & { settings?: JsonObject },
    write: Write,
  ): Promise<void> {
    return this.turn.run(async () => {
      const row = [...this.rows.values()].find((known) => known.id === id);
      if (!row) return;
      const { settings, ...rest } = change;
      const changed: Partial<PluginRow> = {
        ...rest,
        ...(settings === undefined ? {} : { settings: this.key.seal(PURPOSE, id, JSON.stringify(settings)) }),
        updatedAt: this.clock.now(),
      };
      await this.database.transaction(async (rows) => {
        await this.store.change(rows, id, changed);
        await write(rows);
      });
      this.rows.set(row.name, { ...row, ...changed });
    });
  }

  private async remember(name: string): Promise<void> {
    const row: PluginRow = {
      id: newId('plg'),
      name,
      isEnabled: true,
      disabledBecause: null,
      consent: null,
      settings: null,
      uid: this.freeUid(),
      updatedAt: this.clock.now(),
    };
    await this.database.transaction((rows) => this.store.insert(rows, row));
    this.rows.set(name, row);
  }

  private freeUid(): number {
    const taken = new Set([...this.rows.values()].map(({ uid }) => uid));
    for (let uid = FIRST_UID; uid < FIRST_UID + UIDS; uid += 1) if (!taken.has(uid)) return uid;
    throw conflict('wrong_state', `There were ${UIDS} plugins already.`);
  }

  private toInstalled(row: PluginRow, { folder, digest, read }: FoundPlugin): InstalledPlugin {
    const { id, name, isEnabled, disabledBecause, consent, uid, updatedAt } = row;
    const manifest = 'manifest' in read ? read.manifest : null;
    return {
      id,
      name,
      folder,
      digest,
      manifest,
      source: manifest && sourceOf(manifest),
      warnings: 'warnings' in read ? read.warnings : [],
      error: 'error' in read ? read.error : null,
      isEnabled,
      disabledBecause,
      consent,
      settings: row.settings === null ? {} : (JSON.parse(this.key.open(PURPOSE, id, row.settings)) as JsonObject),
      uid,
      updatedAt,
    };
  }

  private idsOf(names: readonly string[]): PluginId[] {
    return names.flatMap((name) => this.rows.get(name)?.id ?? []);
  }
}
