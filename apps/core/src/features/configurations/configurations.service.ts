import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  ApplyConfiguration,
  Configuration,
  ConfigurationReview,
  ContainerConfiguration,
  ContainerId,
  ExportConfiguration,
  ExportedConfiguration,
  FieldChange,
  RevealedVariable,
  RevealVariable,
  Operation,
  ReviewConfiguration,
  SaveConfiguration,
  ReviewCheck,
} from '@bailiwick/contract';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { Database } from '../../kernel/database/database.js';
import { toIso } from '../../kernel/clock.js';
import { conflict, invalid, isAppError, notFound } from '../../kernel/errors.js';
import { findCapacityIssue, resourceCheck } from '../containers/capacity.rules.js';
import { ContainersService, toTarget } from '../containers/containers.service.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { ImageChecksService } from '../images/image-checks.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { neededIn, notTakenOverIn } from './adoption.rules.js';
import { ChangesService } from './changes.service.js';
import { ConfigurationBook } from './configuration-book.service.js';
import { type Aim, ConfigurationTargets, type Meant } from './configuration-targets.service.js';
import { NewerPresets } from './newer-presets.service.js';
import { foldersIn, toCompose, toDeployJson, toDockerRun } from './export.rules.js';
import {
  capabilitiesFor,
  CHANGING,
  fieldsIn,
  growth,
  howToApply,
  isSameRepository,
  sizesOf,
  toConfiguration,
  type Made,
  withoutHostPaths,
  withoutValues,
  notAdopted,
} from './configurations.rules.js';

type Export = { readonly write: typeof toDeployJson; readonly fileName: (name: string) => string };
const EXPORTS: Readonly<Record<ExportConfiguration['as'], Export>> = {
  compose: { write: toCompose, fileName: () => 'compose.yaml' },
  run: { write: toDockerRun, fileName: (name) => `${name}.sh` },
  json: { write: toDeployJson, fileName: (name) => `${name}.json` },
};

