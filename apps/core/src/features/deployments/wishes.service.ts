import { Inject, Injectable } from '@nestjs/common';
import type { DeployInput, FieldIssue } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { AuditTarget } from '../../foundation/audit/audit.service.js';
import type { EnvironmentRow } from '../../foundation/environments/environment.entity.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { plainHostPath } from '../../foundation/environments/host-path.rules.js';
import { HostPathsService } from '../../foundation/environments/host-paths.service.js';
import { invalid } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { findFolderIssues } from '../container-settings/container-settings.rules.js';
import { findCapacityIssue } from '../containers/capacity.rules.js';
import { toTarget } from '../containers/containers.service.js';
import { ConfigurationBook } from '../configurations/configuration-book.service.js';
import { notAdopted } from '../configurations/configurations.rules.js';
import { PresetsService } from '../presets/presets.service.js';
import { ProjectLinksService } from '../projects/project-links.service.js';
import {
  type DeploymentSource,
  findSourceIssues,
  hostPathIssue,
  sourceOfImage,
  withWorkspace,
  workspaceOf,
} from './deployment-source.rules.js';
import {
  type Answers,
  cpusOf,
  findOptionIssues,
  findPortIssues,
  foldersOf,
  readAnswers,
  sharedBy,
  userOf,
  wantedPorts,
} from './deployments.rules.js';

/** What somebody who may asks to have deployed, with everything it names looked up. */
export interface Wish {
  readonly source: DeploymentSource;
  readonly environment: EnvironmentRow;
  readonly input: DeployInput;
  readonly answers: Answers;
  /** Of the host's folders, those that may not be mounted. */
  readonly bindIssues: readonly FieldIssue[];
  /** Whose variables come along. */
  readonly copied: { readonly from: AuditTarget; readonly names: readonly string[] } | null;
}

