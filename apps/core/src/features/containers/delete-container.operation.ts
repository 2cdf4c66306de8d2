import { ContainerId, VolumeId } from '@bailiwick/contract';
import * as z from 'zod';
import type { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { defineOperation } from '../../foundation/operations/operation.js';
import type { VolumeDataService } from '../volumes/volume-data.service.js';
import type { ContainerRemovalService } from './container-removal.service.js';

export const DeletePlan = z.object({
  containerId: ContainerId,
  engineId: z.string(),
  force: z.boolean(),
  /** Whose data goes too; all others are kept. */
  volumeIds: z.array(VolumeId).default([]),
  /** Those nobody named: they are nobody else's and go. */
  unnamed: z.array(z.string()).default([]),
});
export type DeletePlan = z.infer<typeof DeletePlan>;

interface Tools {
  readonly removal: ContainerRemovalService;
  readonly data: VolumeDataService;
  readonly volumes: VolumeRowsService;
}

/** Takes a container and what is only its own; its data where that was asked for, else volumes, image and network stay. */
export const deleteContainer = ({ removal, data, volumes }: Tools) =>
  defineOperation({
    name: 'containers.delete',
    capability: 'containers.delete',
    input: DeletePlan,
    steps: ['remove', 'data'],
    cancellable: false,
    run: async ({ engineId, force, volumeIds, unnamed }, { id, environmentId, step, signal }) => {
      if (environmentId === null) throw new Error('A container has an environment.');
      await step('remove', () => removal.remove({ environmentId, engineId }, { force, unnamed }));
      if (volumeIds.length === 0) return;
      await step('data', async () => {
        for (const volumeId of volumeIds) {
          const row = await volumes.find(volumeId);
          // Gone: a try before this one did it.
          if (row?.removalId === id) await data.remove(row, signal);
        }
      });
    },
    settle: async (rows, { containerId }, outcome, { id }) => {
      await volumes.spare(rows, id);
      // Also where only its data could not be had: the container itself is gone.
      if (outcome === 'done' || (await removal.isGone(rows, containerId))) await removal.forget(rows, containerId);
    },
  });
