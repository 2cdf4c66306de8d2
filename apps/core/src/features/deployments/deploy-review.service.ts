import { Injectable } from '@nestjs/common';
import type { DeployInput, DeployReview, FieldIssue, PresetPort, QuotaUsage, ReviewCheck } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { boundsDisk } from '../../foundation/environments/docker-spec.rules.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import { WORKSPACE } from '../../foundation/environments/workspace-name.rules.js';
import { toIso } from '../../kernel/clock.js';
import { type AppError, isAppError } from '../../kernel/errors.js';
import { resourceCheck } from '../containers/capacity.rules.js';
import { ImageChecksService } from '../images/image-checks.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { VolumesService } from '../volumes/volumes.service.js';
import { cpusOf, diskOf, findNameIssue, foldersOf, portTexts, userOf, withoutEnv } from './deployments.rules.js';
import { wishedOf } from './wished.rules.js';
import { PluginHooks } from '../plugin-hooks/plugin-hooks.service.js';
import { type Wish, WishesService } from './wishes.service.js';
import { FirstAccessService } from './first-access.service.js';
import { secretsCheck } from './secrets-check.rules.js';
import { writeDown } from './written.rules.js';
import { type Allocation, PortAllocatorService } from '../ports/port-allocator.service.js';

/** One look at a deployment before it runs: what would be made, and what would be in its way. */
@Injectable()
export class DeployReviewService {
  constructor(
    private readonly access: AccessService,
    private readonly wishes: WishesService,
    private readonly environments: EnvironmentsService,
    private readonly allocator: PortAllocatorService,
    private readonly rows: ContainerRowsService,
    private readonly quotas: QuotasService,
    private readonly volumes: VolumesService,
    private readonly images: ImageChecksService,
    private readonly firstAccess: FirstAccessService,
    private readonly hooks: PluginHooks,
  ) {}

  async review(actor: Actor, input: DeployInput): Promise<DeployReview> {
    this.access.require(actor, 'containers.create', null);
    const wish = await this.wishes.read(actor, input);
    const { config } = wish.source;
    const memoryBytes = input.memoryBytes ?? config.memoryBytes;
    const cpus = cpusOf(input, config);
    const diskBytes = diskOf(input, config);
    const folders = foldersOf(input, config);
    const allocation = await this.allocate(wish);
    const wanted = { ...config, user: userOf(input, config) };
    const [image, user] = await this.images.checks(wish.environment.id, wanted);
    const { info } = this.environments.state(wish.environment.id);
    return {
      name: input.name,
      image: config.image,
      imagePresent: image.code === 'image_present',
      ports: portsOf(allocation, config.ports).map((port) => ({
        ...port,
        label: config.ports.find(({ containerPort }) => containerPort === port.containerPort)?.label ?? '',
      })),
      volumes: placesIn(wish).map(({ name, target }) => ({
        name,
        target,
        volumeId: input.volumes.find((kept) => kept.name === name)?.volumeId ?? null,
      })),
      ...(wish.input.binds ? { binds: wish.input.binds } : {}),
      ...(input.gpus === undefined ? {} : { gpus: input.gpus }),
      envNames: [...new Set([...Object.keys(config.env), ...Object.keys(input.options.env ?? {})])],
      memoryBytes,
      cpus,
      disk: diskBytes === 0 ? null : { bytes: diskBytes, enforced: boundsDisk(info?.storageDriver ?? '') },
      restart: input.options.restart?.name ?? config.restart,
      profile: config.profile,
      protocol: config.protocol,
      installCommand: input.installCommand ?? config.installCommand ?? null,
      domainName: input.domainName ?? null,
      launchUrl: input.launchUrl ?? null,
      explorerRoot: folders.explorerRoot ?? null,
      consoleDirectory: folders.consoleDirectory ?? null,
      options: withoutEnv(input.options),
      written: isAppError(allocation)
        ? null
        : writeDown({
            source: wish.source,
            input: wish.input,
            answers: { ...wish.answers.texts, ...portTexts(wish.source, allocation.ports) },
            ports: allocation.ports,
          }),
      checks: [
        this.engineCheck(wish),
        await this.nameCheck(wish),
        await this.portsCheck(actor, wish, allocation),
        image,
        user,
        info ? resourceCheck({ memoryBytes, cpus, cpuset: input.options.cpuset }, info) : unknown('memory'),
        await this.quotaCheck(actor, wish, { containers: 1, memoryBytes, cpus, diskBytes }),
        await this.volumesCheck(actor, wish),
        ...this.bindsCheck(wish),
        answersCheck([
          ...wish.answers.issues,
          ...this.wishes
            .findIssues(wish)
            .filter((issue) => !isAboutPorts(issue) && !isAboutVolumes(issue) && !isAboutBinds(issue)),
        ]),
        secretsCheck(wish.source, wish.answers.texts, input.options.env),
        await this.firstAccess.check(actor, wish.environment.id, input),
        ...(await this.hooks.checkDeploy(actor, wishedOf(wish))),
      ],
    };
  }

  private engineCheck({ environment }: Wish): ReviewCheck {
    const { state, sinceMs, reason } = this.environments.state(environment.id);
    const params = {
      environmentId: environment.id,
      name: environment.name,
      since: toIso(sinceMs),
      reason: reason?.code ?? null,
    };
    return state === 'online'
      ? { check: 'engine', outcome: 'ok', code: 'engine_online', params }
      : { check: 'engine', outcome: 'blocked', code: 'engine_unavailable', params };
  }