/** Reads what is asked for: who may, from what, and what of it does not fit together. Makes nothing. */
@Injectable()
export class WishesService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: AccessService,
    private readonly presets: PresetsService,
    private readonly environments: EnvironmentsService,
    private readonly projects: ProjectLinksService,
    private readonly hostPaths: HostPathsService,
    private readonly book: ConfigurationBook,
  ) {}

  async read(actor: Actor, input: DeployInput): Promise<Wish> {
    const named = await this.readSource(actor, input);
    const workspace = workspaceOf(named, input);
    const source = withWorkspace(named, workspace);
    if (input.gpus !== undefined) this.access.require(actor, 'containers.useGpu', onTenant(actor.tenantId));
    if (input.project !== undefined) await this.projects.assertMayDeploy(actor, input.project);
    const environment = input.env === undefined ? this.environments.default() : this.environments.get(input.env);
    const { env, copied } = await this.variables(actor, input);
    const { binds, issues: bindIssues } = await this.readBinds(actor, input);
    const { envOf: _resolved, binds: _typed, ...rest } = input;
    const options = env === undefined ? input.options : { ...input.options, env };
    const wanted = { ...rest, ...workspace, ...(binds ? { binds } : {}), options, ports: wantedPorts(source, input) };
    return { source, environment, bindIssues, input: wanted, answers: readAnswers(source, input.answers), copied };
  }

  /** Whoever runs a copy can read what it is told: that takes the right to read the secrets of the original. */
  private async variables(
    actor: Actor,
    { envOf, options }: DeployInput,
  ): Promise<Pick<Wish, 'copied'> & Pick<DeployInput['options'], 'env'>> {
    if (envOf === undefined) return { copied: null, env: options.env };
    const seen = this.environments.container(actor, envOf.container);
    this.access.require(actor, 'containers.settingsSecrets', seen);
    const applied = await this.book.findApplied(seen.id);
    if (!applied) throw notAdopted(seen.name);
    const missing = envOf.names.find((name) => !Object.hasOwn(applied.env, name));
    if (missing !== undefined)
      throw invalid([
        { path: 'envOf.names', code: 'unknown_field', message: `${seen.name} has no variable ${missing}.` },
      ]);
    const env = Object.fromEntries(envOf.names.map((name) => [name, applied.env[name] ?? '']));
    return { copied: { from: toTarget(seen), names: envOf.names }, env: { ...env, ...options.env } };
  }

  /** What was chosen and does not fit together; answers aside. */
  findIssues({ source, input, environment, bindIssues }: Wish): FieldIssue[] {
    return [
      ...bindIssues,
      ...findSourceIssues(source, input),
      ...findPortIssues(source.config, input.ports, this.config.BAILIWICK_PUBLISH_IP),
      ...findOptionIssues(source.config, input),
      ...findFolderIssues(foldersOf(input, source.config), sharedBy(source.config, input)),
      ...this.findWorkspaceIssues(source, input, environment),
      ...this.findGpuIssues(input, environment),
    ];
  }

  /** An engine that is still connecting does not know yet: it refuses itself what it does not have. */
  private findGpuIssues({ gpus }: DeployInput, { id }: EnvironmentRow): FieldIssue[] {
    const { info } = this.environments.state(id);
    if (gpus === undefined || !info || info.gpus) return [];
    return [{ path: 'gpus', code: 'no_gpu', message: 'This engine has no runtime for graphics processors.' }];
  }

  /** Only where engine and core are on one host, and only for whom the core can hand a folder to. */
  private findWorkspaceIssues(
    { config }: DeploymentSource,
    { workspace, options }: DeployInput,
    { id }: EnvironmentRow,
  ): FieldIssue[] {
    if (workspace === undefined) return [];
    const { address, workspacesDir } = this.environments.engineOf(id);
    // One that is still connecting does not know yet: it is asked again before anything is mounted.
    if (address !== null && workspacesDir === null)
      return [{ path: 'workspace', code: 'engine_elsewhere', message: 'This engine is on another host than the panel.' }]; // prettier-ignore
    const own = process.getuid?.();
    const chosen = userOf({ options }, config);
    const user = chosen === null ? own : Number(chosen.split(':')[0]);
    if (own === 0 || user === own) return [];
    return [{ path: 'options.user', code: 'workspace_owner', message: `This panel can hand a folder only to ${own}.` }];
  }

  /** Folders of the host, as plainly as they can be said. Whoever may not name any is not told which there are. */
  private async readBinds(actor: Actor, { binds = [] }: DeployInput) {
    if (binds.length === 0) return { binds: undefined, issues: [] };
    this.access.require(actor, 'containers.bindHost', null);
    const issues: FieldIssue[] = [];
    for (const [index, { source }] of binds.entries()) {
      const mistake = await this.hostPaths.findMistake(source);
      if (mistake) issues.push(hostPathIssue(`binds.${index}.source`, source, mistake));
    }
    return { binds: binds.map((bind) => ({ ...bind, source: plainHostPath(bind.source) ?? bind.source })), issues };
  }

  private async readSource(actor: Actor, input: DeployInput): Promise<DeploymentSource> {
    if (input.image !== undefined) {
      this.access.require(actor, 'containers.createAny', onTenant(actor.tenantId));
      return sourceOfImage(input.image, input);
    }
    const { preset, digest } = await this.presets.getDeployable(actor, input.preset ?? '');
    const { name, questions, config, roles } = preset;
    return { preset: { name, digest }, questions, config, roles };
  }

  /** Nothing fits that the host does not have. */
  findCapacityIssue({ source: { config }, input, environment }: Wish): FieldIssue | undefined {
    const sizes = { memoryBytes: input.memoryBytes ?? config.memoryBytes, cpus: cpusOf(input, config), cpuset: input.options.cpuset }; // prettier-ignore
    return findCapacityIssue(sizes, this.environments.state(environment.id).info, '');
  }
}
