import { Injectable } from '@nestjs/common';
import type { ContainerId, Duplicate, Preset } from '@bailiwick/contract';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { isAppError } from '../../kernel/errors.js';
import { ConfigurationBook } from '../configurations/configuration-book.service.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { foldersIn, hostOf } from '../configurations/export.rules.js';
import { fieldsBetween, notAdopted, toConfiguration } from '../configurations/configurations.rules.js';
import { ContainersService } from '../containers/containers.service.js';
import { PresetsService } from '../presets/presets.service.js';
import { DeploymentPlan } from './deployment-plan.js';
import { chosenVariables, fitsPreset, fromConfiguration, fromPreset, type Original } from './duplicate.rules.js';

const AS_DEPLOYED = 1;

/** What deploys another one like a container, by the same way as anything else that is deployed. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly access: AccessService,
    private readonly book: ConfigurationBook,
    private readonly containers: ContainersService,
    private readonly presets: PresetsService,
    private readonly rows: ContainerRowsService,
    private readonly settings: ContainerSettingsService,
  ) {}

  /** 403 for who may not deploy it; 409 where it is not known how it is made. */
  async see(actor: Actor, id: ContainerId): Promise<Duplicate> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.settingsSee', seen);
    this.access.require(actor, 'containers.create', null);
    const applied = await this.book.findApplied(id);
    if (!applied) throw notAdopted(seen.name);
    const plan = DeploymentPlan.safeParse((await this.rows.find(id))?.configuration).data;
    const deployed = await this.book.findVersion(id, AS_DEPLOYED);
    const original: Original = {
      name: seen.name,
      configuration: toConfiguration(applied),
      diskBytes: plan?.diskBytes ?? 0,
      changed: deployed ? fieldsBetween(deployed, applied) : [],
    };
    const { input: bare, names } = await this.copyOf(actor, plan, original);
    const { binds, ...others } = hostOf(original.configuration);
    const mayBind = this.access.allows(actor, 'containers.bindHost', null);
    const folders = foldersIn(await this.settings.saved(id));
    const input = { ...bare, ...others, ...folders, ...(binds && mayBind ? { binds } : {}) };
    const withoutBinds = binds && !mayBind ? binds.map(({ target }) => target) : [];
    return this.access.allows(actor, 'containers.settingsSecrets', seen) && names.length > 0
      ? { input: { ...input, envOf: { container: id, names } }, carried: names, leftOut: [], withoutBinds }
      : { input, carried: [], leftOut: names, withoutBinds };
  }

  /** From its preset where that is there for this person and makes the same still; else an image of their choice. */
  private async copyOf(actor: Actor, plan: DeploymentPlan | undefined, original: Original) {
    const preset = plan && (await this.findPreset(actor, plan));
    if (preset && fitsPreset(preset, original))
      return { input: fromPreset(preset, plan, original), names: chosenVariables(plan, original) };
    this.access.require(actor, 'containers.createAny', onTenant(actor.tenantId));
    return { input: fromConfiguration(original), names: original.configuration.envNames };
  }

  /** Undefined where it is gone, broken, or not for this person. */
  private async findPreset(actor: Actor, { preset }: DeploymentPlan): Promise<Preset | undefined> {
    if (preset === null) return undefined;
    try {
      return (await this.presets.getDeployable(actor, preset.name)).preset;
    } catch (error) {
      if (isAppError(error) && error.status < 500) return undefined;
      throw error;
    }
  }
}
