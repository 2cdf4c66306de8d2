import { ContainerId, UserId } from '@bailiwick/contract';
import * as z from 'zod';
import type { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import type { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { defineOperation } from '../../foundation/operations/operation.js';
import type { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import type { ConfigurationBook } from '../configurations/configuration-book.service.js';
import type { ContainerMaking } from '../configurations/container-making.service.js';
import type { VolumeDataService } from '../volumes/volume-data.service.js';

export const RestorePlan = z.object({
  containerId: ContainerId,
  name: z.string(),
  signed: z.object({ name: z.string(), preset: z.string().nullable() }),
  /** As it lay in the bin. */
  before: z.object({ name: z.string(), removedAt: z.number() }),
  owner: z.object({ id: UserId.nullable(), name: z.string().nullable() }),
  request: z.object({ name: z.string().optional(), anyPorts: z.boolean() }),
});
export type RestorePlan = z.infer<typeof RestorePlan>;

export interface RestoreTools {
  readonly book: ConfigurationBook;
  readonly data: VolumeDataService;
  readonly making: ContainerMaking;
  readonly mirrors: MirrorsService;
  readonly ports: PortReservationsService;
  readonly rows: ContainerRowsService;
  readonly volumes: VolumeRowsService;
}

const Created = z.object({ engineId: z.string() });

/** From the bin to a container that runs again, under the id it had. */
export const restoreContainer = ({ book, data, making, mirrors, ports, rows, volumes }: RestoreTools) =>
  defineOperation({
    name: 'containers.restore',
    capability: 'containers.delete',
    input: RestorePlan,
    steps: ['pull', 'volumes', 'create', 'start', 'healthy'],
    run: async ({ containerId, name, signed }, context) => {
      const { id: operationId, tenantId, environmentId, signal, step, make } = context;
      if (environmentId === null) throw new Error('A container has an environment.');
      const marks = { containerId, operationId, tenantId, signed };
      const spec = await making.spec(name, marks);
      const findOurs = () => making.findOurs(environmentId, [name], marks);
      await step('pull', () => making.pull(environmentId, spec, context));
      await step(
        'volumes',
        async () => {
          const { extraLabels } = making;
          for (const row of await volumes.of(containerId))
            await data.ensure(row, { extraLabels, user: spec.user }, signal);
        },
        {
          compensate: async () => data.takeBack(await volumes.ofDeploy(containerId, operationId), operationId),
        },
      );
      const { engineId } = await make(
        'create',
        Created,
        async () => {
          const found = await findOurs();
          const made = found?.engineId ?? (await making.create(environmentId, spec, context));
          await rows.attach(containerId, made);
          return { engineId: made };
        },
        {
          compensate: async () => {
            const found = await findOurs();
            if (found) await making.discard(environmentId, found.engineId);
          },
        },
      );
      await step('start', () => making.start(environmentId, engineId, signal));
      await step('healthy', async () => {
        await making.untilUp(environmentId, { engineId, name }, context);
        await mirrors.refresh(environmentId, engineId);
      });
      return { containerId, name };
    },
    settle: async (inside, { containerId, name, before, owner }, outcome, { id }) => {
      if (outcome === 'done') {
        await book.apply(inside, id);
        await volumes.settle(inside, containerId, { containerName: name, ownerId: owner.id, ownerName: owner.name });
        return;
      }
      await book.drop(inside, id);
      await volumes.takeBack(inside, containerId, id);
      await ports.release(inside, containerId);
      await rows.layBack(inside, containerId, before);
    },
  });
