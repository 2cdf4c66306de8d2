import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { ContainerRow } from '../../foundation/environments/container.entity.js';
import { Database } from '../../kernel/database/database.js';
import { ArchivedPresetRow } from './archived-preset.entity.js';
import { PresetVersionRow } from './preset-version.entity.js';

/** What presets were once, and which are not offered any more. */
@Injectable()
export class PresetsStore {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  versions(name: string): Promise<PresetVersionRow[]> {
    return this.database.repository(PresetVersionRow).find({ where: { name }, order: { number: 'DESC' } });
  }

  /** What was last saved in the panel, by name. */
  async lastDigests(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database
      .repository(PresetVersionRow)
      .createQueryBuilder('v')
      .select(['v.name', 'v.number', 'v.digest', 'v.savedBy'])
      .orderBy('v.number', 'ASC')
      .getMany();
    return new Map(rows.filter(({ savedBy }) => savedBy !== null).map(({ name, digest }) => [name, digest]));
  }

  async addVersion(rows: EntityManager, version: Omit<PresetVersionRow, 'number'>): Promise<void> {
    const [last] = await rows.find(PresetVersionRow, {
      where: { name: version.name },
      order: { number: 'DESC' },
      take: 1,
    });
    await rows.insert(PresetVersionRow, { ...version, number: (last?.number ?? 0) + 1 });
  }

  hasDigest(rows: EntityManager, name: string, digest: string): Promise<boolean> {
    return rows.existsBy(PresetVersionRow, { name, digest });
  }

  async archived(): Promise<ReadonlyMap<string, ArchivedPresetRow>> {
    const rows = await this.database.repository(ArchivedPresetRow).find();
    return new Map(rows.map((row) => [row.name, row]));
  }

  async archive(rows: EntityManager, row: ArchivedPresetRow): Promise<void> {
    await rows.upsert(ArchivedPresetRow, row, ['name']);
  }

  async restore(rows: EntityManager, name: string): Promise<void> {
    await rows.delete(ArchivedPresetRow, { name });
  }

  /** Live containers that were made from it, of every tenant. */
  countMade(rows: EntityManager, preset: string): Promise<number> {
    return rows.countBy(ContainerRow, { preset, managed: true, removedAt: IsNull() });
  }
}
