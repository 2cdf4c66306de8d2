import type { EnvironmentId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import type { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import type { ContainerSpec, Engine, EngineInspection } from '../../foundation/environments/engine.js';
import type { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import type { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { namesBeside } from '../../foundation/environments/names-beside.rules.js';
import { defineOperation, type OperationContext } from '../../foundation/operations/operation.js';
import { isAppError } from '../../kernel/errors.js';
import type { ChangeRecords } from './change-records.service.js';
import type { ConfigurationBook } from './configuration-book.service.js';
import type { ContainerMaking, Marks } from './container-making.service.js';
import { RemakePlan } from './remake-plan.js';

export interface RemakeTools {
  readonly environments: EnvironmentsService;
  readonly mirrors: MirrorsService;
  readonly rows: ContainerRowsService;
  readonly book: ConfigurationBook;
  readonly records: ChangeRecords;
  readonly making: ContainerMaking;
}

const STOP_SECONDS = 10;
const Created = z.object({ engineId: z.string() });

/**
 * A container made anew: the new one under a name of its own, started, found healthy, given the name; only then the
 * old one goes. Whatever fails before that, the old one is back as it was.
 */
export const remakeOperation = (tools: RemakeTools) =>
  defineOperation({
    name: 'containers.recreate',
    capability: 'containers.recreate',
    input: RemakePlan,
    steps: ['pull', 'create', 'stop', 'start', 'healthy', 'swap', 'remove'],
    run: async (plan, context) => {
      const remaking = new Remaking(tools, plan, context);
      const { step, make } = context;
      await step('pull', () => remaking.pull());
      const { engineId } = await make('create', Created, () => remaking.create(), {
        compensate: () => remaking.removeNew(),
      });
      if (plan.wasRunning) {
        if (plan.exclusive) await step('stop', () => remaking.stopOld(), { compensate: () => remaking.startOld() });
        await step('start', () => remaking.start(engineId), { compensate: () => remaking.stopNew(engineId) });
        await step('healthy', () => remaking.untilUp(engineId));
      }
      await step('swap', () => remaking.swap(engineId), { compensate: () => remaking.swapBack(engineId) });
      await step('remove', () => remaking.removeOld(engineId));
      return {
        containerId: plan.containerId,
        number: (await tools.book.getFor(context.id)).number,
        imageId: tools.mirrors.container(plan.containerId)?.imageId,
      };
    },
    settle: async (rows, plan, outcome, { id }) => {
      tools.rows.letGo(plan.containerId);
      // Called off after the old one had gone, there was nothing to go back to: what stands is the new one.
      const stands = outcome === 'done' || (await standsAnew(tools, rows, plan));
      await (stands ? tools.records.cameThrough(rows, plan, id) : tools.records.wasTakenBack(rows, plan, id));
    },
  });

const standsAnew = async ({ rows }: RemakeTools, inside: EntityManager, plan: RemakePlan): Promise<boolean> =>
  (await rows.engineIdOf(inside, plan.containerId)) !== plan.oldEngineId;

type Context = Pick<OperationContext<string>, 'id' | 'tenantId' | 'environmentId' | 'signal' | 'progress' | 'idle'>;

class Remaking {
  private readonly engine: Engine;
  private readonly environmentId: EnvironmentId;
  private readonly beside: ReturnType<typeof namesBeside>;

  constructor(
    private readonly tools: RemakeTools,
    private readonly plan: RemakePlan,
    private readonly context: Context,
  ) {
    if (context.environmentId === null) throw new Error('A container has an environment.');
    this.environmentId = context.environmentId;
    this.engine = tools.environments.engineOf(this.environmentId);
    this.beside = namesBeside(plan.name, context.id);
    tools.rows.holdWhileRemade(plan.containerId);
  }

  async pull(): Promise<void> {
    await this.tools.making.pull(this.environmentId, await this.spec(), this.context);
  }

  /** Not handed the signal: whether a create that was cut off came through cannot be known for a while. */
  async create(): Promise<{ engineId: string }> {
    const found = await this.findNew();
    const engineId =
      found?.engineId ?? (await this.tools.making.create(this.environmentId, await this.spec(), this.context));
    this.tools.rows.holdWhileRemade(this.plan.containerId, engineId);
    for (const network of this.plan.networks) await this.engine.joinNetwork(engineId, network);
    return { engineId };
  }

  async removeNew(): Promise<void> {
    if (!(await this.findOld())) return; // it is all there is
    const found = await this.findNew();
    if (found) await this.engine.remove(found.engineId, { force: true });
  }

  async stopOld(): Promise<void> {
    const old = await this.findOld();
    if (old && isUp(old)) await this.engine.stop(old.engineId, STOP_SECONDS);
  }

  async startOld(): Promise<void> {
    const old = await this.findOld();
    if (old && !isUp(old)) await this.engine.start(old.engineId);
  }

  async start(engineId: string): Promise<void> {
    await this.tools.making.start(this.environmentId, engineId, this.context.signal);
  }

  /** Its ports and its volumes are the old one's again. */
  async stopNew(engineId: string): Promise<void> {
    if (!(await this.findOld())) return;
    const found = await this.find(engineId);
    if (found && isUp(found)) await this.engine.kill(engineId, 'SIGKILL').catch(endedMeanwhile);
  }

  untilUp(engineId: string): Promise<void> {
    return this.tools.making.untilUp(this.environmentId, { engineId, name: this.plan.name }, this.context);
  }

  /** Each rename is looked at first: a run before this one may have come further. */
  async swap(engineId: string): Promise<void> {
    const { name, containerId } = this.plan;
    const old = await this.findOld();
    if (old?.name === name) await this.engine.rename(old.engineId, this.beside.old);
    const found = await this.engine.inspect(engineId, this.context.signal);
    if (found.name !== name) await this.engine.rename(engineId, name);
    if (old) this.tools.rows.holdWhileRemade(containerId, old.engineId);
    await this.tools.rows.attach(containerId, engineId);
    await this.tools.mirrors.refresh(this.environmentId, engineId);
  }

  async swapBack(engineId: string): Promise<void> {
    const { name, containerId } = this.plan;
    const old = await this.findOld();
    if (!old) return;
    const found = await this.find(engineId);
    if (found?.name === name) await this.engine.rename(engineId, this.beside.fresh);
    if (old.name !== name) await this.engine.rename(old.engineId, name);
    await this.tools.rows.attach(containerId, old.engineId);
    await this.tools.mirrors.refresh(this.environmentId, old.engineId);
  }

  async removeOld(engineId: string): Promise<void> {
    const { oldEngineId } = this.plan;
    const old = await this.findOld();
    if (old && isUp(old)) await this.engine.stop(oldEngineId, STOP_SECONDS).catch(endedMeanwhile);
    await this.engine.remove(oldEngineId, { force: true });
    await this.tools.mirrors.refresh(this.environmentId, oldEngineId);
    await this.tools.mirrors.refresh(this.environmentId, engineId);
  }

  private findOld(): Promise<EngineInspection | undefined> {
    return this.find(this.plan.oldEngineId);
  }

  private find(engineId: string): Promise<EngineInspection | undefined> {
    return this.tools.making.find(this.environmentId, engineId);
  }

  /** What a run before this one made, under either name. */
  private findNew(): Promise<EngineInspection | undefined> {
    return this.tools.making.findOurs(this.environmentId, [this.beside.fresh, this.plan.name], this.marks);
  }

  private async spec(): Promise<ContainerSpec> {
    const spec = await this.tools.making.spec(this.beside.fresh, this.marks);
    return { ...spec, unnamed: this.plan.anonymous };
  }

  private get marks(): Marks {
    const { containerId, signed } = this.plan;
    return { containerId, operationId: this.context.id, tenantId: this.context.tenantId, signed };
  }
}

const isUp = ({ state }: Pick<EngineInspection, 'state'>): boolean =>
  state === 'running' || state === 'paused' || state === 'restarting';

/** It ended by itself between the look and the word, which is what was wanted. */
function endedMeanwhile(error: unknown): void {
  if (!isAppError(error, 'wrong_state') && !isAppError(error, 'not_found')) throw error;
}
