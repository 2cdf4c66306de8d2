import { PluginId, PluginSyncReport } from '@bailiwick/contract';
import * as z from 'zod';
import { defineOperation } from '../../foundation/operations/operation.js';

export const SyncPlan = z.object({
  pluginId: PluginId,
  name: z.string(),
  dryRun: z.boolean(),
  limit: z.int(),
  cursor: z.string(),
  options: z.record(z.string(), z.unknown()),
});
export type SyncPlan = z.infer<typeof SyncPlan>;

export type TellSync = (read: number, total: number | null) => void;
type Sync = (plan: SyncPlan, tell: TellSync, signal: AbortSignal) => Promise<PluginSyncReport>;

/** Who should be there by a plugin; run again it finds what it did, and goes on. */
export const syncUsers = (sync: Sync) =>
  defineOperation({
    name: 'plugins.syncUsers',
    capability: 'plugins.manage',
    input: SyncPlan,
    steps: ['sync'],
    details: ({ name, dryRun, limit }) => ({ plugin: name, dryRun, limit }),
    run: (plan, { make, progress, signal }): Promise<PluginSyncReport> =>
      make('sync', PluginSyncReport, () =>
        sync(
          plan,
          (read, total) => progress(total ? Math.min(100, (read / total) * 100) : null, { code: 'people', params: { read } }),
          signal,
        ),
      ),
  }); // prettier-ignore
