import { PluginActionReport, PluginId } from '@bailiwick/contract';
import * as z from 'zod';
import { defineOperation } from '../../foundation/operations/operation.js';

export const ActPlan = z.object({
  pluginId: PluginId,
  name: z.string(),
  action: z.string(),
  title: z.string(),
  input: z.record(z.string(), z.unknown()),
});
export type ActPlan = z.infer<typeof ActPlan>;

export interface Acting {
  readonly operationId: string;
  readonly askedBy: string;
  readonly signal: AbortSignal;
  readonly tell: (done: number | null, message: string) => void;
}
type Act = (plan: ActPlan, acting: Acting) => Promise<PluginActionReport>;

/** A plugin does one of its actions. Run again it is the same run for the plugin: it is told the same operation. */
export const act = (work: Act) =>
  defineOperation({
    name: 'plugins.act',
    capability: 'plugins.manage',
    input: ActPlan,
    steps: ['act'],
    details: ({ name, action }) => ({ plugin: name, action }),
    run: (plan, { id: operationId, actorName: askedBy, make, progress, signal }): Promise<PluginActionReport> =>
      make('act', PluginActionReport, () =>
        work(plan, {
          operationId,
          askedBy,
          signal,
          tell: (done, message) => progress(done === null ? null : done * 100, { code: 'plugin_says', params: { message } }), // prettier-ignore
        }),
      ),
  });
