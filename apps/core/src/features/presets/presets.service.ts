import { Injectable } from '@nestjs/common';
import type { CatalogueEntry, CatalogueList, Preset } from '@bailiwick/contract';
import { conflict, notFound } from '../../kernel/errors.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { PresetsFolder } from './presets-folder.driver.js';

type ReadyEntry = Extract<CatalogueEntry, { state: 'ready' }>;

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
    return { items, version: String(this.folder.version) };
  }

  async get(actor: Actor, name: string): Promise<CatalogueEntry> {
    this.access.require(actor, 'presets.see', null);
    const entry = (await this.folder.entries()).find((candidate) => nameOf(candidate) === name);
    if (!entry) throw notFound('preset', name);
    return entry;
  }

  /** One that can be deployed. */
  async getReady(actor: Actor, name: string): Promise<ReadyEntry> {
    const entry = await this.get(actor, name);
    if (entry.state === 'ready') return entry;
    throw conflict('preset_broken', `The preset ${name} cannot be used: ${entry.reason}.`, {
      params: { file: entry.file, reason: entry.reason },
    });
  }
}

const nameOf = (entry: CatalogueEntry): Preset['name'] =>
  entry.state === 'ready' ? entry.preset.name : entry.file.replace(/\.json$/, '');
