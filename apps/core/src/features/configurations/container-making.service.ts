import { Inject, Injectable } from '@nestjs/common';
import type { ContainerId, EnvironmentId, OperationId, TenantId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { ContainerLabels } from '../../foundation/environments/container-labels.js';
import { isRoot } from '../../foundation/environments/docker-spec.rules.js';
import { rootRefused } from '../../foundation/environments/engine-errors.js';
import type { ContainerSpec, EngineInspection } from '../../foundation/environments/engine.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { HostPathsService } from '../../foundation/environments/host-paths.service.js';
import { networkName } from '../../foundation/environments/network-plan.rules.js';
import { TenantNetworksService } from '../../foundation/environments/tenant-networks.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import type { OperationContext } from '../../foundation/operations/operation.js';
import { isAppError } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { StartWatchService } from '../containers/start-watch.service.js';
import { ConfigurationBook } from './configuration-book.service.js';
import { confidencesOf } from './configurations.rules.js';

/** What a container is marked with: whose it is, which work made it, under which name and preset it was signed. */
export interface Marks {
  readonly containerId: ContainerId;
  readonly operationId: OperationId;
  readonly tenantId: TenantId;
  readonly signed: { readonly name: string; readonly preset: string | null };
}

type Context = Pick<OperationContext<string>, 'id' | 'tenantId' | 'signal' | 'progress' | 'idle'>;

/** From a page of the book to a container that runs. Every step looks first for what a run before it did. */
@Injectable()
export class ContainerMaking {
  /** Put on everything that is made, beside our own. */
  readonly extraLabels: Readonly<Record<string, string>>;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly book: ConfigurationBook,
    private readonly environments: EnvironmentsService,
    private readonly hostPaths: HostPathsService,
    private readonly labels: ContainerLabels,
    private readonly networks: TenantNetworksService,
    private readonly tenants: TenantsService,
    private readonly watch: StartWatchService,
  ) {
    this.extraLabels = config.BAILIWICK_ENV === 'test' ? { 'bailiwick.test': '1' } : {};
  }

  /** How it is made under a name, with its environment and our marks, in the network its tenant has now. */
  async spec(name: string, { signed, ...marks }: Marks): Promise<ContainerSpec> {
    const { spec, env } = await this.book.getFor(marks.operationId);
    const labels = { ...this.extraLabels, ...this.labels.of({ ...marks, ...signed }) };
    await this.hostPaths.assertMountable(spec.binds ?? []);
    return { ...spec, name, env, labels, network: await this.networkOf(marks.tenantId) };
  }

  /** The tenant's own, made on first need. */
  async makeNetwork(environmentId: EnvironmentId, { tenantId, signal }: Context): Promise<void> {
    const name = await this.networkOf(tenantId);
    await this.networks.ensure(environmentId, { name, tenantId }, this.extraLabels, signal);
  }

  /** Fetched where it is missing; as whom it runs is known only then. */
  async pull(
    environmentId: EnvironmentId,
    { image, user, profile }: Pick<ContainerSpec, 'image' | 'user' | 'profile'>,
    { signal, progress }: Context,
  ): Promise<void> {
    const engine = this.environments.engineOf(environmentId);
    let found = await engine.findImage(image, signal);
    if (!found) {
      progress(0, { code: 'pulling', params: { image } });
      await engine.pull(
        image,
        ({ percent, doneBytes, totalBytes }) =>
          progress(percent, { code: 'pulling', params: { image, doneBytes, totalBytes } }),
        signal,
      );
    }
    if (profile !== 'strict') return;
    found ??= await engine.findImage(image, signal);
    if (isRoot(user ?? found?.user ?? '')) throw rootRefused(image);
  }

  /** Not handed the signal: whether a create that was cut off came through cannot be known for a while. */
  async create(environmentId: EnvironmentId, spec: ContainerSpec, context: Context): Promise<string> {
    await this.makeNetwork(environmentId, context);
    return this.environments.engineOf(environmentId).create(spec);
  }

  async start(environmentId: EnvironmentId, engineId: string, signal: AbortSignal): Promise<void> {
    const engine = this.environments.engineOf(environmentId);
    const { state } = await engine.inspect(engineId, signal);
    if (state !== 'running' && state !== 'restarting') await engine.start(engineId);
  }

  async untilUp(
    environmentId: EnvironmentId,
    made: { readonly engineId: string; readonly name: string },
    context: Context,
  ): Promise<void> {
    const engine = this.environments.engineOf(environmentId);
    const { spec, env } = await this.book.getFor(context.id);
    const started = { engine, ...made, health: spec.health, confidences: confidencesOf(env) };
    await this.watch.untilUp(started, context);
  }

  async discard(environmentId: EnvironmentId, engineId: string): Promise<void> {
    await this.environments.engineOf(environmentId).remove(engineId, { force: true });
  }

  async find(environmentId: EnvironmentId, engineId: string): Promise<EngineInspection | undefined> {
    try {
      return await this.environments.engineOf(environmentId).inspect(engineId);
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  /** What this very work made under one of these names; undefined also where a stranger has it. */
  async findOurs(
    environmentId: EnvironmentId,
    names: readonly string[],
    { containerId, operationId, signed }: Marks,
  ): Promise<EngineInspection | undefined> {
    const engine = this.environments.engineOf(environmentId);
    for (const name of names) {
      const found = await engine.findByName(name);
      const isOurs =
        found?.labels['bailiwick.op'] === operationId && this.labels.proves(found.labels, { containerId, ...signed });
      if (isOurs) return found;
    }
    return undefined;
  }

  private async networkOf(tenantId: TenantId): Promise<string> {
    return networkName(await this.tenants.get(tenantId));
  }
}
