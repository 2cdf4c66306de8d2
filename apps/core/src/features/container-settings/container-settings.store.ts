import { Injectable } from '@nestjs/common';
import type { ContainerId, SavedSettings } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { ContainerSettingsRow } from './container-settings.entity.js';

const SAVING_LOCK = 7_308;

@Injectable()
export class ContainerSettingsStore {
  constructor(private readonly database: Database) {}

  find(containerId: ContainerId): Promise<ContainerSettingsRow | null> {
    return this.database.repository(ContainerSettingsRow).findOneBy({ containerId });
  }

  all(): Promise<ContainerSettingsRow[]> {
    return this.database.repository(ContainerSettingsRow).find();
  }

  /** One change after the other: each is made from what the one before left. */
  change(
    containerId: ContainerId,
    work: (rows: EntityManager, before: ContainerSettingsRow | null) => Promise<ContainerSettingsRow>,
  ): Promise<ContainerSettingsRow> {
    return this.database.transaction(async (rows) => {
      await this.database.lock(rows, SAVING_LOCK);
      return rows.save(
        ContainerSettingsRow,
        await work(rows, await rows.findOneBy(ContainerSettingsRow, { containerId })),
      );
    });
  }

  async forget(
    rows: EntityManager,
    containerId: ContainerId,
    fields: ReadonlyArray<keyof SavedSettings>,
  ): Promise<void> {
    const row = await rows.findOneBy(ContainerSettingsRow, { containerId });
    if (!row) return;
    const settings = { ...row.settings, ...Object.fromEntries(fields.map((field) => [field, null])) };
    await rows.save(ContainerSettingsRow, { ...row, settings });
  }
}
