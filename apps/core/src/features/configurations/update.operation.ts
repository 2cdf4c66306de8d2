import type { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import type { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { defineOperation } from '../../foundation/operations/operation.js';
import type { ChangeRecords } from './change-records.service.js';
import type { ConfigurationBook } from './configuration-book.service.js';
import { fieldsBetween, toLiveChange } from './configurations.rules.js';
import { UpdatePlan } from './remake-plan.js';

export interface UpdateTools {
  readonly environments: EnvironmentsService;
  readonly mirrors: MirrorsService;
  readonly book: ConfigurationBook;
  readonly records: ChangeRecords;
}

/** Limits and the restart policy, changed while the container runs on. */
export const updateOperation = ({ environments, mirrors, book, records }: UpdateTools) =>
  defineOperation({
    name: 'containers.update',
    capability: 'containers.settingsSee',
    input: UpdatePlan,
    steps: ['update'],
    run: async ({ containerId, engineId, from }, { id, environmentId, step, signal }) => {
      if (environmentId === null) throw new Error('A container has an environment.');
      const engine = environments.engineOf(environmentId);
      const before = await book.findVersion(containerId, from);
      if (!before) throw new Error(`The configuration ${from} of ${containerId} is not in the book.`);
      const after = await book.getFor(id);
      const fields = fieldsBetween(before, after);
      await step('update', () => engine.update(engineId, toLiveChange(after, fields), signal), {
        compensate: () => engine.update(engineId, toLiveChange(before, fields)),
      });
      await mirrors.refresh(environmentId, engineId);
      return { containerId, number: after.number };
    },
    settle: (rows, plan, outcome, { id }) =>
      outcome === 'done' ? records.cameThrough(rows, plan, id) : records.wasTakenBack(rows, plan, id),
  });