/** How a container is made: seen, saved to be different, looked at, applied, gone back to. */
@Injectable()
export class ConfigurationsService implements OnModuleInit {
  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly book: ConfigurationBook,
    private readonly changes: ChangesService,
    private readonly containers: ContainersService,
    private readonly database: Database,
    private readonly environments: EnvironmentsService,
    private readonly images: ImageChecksService,
    private readonly quotas: QuotasService,
    private readonly rows: ContainerRowsService,
    private readonly settings: ContainerSettingsService,
    private readonly stepUp: StepUpService,
    private readonly targets: ConfigurationTargets,
    private readonly updates: NewerPresets,
  ) {}

  onModuleInit(): void {
    this.changes.onRetry((actor, id, request, key) => this.apply(actor, id, request, key));
  }

  async see(actor: Actor, id: ContainerId): Promise<ContainerConfiguration> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.settingsSee', seen);
    const applied = await this.book.findApplied(id);
    const saved = await this.book.findSaved(id);
    return {
      applied: applied ? this.shown(actor, applied) : null,
      number: applied?.number ?? null,
      saved: saved
        ? { change: withoutValues(saved.change), savedAt: toIso(saved.savedAt), savedBy: saved.savedBy }
        : null,
      fields: applied ? await this.fields(actor, seen) : [],
      presetUpdate: (applied && (await this.updates.find(seen, applied))?.update) ?? null,
      versions: await this.book.versions(id),
    };
  }

  /** One value at a time, and only once it is written down who was shown which. */
  async reveal(actor: Actor, id: ContainerId, { name }: RevealVariable): Promise<RevealedVariable> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.settingsSecrets', seen);
    this.stepUp.assertProved(actor);
    const applied = await this.book.findApplied(id);
    if (!applied) throw notAdopted(seen.name);
    const value = Object.hasOwn(applied.env, name) ? applied.env[name] : undefined;
    if (value === undefined) throw notFound('variable', name);
    const event = {
      actor,
      action: 'containers.reveal',
      target: toTarget(seen),
      outcome: 'done',
      details: { name },
    } as const;
    await this.audit.record(null, event);
    return { name, value };
  }

  /** As another program, or another panel, would make the same. */
  async export(actor: Actor, id: ContainerId, { as }: ExportConfiguration): Promise<ExportedConfiguration> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.settingsSee', seen);
    const applied = await this.book.findApplied(id);
    if (!applied) throw notAdopted(seen.name);
    const { write, fileName } = EXPORTS[as];
    const folders = foldersIn(await this.settings.saved(id));
    return { text: write(seen.name, this.shown(actor, applied), folders), fileName: fileName(seen.name) };
  }

  /** Saved only: the container stays as it is until this is applied. */
  async save(actor: Actor, id: ContainerId, body: SaveConfiguration): Promise<void> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.settingsSee', seen);
    // What was saved before is gone with it: that takes the same rights.
    const before = (await this.book.findSaved(id))?.change ?? {};
    this.access.requireAll(actor, capabilitiesFor([...fieldsIn(body.change), ...fieldsIn(before)]), seen);
    const change = await this.book.withKept(id, body.change);
    const { fields } = await this.targets.aim(actor, seen, { change });
    this.assertMay(actor, seen, fields);
    await this.database.transaction(async (rows) => {
      await this.book.save(rows, actor, id, change);
      if (change.command !== undefined) await this.settings.forget(rows, id, 'startupCommand');
      if (change.ports !== undefined) await this.settings.forget(rows, id, 'allowedPorts');
      await this.audit.record(rows, {
        actor,
        action: 'containers.configuration',
        target: toTarget(seen),
        outcome: 'done',
        details: { saved: withoutValues(change) },
      });
    });
  }

  async review(actor: Actor, id: ContainerId, meant: ReviewConfiguration): Promise<ConfigurationReview> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.settingsSee', seen);
    this.assertChanges(actor, seen);
    const change = meant.change && (await this.book.withKept(id, meant.change));
    const aim = await this.tryToAim(actor, seen, { ...meant, change });
    if ('check' in aim) return { fields: [], how: null, checks: [aim] };
    const { fields } = aim;
    const { info } = this.environments.state(seen.environmentId);
    const checks: ReviewCheck[] = [
      this.engineCheck(seen),
      { check: 'ports', outcome: 'ok', code: 'ports_free', params: {} },
    ];
    checks.push(...(await this.imageChecks(seen, aim)));
    if (info) checks.push(resourceCheck(sizesIn(aim), info));
    checks.push(await this.quotaCheck(seen, aim));
    if (howToApply(fields) === 'recreate') checks.push(...adoptionChecks((await this.rows.find(id))?.configuration));
    return { fields: [...fields], how: howToApply(fields), checks };
  }

  /** What is saved, or an earlier configuration, made true. */
  async apply(actor: Actor, id: ContainerId, request: ApplyConfiguration, idempotencyKey?: string): Promise<Operation> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.settingsSee', seen);
    this.assertChanges(actor, seen);
    const aim = await this.targets.aim(actor, seen, request);
    this.assertMay(actor, seen, aim.fields);
    const how = request.remake ? 'recreate' : howToApply(aim.fields);
    const issue = findCapacityIssue(sizesIn(aim), this.environments.state(seen.environmentId).info, 'change.');
    if (issue) throw invalid([issue]);
    if (how === null)
      throw conflict('wrong_state', `${seen.name} is as it was saved already.`, {
        hint: 'Change something first, or make it anew as it is.',
        params: { reason: 'nothing_to_change' },
      });
    const wanted = { aim, request, idempotencyKey };
    if (how === 'live') return this.changes.update(actor, seen, wanted);
    this.access.require(actor, 'containers.recreate', seen);
    // Made anew it has the host's folders again, under whatever it then runs.
    if (aim.after.spec.binds) this.access.require(actor, 'containers.bindHost', null);
    if (aim.after.spec.gpus !== undefined) this.access.require(actor, 'containers.useGpu', onTenant(seen.tenantId));
    return this.changes.remake(actor, seen, wanted);
  }

  private shown(actor: Actor, made: Made): Configuration {
    const configuration = toConfiguration(made);
    return this.access.allows(actor, 'containers.bindHost', null) ? configuration : withoutHostPaths(configuration);
  }

  /** Who could change nothing at all is refused before anything is looked up. */
  private assertChanges(actor: Actor, seen: SeenContainer): void {
    if (!CHANGING.some((capability) => this.access.allows(actor, capability, seen)))
      this.access.require(actor, 'containers.recreate', seen);
  }

  /** The rights for every field that would be another; another program altogether is as good as a deploy of it. */
  private assertMay(actor: Actor, seen: SeenContainer, fields: readonly FieldChange[]): void {
    this.access.requireAll(actor, capabilitiesFor(fields.map(({ field }) => field)), seen);
    const image = fields.find(({ field }) => field === 'image');
    if (image && !isSameRepository(String(image.from), String(image.to)))
      this.access.require(actor, 'containers.createAny', onTenant(seen.tenantId));
  }

  /** For a list of what waits: what is in the way of it is the review's to tell. */
  private async fields(actor: Actor, seen: SeenContainer): Promise<FieldChange[]> {
    const aim = await this.tryToAim(actor, seen, {});
    return 'check' in aim ? [] : [...aim.fields];
  }

  private async tryToAim(actor: Actor, seen: SeenContainer, meant: Meant): Promise<Aim | ReviewCheck> {
    try {
      return await this.targets.aim(actor, seen, meant);
    } catch (error) {
      if (isAppError(error, 'port_conflict') || isAppError(error, 'ports_exhausted'))
        return { check: 'ports', outcome: 'blocked', code: error.code, params: { ...error.params } };
      if (isAppError(error, 'invalid_request'))
        return { check: 'answers', outcome: 'blocked', code: 'answer_invalid', params: { ...error.params } };
      throw error;
    }
  }

  private engineCheck({ environmentId }: SeenContainer): ReviewCheck {
    const { id, name } = this.environments.get(environmentId);
    const { state, sinceMs, reason } = this.environments.state(environmentId);
    const params = { environmentId: id, name, since: toIso(sinceMs), reason: reason?.code ?? null };
    return state === 'online'
      ? { check: 'engine', outcome: 'ok', code: 'engine_online', params }
      : { check: 'engine', outcome: 'blocked', code: 'engine_unavailable', params };
  }

  /** Only where another image or another user comes of it; under the strict profile whenever it is made anew. */
  private async imageChecks({ environmentId }: SeenContainer, { before, after, fields }: Aim): Promise<ReviewCheck[]> {
    const isOther = after.spec.image !== before.spec.image;
    const runsOtherwise = isOther || after.spec.user !== before.spec.user || after.spec.profile === 'strict';
    if (howToApply(fields) !== 'recreate' || !runsOtherwise) return [];
    const [image, user] = await this.images.checks(environmentId, after.spec);
    return isOther ? [image, user] : [user];
  }

  private async quotaCheck(seen: SeenContainer, { before, after }: Aim): Promise<ReviewCheck> {
    const over = await this.quotas.findExceeded(seen, growth(before, after));
    return over
      ? { check: 'quota', outcome: 'blocked', code: 'quota_exceeded', params: { ...over } }
      : { check: 'quota', outcome: 'ok', code: 'quota_fits', params: {} };
  }
}

const sizesIn = ({ after: { spec } }: Aim) => ({ ...sizesOf({ spec, env: {} }), cpuset: spec.cpuset ?? undefined });

/** What was taken over with more than can be said here: it stands in the way of making it anew, or is gone then. */
function adoptionChecks(configuration: unknown): ReviewCheck[] {
  const names = neededIn(configuration);
  if (names.length > 0) return [{ check: 'adoption', outcome: 'blocked', code: 'not_taken_over', params: { names } }];
  const lost = notTakenOverIn(configuration).map(({ what }) => what);
  return lost.length > 0
    ? [{ check: 'adoption', outcome: 'warning', code: 'lost_by_remake', params: { names: lost } }]
    : [];
}
