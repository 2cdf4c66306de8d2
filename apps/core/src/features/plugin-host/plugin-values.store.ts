import { Injectable } from '@nestjs/common';
import type { PluginId } from '@bailiwick/contract';
import { Database } from '../../kernel/database/database.js';
import { PluginValueRow } from './plugin-value.entity.js';

@Injectable()
export class PluginValuesStore {
  constructor(private readonly database: Database) {}

  get(pluginId: PluginId, key: string): Promise<PluginValueRow | null> {
    return this.database.repository(PluginValueRow).findOneBy({ pluginId, key });
  }

  /** False where there are `most` others already. */
  put(row: PluginValueRow, most: number): Promise<boolean> {
    return this.database.transaction(async (rows) => {
      const { pluginId, key } = row;
      const isKnown = await rows.existsBy(PluginValueRow, { pluginId, key });
      if (!isKnown && (await rows.countBy(PluginValueRow, { pluginId })) >= most) return false;
      await rows.save(PluginValueRow, row);
      return true;
    });
  }

  async remove(pluginId: PluginId, key: string): Promise<void> {
    await this.database.transaction((rows) => rows.delete(PluginValueRow, { pluginId, key }));
  }

  async keys(pluginId: PluginId): Promise<string[]> {
    const rows = await this.database.repository(PluginValueRow).find({ where: { pluginId }, select: { key: true }, order: { key: 'ASC' } }); // prettier-ignore
    return rows.map(({ key }) => key);
  }
}
