import { Injectable } from '@nestjs/common';
import type { CatalogueEntry, CatalogueList, Preset } from '@bailiwick/contract';
import { conflict, notFound } from '../../kernel/errors.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { onTenant } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { PresetsFolder } from './presets-folder.driver.js';
import { type FolderEntry, mayDeploy, presetRights } from './presets.rules.js';

type ReadyEntry = Extract<FolderEntry, { state: 'ready' }>;

/** The catalogue. */
@Injectable()
export class PresetsService {
  constructor(
    private readonly folder: PresetsFolder,
    private readonly access: AccessService,
  ) {}

  async list(actor: Actor): Promise<CatalogueList> {
    this.access.require(actor, 'presets.see', null);
    const items = await this.folder.entries();
    return { items: items.map((entry) => toShown(actor, entry)), version: String(this.folder.version) };
  }

  async get(actor: Actor, name: string): Promise<CatalogueEntry> {
    return toShown(actor, await this.find(actor, name));
  }

  /** One that this person may deploy. */
  async getDeployable(actor: Actor, name: string): Promise<ReadyEntry> {
    const entry = await this.find(actor, name);
    if (entry.state === 'broken')
      throw conflict('preset_broken', `The preset ${name} cannot be used: ${entry.reason}.`, {
        params: { file: entry.file, reason: entry.reason },
      });
    this.access.require(actor, 'containers.create', null);
    if (!mayDeploy(actor, entry.preset)) this.access.require(actor, 'containers.createAny', onTenant(actor.tenantId));
    return entry;
  }

  private async find(actor: Actor, name: string): Promise<FolderEntry> {
    this.access.require(actor, 'presets.see', null);
    const entry = (await this.folder.entries()).find((candidate) => nameOf(candidate) === name);
    if (!entry) throw notFound('preset', name);
    return entry;
  }
}

const toShown = (actor: Actor, entry: FolderEntry): CatalogueEntry =>
  entry.state === 'broken' ? entry : { ...entry, rights: presetRights(actor, entry.preset) };

const nameOf = (entry: FolderEntry): Preset['name'] =>
  entry.state === 'ready' ? entry.preset.name : entry.file.replace(/\.json$/, '');
