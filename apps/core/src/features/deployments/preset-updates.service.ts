import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import type { Made } from '../configurations/configurations.rules.js';
import { type NewerPreset, NewerPresets } from '../configurations/newer-presets.service.js';
import { PresetsService } from '../presets/presets.service.js';
import { DeploymentPlan } from './deployment-plan.js';
import { generateSecret } from './generated-secret.js';
import { mergePreset } from './preset-update.rules.js';

/** Whether what a container was deployed from says something else by now. */
@Injectable()
export class PresetUpdatesService implements OnModuleInit {
  constructor(
    private readonly presets: PresetsService,
    private readonly rows: ContainerRowsService,
    private readonly updates: NewerPresets,
  ) {}

  onModuleInit(): void {
    this.updates.onFind((seen, applied) => this.find(seen, applied));
  }

  private async find({ id, preset: name }: SeenContainer, applied: Made): Promise<NewerPreset | undefined> {
    if (name === null) return undefined;
    const plan = DeploymentPlan.safeParse((await this.rows.find(id))?.configuration).data;
    const current = await this.presets.findOffered(name);
    if (!plan?.preset || !current || current.digest === plan.preset.digest) return undefined;
    const merged = mergePreset({ plan, applied, ...current, generate: generateSecret });
    if (!merged) return undefined;
    const { notTaken, ...newer } = merged;
    const [from, to] = await this.presets.stands(name, [plan.preset.digest, current.digest]);
    if (!from || !to) return undefined;
    return { ...newer, update: { name, title: current.preset.title, from, to, notTaken } };
  }
}