  private async nameCheck({ input, environment }: Wish): Promise<ReviewCheck> {
    const issue = findNameIssue(input.name);
    if (issue) return { check: 'name', outcome: 'blocked', code: 'invalid_name', params: { name: input.name, issue } };
    const taken = await this.rows.isNameHeld(undefined, environment.id, input.name);
    return taken
      ? { check: 'name', outcome: 'blocked', code: 'name_taken', params: { name: input.name } }
      : { check: 'name', outcome: 'ok', code: 'name_free', params: { name: input.name } };
  }

  /** Where none is free, that is what stands in the way, and the rest is looked at all the same. */
  private async allocate({ source, input, environment }: Wish): Promise<Allocation | AppError> {
    try {
      return await this.allocator.allocate({
        ports: source.config.ports,
        chosen: input.ports,
        environmentId: environment.id,
      });
    } catch (error) {
      if (isAppError(error, 'ports_exhausted')) return error;
      throw error;
    }
  }

  private async portsCheck(actor: Actor, wish: Wish, allocation: Allocation | AppError): Promise<ReviewCheck> {
    if (isAppError(allocation))
      return { check: 'ports', outcome: 'blocked', code: allocation.code, params: { ...allocation.params } };
    const issues = this.wishes.findIssues(wish).filter(isAboutPorts);
    if (issues.length > 0) return { check: 'ports', outcome: 'blocked', code: 'invalid_ports', params: { issues } };
    const [busy] = allocation.busy;
    if (busy) {
      const { params } = await this.allocator.conflict(actor, wish.environment.id, busy, allocation.ports);
      return { check: 'ports', outcome: 'blocked', code: 'port_conflict', params: { ...params } };
    }
    if (allocation.replaced.length > 0)
      return { check: 'ports', outcome: 'warning', code: 'ports_replaced', params: { replaced: allocation.replaced } };
    return { check: 'ports', outcome: 'ok', code: 'ports_free', params: {} };
  }

  /** Another deployment may take it meanwhile: it is asked again in the transaction that makes this one. */
  private async quotaCheck(actor: Actor, { input }: Wish, wanted: QuotaUsage): Promise<ReviewCheck> {
    const counting = { tenantId: actor.tenantId, projectId: input.project ?? null, ownerId: actor.userId };
    const over = await this.quotas.findExceeded(counting, wanted);
    return over
      ? { check: 'quota', outcome: 'blocked', code: 'quota_exceeded', params: { ...over } }
      : { check: 'quota', outcome: 'ok', code: 'quota_fits', params: {} };
  }

  private bindsCheck(wish: Wish): ReviewCheck[] {
    const { binds } = wish.input;
    if (!binds) return [];
    const issues = this.wishes.findIssues(wish).filter(isAboutBinds);
    return issues.length > 0
      ? [{ check: 'binds', outcome: 'blocked', code: 'invalid_binds', params: { issues } }]
      : [{ check: 'binds', outcome: 'warning', code: 'host_folders', params: { names: binds.map(({ source }) => source) } }]; // prettier-ignore
  }

  private async volumesCheck(actor: Actor, wish: Wish): Promise<ReviewCheck> {
    const { input, environment } = wish;
    const issues = this.wishes.findIssues(wish).filter(isAboutVolumes);
    if (issues.length > 0) return { check: 'volumes', outcome: 'blocked', code: 'invalid_volumes', params: { issues } };
    const kept = input.volumes.flatMap(({ volumeId }) => volumeId ?? []);
    try {
      for (const volumeId of kept) await this.volumes.getUsable(actor, volumeId, environment.id);
    } catch (error) {
      if (!isAppError(error) || isOutage(error)) throw error;
      return { check: 'volumes', outcome: 'blocked', code: error.code, params: { ...error.params } };
    }
    return kept.length > 0
      ? { check: 'volumes', outcome: 'ok', code: 'volumes_kept', params: { count: kept.length } }
      : { check: 'volumes', outcome: 'ok', code: 'volumes_new', params: { count: placesIn(wish).length } };
  }
}

const portsOf = (allocation: Allocation | AppError, ports: readonly PresetPort[]) =>
  isAppError(allocation)
    ? ports.map(({ containerPort, protocol }) => ({ containerPort, protocol, hostPort: null, ip: '' }))
    : allocation.ports;

const isAboutVolumes = ({ path }: FieldIssue): boolean => path.startsWith('volumes.') || path === 'workspace';
/** Where something is mounted. */
const placesIn = ({ source, input: { workspace } }: Wish): Array<{ name: string; target: string }> => [
  ...source.config.volumes,
  ...(workspace === undefined ? [] : [{ name: WORKSPACE, target: workspace }]),
];
const isAboutBinds = ({ path }: FieldIssue): boolean => path.startsWith('binds.');
const isAboutPorts = ({ path }: FieldIssue): boolean => path.startsWith('ports.');

function answersCheck(issues: FieldIssue[]): ReviewCheck {
  return issues.length > 0
    ? { check: 'answers', outcome: 'blocked', code: 'answer_invalid', params: { issues } }
    : { check: 'answers', outcome: 'ok', code: 'answers_valid', params: {} };
}

const unknown = (check: 'memory'): ReviewCheck => ({
  check,
  outcome: 'warning',
  code: 'not_known',
  params: {},
});
