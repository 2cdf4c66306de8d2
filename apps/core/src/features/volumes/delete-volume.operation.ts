import { VolumeId } from '@bailiwick/contract';
import * as z from 'zod';
import type { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { defineOperation } from '../../foundation/operations/operation.js';
import type { VolumeDataService } from './volume-data.service.js';

export const DeleteVolumePlan = z.object({ volumeId: VolumeId });
export type DeleteVolumePlan = z.infer<typeof DeleteVolumePlan>;

/** Takes kept data away for ever. */
export const deleteVolume = (rows: VolumeRowsService, data: VolumeDataService) =>
  defineOperation({
    name: 'volumes.delete',
    capability: 'volumes.delete',
    input: DeleteVolumePlan,
    steps: ['data'],
    cancellable: false,
    run: async ({ volumeId }, { step, signal }) => {
      await step('data', async () => {
        const row = await rows.find(volumeId);
        if (row) await data.remove(row, signal); // else a try before this one did it
      });
    },
    settle: async (inside, _input, outcome, { id }) => {
      if (outcome !== 'done') await rows.spare(inside, id);
    },
  });
