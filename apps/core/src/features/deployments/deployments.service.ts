import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DeployInput, FieldIssue, GeneratedSecrets, Operation, OperationId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, assertInPerson } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { ContainerLabels } from '../../foundation/environments/container-labels.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import type { EnvironmentRow } from '../../foundation/environments/environment.entity.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { networkName } from '../../foundation/environments/network-plan.rules.js';
import type { VolumeRow } from '../../foundation/environments/volume.entity.js';
import { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { WORKSPACE, workspaceName } from '../../foundation/environments/workspace-name.rules.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import type { Committed, OperationDefinition } from '../../foundation/operations/operation.js';
import { OperationSecretsService } from '../../foundation/operations/operation-secrets.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import type { StoredOperation } from '../../foundation/operations/operations.store.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { StartersService } from '../../foundation/operations/starters.service.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { Database } from '../../kernel/database/database.js';
import { StartWatchService } from '../containers/start-watch.service.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { ContainerMaking } from '../configurations/container-making.service.js';
import { ConfigurationBook } from '../configurations/configuration-book.service.js';
import { toMade } from '../configurations/configurations.rules.js';
import { DraftsService } from '../drafts/drafts.service.js';
import { PluginHooks } from '../plugin-hooks/plugin-hooks.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { VolumeDataService } from '../volumes/volume-data.service.js';
import { VolumesService } from '../volumes/volumes.service.js';
import { volumeInUse } from '../volumes/volumes.rules.js';
import { deployOperation } from './deploy.operation.js';
import { generateSecret } from './generated-secret.js';
import { DeploymentPlan } from './deployment-plan.js';
import { FirstAccessService } from './first-access.service.js';
import { RoleMatrixService } from './role-matrix.service.js';
import {
  cpusOf,
  diskOf,
  envIn,
  findNameIssue,
  foldersOf,
  portTexts,
  sealedEnv,
  toSpec,
  volumeName,
  withoutEnv,
} from './deployments.rules.js';
import { wishedOf } from './wished.rules.js';
import { type Wish, WishesService } from './wishes.service.js';
import { PortAllocatorService } from '../ports/port-allocator.service.js';

const PORT_TRIES = 20;

/** From an answered preset or an image to a container. */
@Injectable()
export class DeploymentsService implements OnModuleInit {
  private readonly operation: OperationDefinition<DeploymentPlan>;

  constructor(
    private readonly database: Database,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly wishes: WishesService,
    private readonly environments: EnvironmentsService,
    private readonly tenants: TenantsService,
    private readonly operations: OperationsService,
    private readonly secrets: OperationSecretsService,
    private readonly ports: PortReservationsService,
    private readonly allocator: PortAllocatorService,
    private readonly rows: ContainerRowsService,
    private readonly quotas: QuotasService,
    private readonly roleMatrix: RoleMatrixService,
    private readonly firstAccess: FirstAccessService,
    private readonly volumes: VolumesService,
    private readonly stepUp: StepUpService,
    private readonly volumeRows: VolumeRowsService,
    data: VolumeDataService,
    private readonly hooks: PluginHooks,
    private readonly settings: ContainerSettingsService,
    private readonly book: ConfigurationBook,
    drafts: DraftsService,
    labels: ContainerLabels,
    mirrors: MirrorsService,
    starters: StartersService,
    making: ContainerMaking,
    watch: StartWatchService,
  ) {
    this.operation = deployOperation({
      environments,
      mirrors,
      rows,
      labels,
      secrets,
      ports,
      book,
      watch,
      roleMatrix,
      firstAccess,
      settings,
      drafts,
      volumes: volumeRows,
      data,
      making,
      explainPort: async (starter, taken, error) => allocator.explain(await starters.actor(starter), taken, error),
    });
  }

  onModuleInit(): void {
    this.operations.register(this.operation, (actor, failed, key) => this.deployAgain(actor, failed, key));
  }

  async deploy(actor: Actor, input: DeployInput, idempotencyKey?: string): Promise<Operation> {
    this.access.require(actor, 'containers.create', null);
    const wish = await this.wishes.read(actor, input);
    if (wish.input.binds) this.stepUp.assertProved(actor);
    assertNoIssues(
      findNameIssue(input.name),
      ...this.wishes.findIssues(wish),
      ...wish.answers.issues,
      this.wishes.findCapacityIssue(wish),
    );
    await this.hooks.assertDeploy(actor, wishedOf(wish));
    // One that is still connecting is not away: the operation asks it again.
    const { id } = wish.environment;
    if (this.environments.state(id).state === 'offline') this.environments.assertOnline(id);
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.accept(actor, wish, idempotencyKey);
      } catch (error) {
        // Another deploy was quicker: the next look sees its ports, and names who has one that was asked for.
        if (!(error instanceof PortLost) || tries >= PORT_TRIES) throw error;
      }
    }
  }

  /** Generated secrets: for whoever deployed, once, within an hour of the end. */
  async takeSecrets(actor: Actor, id: OperationId): Promise<GeneratedSecrets> {
    assertInPerson(actor);
    const { row } = await this.operations.getStored(actor, id);
    if (row.name !== this.operation.name || row.actorId !== actor.userId) throw notFound('secret', id);
    if (row.state !== 'done')
      throw conflict('wrong_state', 'The secrets are shown when the deploy is done.', { params: { state: row.state } });
    const { generated, containerId, name } = DeploymentPlan.parse(row.input);
    // Used up and written down together: a trail that cannot be written keeps the secrets readable.
    const secrets = await this.database.transaction(async (rows) => {
      const taken = await this.secrets.takeOnce(rows, id);
      if (!taken) throw notFound('secret', id);
      await this.audit.record(rows, {
        actor,
        action: 'operations.secrets',
        target: { kind: 'container', id: containerId, label: name, tenantId: row.tenantId },
        outcome: 'done',
        operationId: id,
      });
      return taken;
    });
    return {
      secrets: generated.flatMap((secret) =>
        secret.name in secrets ? { ...secret, value: secrets[secret.name] ?? '' } : [],
      ),
    };
  }

  private async accept(actor: Actor, wish: Wish, idempotencyKey: string | undefined): Promise<Operation> {
    const { plan, secrets, kept } = await this.plan(actor, wish);
    const { environment, source } = wish;
    const toBe = { containerId: plan.containerId, name: plan.name, environmentId: environment.id };
    const planned = await this.firstAccess.plan(actor, toBe, plan.request);
    const committed: Committed[] = [];
    const operation = await this.operations.start(
      actor,
      this.operation,
      {
        input: plan,
        tenantId: actor.tenantId,
        environmentId: environment.id,
        containerId: plan.containerId,
        label: plan.name,
      },
      {
        idempotencyKey,
        reserve: async (rows, id) => {
          await this.reserveContainer(rows, actor, environment, plan);
          await this.reservePorts(rows, environment, plan);
          await this.reserveVolumes(rows, { actor, environment, plan, kept, operationId: id });
          await this.recordBinds(rows, actor, plan, id);
          const folders = foldersOf(plan.request, plan.config);
          committed.push(await this.settings.begin(rows, actor, plan.containerId, { ...plan.request, ...folders }));
          await this.secrets.put(rows, id, secrets);
          await this.recordCopy(rows, actor, wish, id);
          committed.push(
            await this.roleMatrix.write(rows, actor, { plan, roles: source.roles, operationId: id }),
            await this.firstAccess.write(rows, actor, toBe, { planned, operationId: id }),
          );
          const { info } = this.environments.state(environment.id);
          const made = toMade(toSpec(plan, secrets, {}, info?.storageDriver ?? ''));
          await this.book.write(rows, actor, { containerId: plan.containerId, operationId: id, why: 'deployed', made });
        },
      },
    );
    for (const take of committed) take();
    return operation;
  }

  private async recordCopy(rows: EntityManager, actor: Actor, { copied, input }: Wish, operationId: OperationId) {
    if (copied === null) return;
    const { from: target, names } = copied;
    const details = { variables: names, name: input.name };
    await this.audit.record(rows, {
      actor,
      action: 'containers.copyEnv',
      target,
      outcome: 'done',
      operationId,
      details,
    });
  }

  private async plan(actor: Actor, { source, environment, input, answers }: Wish) {
    const { preset, config } = source;
    const { ports, busy } = await this.allocator.allocate({
      ports: config.ports,
      chosen: input.ports,
      environmentId: environment.id,
    });
    if (busy[0]) throw await this.allocator.conflict(actor, environment.id, busy[0], ports);
    const tenant = await this.tenants.get(actor.tenantId);
    const containerId = newId('ct');
    const questions = source.questions.filter((question) => question.type === 'secret');
    const secretNames = questions.map(({ name }) => name);
    const generated = questions.filter(({ name }) => answers.texts[name] === undefined);
    const secrets = {
      ...sealedEnv(input.options),
      ...Object.fromEntries(questions.map(({ name, length }) => [name, answers.texts[name] ?? generateSecret(length)])),
    };
    const kept = await this.keptVolumes(actor, input, environment);
    const plan: DeploymentPlan = {
      containerId,
      name: input.name,
      preset,
      config,
      answers: { ...without(answers.texts, secretNames), ...portTexts(source, ports) },
      secretNames,
      generated: generated.map(({ name, label }) => ({ name, label })),
      ports,
      volumes: config.volumes.map(({ name, target }) => ({
        name: kept.get(name)?.name ?? volumeName(tenant.slug, containerId, name),
        target,
      })),
      workspace:
        input.workspace === undefined
          ? null
          : { name: workspaceName(tenant.slug, containerId), target: input.workspace },
      network: networkName(tenant),
      memoryBytes: input.memoryBytes ?? config.memoryBytes,
      cpus: cpusOf(input, config),
      diskBytes: diskOf(input, config),
      request: { ...input, answers: without(input.answers, secretNames), options: withoutEnv(input.options) },
    };
    return { plan, secrets, kept };
  }

  /** What of the host somebody opened is read in the trail without the plan. */
  private async recordBinds(rows: EntityManager, actor: Actor, plan: DeploymentPlan, operationId: OperationId) {
    const { containerId: id, name: label, request } = plan;
    if (!request.binds) return;
    await this.audit.record(rows, {
      actor,
      action: 'containers.bindHost',
      target: { kind: 'container', id, label, tenantId: actor.tenantId },
      outcome: 'done',
      operationId,
      details: { binds: request.binds },
    });
  }

  private async reserveContainer(
    rows: EntityManager,
    actor: Actor,
    environment: EnvironmentRow,
    plan: DeploymentPlan,
  ): Promise<void> {
    const { containerId: id, name, preset, memoryBytes, cpus, diskBytes } = plan;
    const projectId = plan.request.project ?? null;
    const counting = { tenantId: actor.tenantId, projectId, ownerId: actor.userId };
    await this.quotas.assertFits(rows, counting, { containers: 1, memoryBytes, cpus, diskBytes });
    if (await this.rows.isNameHeld(rows, environment.id, name))
      throw conflict('name_taken', `There is a container ${name} already.`, { params: { name } });
    await this.rows.reserve(
      {
        id,
        tenantId: actor.tenantId,
        environmentId: environment.id,
        name,
        managed: true,
        ownerId: actor.userId,
        ownerName: actor.displayName,
        preset: preset?.name ?? null,
        projectId,
        configuration: plan,
      },
      rows,
    );
  }

  /** By the preset's own names: data to go on with. */
  private async keptVolumes(actor: Actor, { volumes }: DeployInput, { id }: EnvironmentRow): Promise<KeptVolumes> {
    const kept = new Map<string, VolumeRow>();
    for (const { name, volumeId } of volumes)
      if (volumeId !== undefined) kept.set(name, await this.volumes.getUsable(actor, volumeId, id));
    return kept;
  }

  private async reserveVolumes(rows: EntityManager, { actor, environment, plan, kept, operationId }: VolumeWish) {
    const { containerId, name: containerName, config } = plan;
    const reserve = (place: Pick<VolumeRow, 'name' | 'label' | 'target'>) =>
      this.volumeRows.reserve(rows, {
        ...place,
        id: newId('vol'),
        tenantId: actor.tenantId,
        environmentId: environment.id,
        containerId,
        containerName,
        ownerId: actor.userId,
        ownerName: actor.displayName,
        operationId,
      });
    for (const [index, { name: label, target }] of config.volumes.entries()) {
      const row = kept.get(label);
      if (row && !(await this.volumeRows.claim(rows, row.id, containerId))) throw volumeInUse(row.name);
      const name = plan.volumes[index]?.name;
      if (row || name === undefined) continue;
      await reserve({ name, label, target });
    }
    if (plan.workspace !== null) await reserve({ ...plan.workspace, label: WORKSPACE });
  }

  private async reservePorts(rows: EntityManager, environment: EnvironmentRow, plan: DeploymentPlan): Promise<void> {
    const wanted = plan.ports.map(({ hostPort, protocol, ip }) => ({ port: hostPort, protocol, ip }));
    const holder = { environmentId: environment.id, containerId: plan.containerId };
    if (await this.ports.take(rows, holder, wanted)) throw new PortLost();
  }

  /** With what was typed then; what was typed in confidence is kept for an hour only. */
  private async deployAgain(actor: Actor, { row }: StoredOperation, idempotencyKey?: string): Promise<Operation> {
    const { request, secretNames, generated } = DeploymentPlan.parse(row.input);
    const typed = secretNames.filter((name) => !generated.some((secret) => secret.name === name));
    const kept = await this.secrets.open(row.id);
    const env = envIn(kept);
    const gone = [
      ...typed.filter((name) => !(name in kept)).map((name) => ({ path: `answers.${name}`, name })),
      ...Object.keys(request.options.env ?? {})
        .filter((name) => !(name in env))
        .map((name) => ({ path: `options.env.${name}`, name })),
    ];
    assertNoIssues(
      ...gone.map(({ path, name }) => ({
        path,
        code: 'secret_expired',
        message: `${name} is not kept any longer. Deploy anew and type it again.`,
      })),
    );
    const answers = { ...request.answers, ...Object.fromEntries(typed.map((name) => [name, kept[name] ?? ''])) };
    const options = request.options.env === undefined ? request.options : { ...request.options, env };
    return this.deploy(actor, { ...request, answers, options }, idempotencyKey);
  }
}

type KeptVolumes = ReadonlyMap<string, VolumeRow>;

interface VolumeWish {
  readonly actor: Actor;
  readonly environment: EnvironmentRow;
  readonly plan: DeploymentPlan;
  readonly kept: KeptVolumes;
  readonly operationId: OperationId;
}

class PortLost extends Error {}

function assertNoIssues(...issues: Array<FieldIssue | undefined>): void {
  const found = issues.filter((issue) => issue !== undefined);
  if (found.length === 0) return;
  const code = found.every(({ path }) => path.startsWith('answers.')) ? 'answer_invalid' : 'invalid_request';
  throw invalid(found, code);
}

const without = <Value>(record: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
