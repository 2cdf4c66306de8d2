import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule, type TypeOrmModuleOptions } from '@nestjs/typeorm';
import Sqlite from 'better-sqlite3';
import type { Config } from '../../config.js';
import { CONFIG } from '../tokens.js';
import { Database } from './database.js';
import { prepareSqlite } from './sqlite.js';
import { FirstTables1763700000000 } from './migrations/1763700000000-first-tables.js';
import { AccessTables1764300000000 } from './migrations/1764300000000-access-tables.js';
import { ContainerSettings1764500000000 } from './migrations/1764500000000-container-settings.js';
import { Configurations1764720000000 } from './migrations/1764720000000-configurations.js';
import { Makers1764600000000 } from './migrations/1764600000000-makers.js';
import { Volumes1764710000000 } from './migrations/1764710000000-volumes.js';
import { ProjectProtocols1764740000000 } from './migrations/1764740000000-project-protocols.js';
import { Drafts1764750000000 } from './migrations/1764750000000-drafts.js';
import { ContainerFolders1764760000000 } from './migrations/1764760000000-container-folders.js';
import { DraftPeople1764770000000 } from './migrations/1764770000000-draft-people.js';
import { Terminals1764800000000 } from './migrations/1764800000000-terminals.js';
import { Recordings1764810000000 } from './migrations/1764810000000-recordings.js';
import { ContainerEnds1764820000000 } from './migrations/1764820000000-container-ends.js';
import { BackgroundCommands1764830000000 } from './migrations/1764830000000-background-commands.js';
import { Alerts1764840000000 } from './migrations/1764840000000-alerts.js';
import { AlertSilences1764850000000 } from './migrations/1764850000000-alert-silences.js';
import { BlackBoxes1764860000000 } from './migrations/1764860000000-black-boxes.js';
import { AlertChannels1764850100000 } from './migrations/1764850100000-alert-channels.js';
import { Dashboards1764880000000 } from './migrations/1764880000000-dashboards.js';
import { Pins1764880100000 } from './migrations/1764880100000-pins.js';
import { ContainerThresholds1764880200000 } from './migrations/1764880200000-container-thresholds.js';
import { TenantChannels1764880300000 } from './migrations/1764880300000-tenant-channels.js';
import { Plugins1764890000000 } from './migrations/1764890000000-plugins.js';
import { PluginValues1764890100000 } from './migrations/1764890100000-plugin-values.js';
import { PresetTables1764730000000 } from './migrations/1764730000000-preset-tables.js';

export const MIGRATIONS = [
  FirstTables1763700000000,
  AccessTables1764300000000,
  ContainerSettings1764500000000,
  Makers1764600000000,
  Volumes1764710000000,
  Configurations1764720000000,
  PresetTables1764730000000,
  ProjectProtocols1764740000000,
  Drafts1764750000000,
  ContainerFolders1764760000000,
  DraftPeople1764770000000,
  Terminals1764800000000,
  Recordings1764810000000,
  ContainerEnds1764820000000,
  BackgroundCommands1764830000000,
  Alerts1764840000000,
  AlertSilences1764850000000,
  BlackBoxes1764860000000,
  AlertChannels1764850100000,
  Dashboards1764880000000,
  Pins1764880100000,
  ContainerThresholds1764880200000,
  TenantChannels1764880300000,
  Plugins1764890000000,
  PluginValues1764890100000,
];

/** PostgreSQL where `BAILIWICK_DATABASE_URL` says so, else `storage/databases/system.db`; migrated before the first request. */
@Global()
@Module({
  imports: [TypeOrmModule.forRootAsync({ inject: [CONFIG], useFactory: databaseOptions })],
  providers: [Database],
  exports: [Database],
})
export class DatabaseModule {}

function databaseOptions(config: Config): TypeOrmModuleOptions {
  const common = {
    autoLoadEntities: true,
    migrations: MIGRATIONS,
    migrationsRun: true,
    synchronize: false,
    retryAttempts: 0,
  } as const;
  if (config.BAILIWICK_DATABASE_URL) return { type: 'postgres', url: config.BAILIWICK_DATABASE_URL, ...common };
  const folder = path.join(config.storageDir, 'databases');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    type: 'better-sqlite3',
    driver: Sqlite,
    database: path.join(folder, 'system.db'),
    enableWAL: true,
    prepareDatabase: prepareSqlite,
    ...common,
  };
}
