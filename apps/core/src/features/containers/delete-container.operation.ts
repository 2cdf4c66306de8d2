import { ContainerId } from '@bailiwick/contract';
import * as z from 'zod';
import { defineOperation } from '../../foundation/operations/operation.js';
import type { ContainerRemovalService } from './container-removal.service.js';

export const DeletePlan = z.object({ containerId: ContainerId, engineId: z.string(), force: z.boolean() });

/** Takes a container and what is only its own; volumes with a name, image and network stay. */
export const deleteContainer = (removal: ContainerRemovalService) =>
  defineOperation({
    name: 'containers.delete',
    capability: 'containers.delete',
    input: DeletePlan,
    steps: ['remove'],
    cancellable: false,
    run: async ({ engineId, force }, { environmentId, step }) => {
      if (environmentId === null) throw new Error('A container has an environment.');
      await step('remove', () => removal.remove({ environmentId, engineId }, { force }));
    },
    settle: async (rows, { containerId }, outcome) => {
      if (outcome === 'done') await removal.forget(rows, containerId);
    },
  });
