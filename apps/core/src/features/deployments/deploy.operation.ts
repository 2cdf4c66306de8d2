import type { DeployResult, EnvironmentId, UserId } from '@bailiwick/contract';
import * as z from 'zod';
import type { ContainerLabels } from '../../foundation/environments/container-labels.js';
import type { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import type { Engine, EngineContainer } from '../../foundation/environments/engine.js';
import type { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import type { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { VolumeRow } from '../../foundation/environments/volume.entity.js';
import type { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { defineOperation, type OperationContext } from '../../foundation/operations/operation.js';
import type { OperationSecretsService } from '../../foundation/operations/operation-secrets.service.js';
import type { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { type AppError, conflict, isAppError } from '../../kernel/errors.js';
import type { ConfigurationBook } from '../configurations/configuration-book.service.js';
import type { ContainerMaking, Marks } from '../configurations/container-making.service.js';
import { addressOf } from '../container-settings/container-settings.rules.js';
import type { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import type { StartWatchService } from '../containers/start-watch.service.js';
import type { DraftsService } from '../drafts/drafts.service.js';
import { DeploymentPlan } from './deployment-plan.js';
import { confidencesIn, placesOf, userOf } from './deployments.rules.js';
import type { FirstAccessService } from './first-access.service.js';
import type { RoleMatrixService } from './role-matrix.service.js';
import type { TakenPort } from '../ports/port-allocator.service.js';
import type { VolumeDataService } from '../volumes/volume-data.service.js';
import { volumeRefused } from '../volumes/volumes.rules.js';

export interface DeployTools {
  readonly environments: EnvironmentsService;
  readonly mirrors: MirrorsService;
  readonly rows: ContainerRowsService;
  readonly labels: ContainerLabels;
  readonly secrets: OperationSecretsService;
  readonly ports: PortReservationsService;
  readonly book: ConfigurationBook;
  readonly making: ContainerMaking;
  readonly watch: StartWatchService;
  readonly roleMatrix: RoleMatrixService;
  readonly firstAccess: FirstAccessService;
  readonly settings: ContainerSettingsService;
  readonly drafts: DraftsService;
  readonly volumes: VolumeRowsService;
  readonly data: VolumeDataService;
  /** The engine's word that a port is in use, with the name of who has it. */
  readonly explainPort: (starter: UserId, taken: TakenPort, error: AppError) => Promise<AppError>;
}

const Created = z.object({ engineId: z.string() });

/** From an answered preset or an image to a healthy container, or back to nothing. */
export const deployOperation = (tools: DeployTools) =>
  defineOperation({
    name: 'containers.deploy',
    capability: 'containers.create',
    input: DeploymentPlan,
    steps: ['validate', 'pull', 'network', 'volumes', 'create', 'start', 'healthy'],
    run: async (plan, context): Promise<DeployResult> => {
      const deployment = new Deployment(tools, plan, context);
      const { step, make } = context;
      await step('validate', () => deployment.validate());
      await step('pull', () => deployment.pull());
      await step('network', () => deployment.makeNetwork());
      await step('volumes', () => deployment.makeVolumes(), { compensate: () => deployment.removeVolumes() });
      const { engineId } = await make('create', Created, () => deployment.create(), {
        compensate: () => deployment.remove(),
      });
      await step('start', () => deployment.start(engineId));
      await step('healthy', async () => {
        await deployment.untilHealthy(engineId);
        await deployment.show(engineId);
      });
      const address = addressOf(plan.request);
      return {
        containerId: plan.containerId,
        name: plan.name,
        ports: plan.ports.map(({ containerPort, hostPort, ip, web }) => ({ containerPort, hostPort, ip, web })),
        generated: plan.generated,
        ...(address === null ? {} : { address }),
        imageId: tools.mirrors.container(plan.containerId)?.imageId,
      };
    },
    settle: async (rows, { containerId, name, generated, request }, outcome, { id, actorId, actorName }) => {
      if (outcome === 'done') {
        await tools.book.apply(rows, id);
        await tools.drafts.finish(rows, actorId, request.draft);
        await tools.volumes.settle(rows, containerId, { containerName: name, ownerId: actorId, ownerName: actorName });
      } else {
        await tools.book.drop(rows, id);
        await tools.volumes.takeBack(rows, containerId, id);
        await tools.ports.release(rows, containerId);
        await tools.rows.markRemoved(containerId, rows);
      }
      if (outcome === 'done' && generated.length === 0) await tools.secrets.forget(rows, id);
      else await tools.secrets.letExpire(rows, id);
      if (outcome === 'done') return undefined;
      const taken = [
        await tools.settings.end(rows, containerId),
        await tools.roleMatrix.takeBack(rows, containerId),
        await tools.firstAccess.takeBack(rows, containerId),
      ];
      return () => taken.forEach((take) => take());
    },
  });

type Context = Pick<
  OperationContext<string>,
  'id' | 'actorId' | 'tenantId' | 'environmentId' | 'signal' | 'progress' | 'idle'
>;

class Deployment {
  private readonly engine: Engine;
  private readonly environmentId: EnvironmentId;

  constructor(
    private readonly tools: DeployTools,
    private readonly plan: DeploymentPlan,
    private readonly context: Context,
  ) {
    if (context.environmentId === null) throw new Error('A deploy has an environment.');
    this.environmentId = context.environmentId;
    this.engine = tools.environments.engineOf(this.environmentId);
  }

  async validate(): Promise<void> {
    await this.findOurs();
  }

  pull(): Promise<void> {
    const { config, request } = this.plan;
    const wanted = { ...config, user: userOf(request, config) };
    return this.tools.making.pull(this.environmentId, wanted, this.context);
  }

  makeNetwork(): Promise<void> {
    return this.tools.making.makeNetwork(this.environmentId, this.context);
  }

  async makeVolumes(): Promise<void> {
    const rows = await this.volumeRows();
    const { extraLabels } = this.tools.making;
    const making = { extraLabels, user: userOf(this.plan.request, this.plan.config) };
    for (const { name } of placesOf(this.plan)) {
      const row = rows.find((candidate) => candidate.name === name);
      if (!row) throw volumeRefused(name, 'foreign');
      await this.tools.data.ensure(row, making, this.context.signal);
    }
  }

  async removeVolumes(): Promise<void> {
    await this.tools.data.takeBack(await this.volumeRows(), this.context.id);
  }

  private volumeRows(): Promise<VolumeRow[]> {
    return this.tools.volumes.ofDeploy(this.plan.containerId, this.context.id);
  }

  /** Not handed the signal: whether a create that was cut off came through cannot be known for a while. */
  async create(): Promise<{ engineId: string }> {
    const found = await this.findOurs();
    const engineId =
      found?.engineId ?? (await this.engine.create(await this.tools.making.spec(this.plan.name, this.marks)));
    await this.tools.rows.attach(this.plan.containerId, engineId);
    return { engineId };
  }

  async remove(): Promise<void> {
    const found = await this.engine.findByName(this.plan.name);
    if (found && this.isOurs(found)) await this.engine.remove(found.engineId, { force: true });
  }

  async start(engineId: string): Promise<void> {
    try {
      await this.tools.making.start(this.environmentId, engineId, this.context.signal);
    } catch (error) {
      if (isAppError(error, 'port_conflict')) throw await this.explain(error);
      throw error;
    }
  }

  private async explain(error: AppError): Promise<AppError> {
    const { ports, containerId } = this.plan;
    const port = ports.find(({ hostPort }) => hostPort === error.params?.['hostPort']) ?? ports[0];
    if (!port) return error;
    return this.tools.explainPort(
      this.context.actorId,
      { environmentId: this.environmentId, containerId, port },
      error,
    );
  }

  async untilHealthy(engineId: string): Promise<void> {
    const { engine, plan } = this;
    const confidences = confidencesIn(await this.sealed());
    const health = plan.request.options.health ?? plan.config.health ?? null;
    await this.tools.watch.untilUp({ engine, engineId, name: plan.name, health, confidences }, this.context);
  }

  /** When the deploy is done, every list has it. */
  async show(engineId: string): Promise<void> {
    await this.tools.mirrors.ready();
    await this.tools.mirrors.refresh(this.environmentId, engineId);
  }

  private async sealed(): Promise<Record<string, string>> {
    const secrets = await this.tools.secrets.open(this.context.id);
    const missing = this.plan.secretNames.find((name) => !(name in secrets));
    if (missing !== undefined) throw new Error(`The secret ${missing} of ${this.context.id} is gone.`);
    return secrets;
  }

  /** What a run before this one made; a stranger under that name is in the way. */
  private async findOurs(): Promise<EngineContainer | undefined> {
    const found = await this.engine.findByName(this.plan.name, this.context.signal);
    if (!found || this.isOurs(found)) return found;
    throw conflict('name_taken', `There is a container ${this.plan.name} already.`, {
      params: { name: this.plan.name },
    });
  }

  private isOurs({ labels }: Pick<EngineContainer, 'labels'>): boolean {
    return labels['bailiwick.op'] === this.context.id && this.tools.labels.proves(labels, this.signed);
  }

  private get marks(): Marks {
    const { containerId, name, preset } = this.plan;
    const { id: operationId, tenantId } = this.context;
    return { containerId, operationId, tenantId, signed: { name, preset: preset?.name ?? null } };
  }

  private get signed() {
    const { containerId, signed } = this.marks;
    return { containerId, ...signed };
  }
}
