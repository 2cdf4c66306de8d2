import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CatalogueEntry, CatalogueList, Preset, PresetVersionList } from '@bailiwick/contract';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict, notFound } from '../../kernel/errors.js';
import type { ArchivedPresetRow } from './archived-preset.entity.js';
import { PresetsFolder } from './presets-folder.driver.js';
import { type FolderEntry, mayDeploy, presetRights } from './presets.rules.js';
import { PresetsStore } from './presets.store.js';
import { SHIPPED_PRESETS } from './shipped-presets.js';

type ReadyEntry = Extract<FolderEntry, { state: 'ready' }>;
type Archived = ReadonlyMap<string, ArchivedPresetRow>;

/** The catalogue, as whoever asks may see it. */
@Injectable()
export class PresetsService {
  constructor(
    private readonly folder: PresetsFolder,
    private readonly store: PresetsStore,
    private readonly access: AccessService,
  ) {}

  async list(actor: Actor): Promise<CatalogueList> {
    this.access.require(actor, 'presets.see', null);
    const [entries, archived, saved] = await this.look();
    const items = entries
      .filter((entry) => this.isShown(actor, entry, archived))
      .map((entry) => toShown(actor, entry, { archived, saved }));
    const version = createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
    return { items, version };
  }

  async get(actor: Actor, name: string): Promise<CatalogueEntry> {
    const entry = await this.find(actor, name);
    const [, archived, saved] = await this.look();
    const shown = toShown(actor, entry, { archived, saved });
    const mends = entry.state === 'broken' && shown.state === 'broken' && shown.rights.can.includes('presets.update');
    return mends ? { ...shown, text: entry.text } : shown;
  }

  /** One that this person may deploy. */
  async getDeployable(actor: Actor, name: string): Promise<ReadyEntry> {
    const entry = await this.find(actor, name);
    if (entry.state === 'broken') throw brokenPreset(name, entry);
    if ((await this.store.archived()).has(name))
      throw conflict('preset_archived', `The preset ${name} is not offered any more.`, { params: { name } });
    this.access.require(actor, 'containers.create', null);
    if (!mayDeploy(actor, entry.preset)) this.access.require(actor, 'containers.createAny', onTenant(actor.tenantId));
    return entry;
  }

  /** As it is now, whoever asks; undefined where it is gone, broken, or not offered any more. */
  async findOffered(name: string): Promise<Pick<ReadyEntry, 'preset' | 'digest'> | undefined> {
    return (await this.store.archived()).has(name) ? undefined : this.findCurrent(name);
  }

  /** The same, also where it is not offered any more. */
  async findCurrent(name: string): Promise<Pick<ReadyEntry, 'preset' | 'digest'> | undefined> {
    const entry = (await this.folder.entries()).find((candidate) => nameOf(candidate) === name);
    return entry?.state === 'ready' ? { preset: entry.preset, digest: entry.digest } : undefined;
  }

  /** Which of its saved versions these are; null for one nobody saved. */
  async stands(name: string, digests: readonly string[]): Promise<Array<{ digest: string; number: number | null }>> {
    const versions = await this.store.versions(name);
    return digests.map((digest) => ({
      digest,
      number: versions.find((each) => each.digest === digest)?.number ?? null,
    }));
  }

  /** As the file it is, to be taken elsewhere. */
  async export(actor: Actor, name: string): Promise<Preset> {
    const entry = await this.find(actor, name);
    if (entry.state === 'broken') throw brokenPreset(name, entry);
    return entry.preset;
  }

  /** What it was before, the newest first. */
  async versions(actor: Actor, name: string): Promise<PresetVersionList> {
    this.access.require(actor, 'presets.update', null);
    await this.find(actor, name);
    const items = (await this.store.versions(name)).map(
      ({ number, digest, preset, savedBy, savedByName, savedAt }) => ({
        number,
        digest,
        preset,
        savedBy: savedBy === null ? null : { id: savedBy, name: savedByName ?? '' },
        savedAt: toIso(savedAt),
      }),
    );
    return { items, version: String(items[0]?.number ?? 0) };
  }

  /** As it is in the folder; 404 for what this person is not shown. */
  async find(actor: Actor, name: string): Promise<FolderEntry> {
    this.access.require(actor, 'presets.see', null);
    const entry = (await this.folder.entries()).find((candidate) => nameOf(candidate) === name);
    if (!entry || !this.isShown(actor, entry, await this.store.archived())) throw notFound('preset', name);
    return entry;
  }

  private look() {
    return Promise.all([this.folder.entries(), this.store.archived(), this.store.lastDigests()]);
  }

  /** What is not offered any more is still there for who may offer it again. */
  private isShown(actor: Actor, entry: FolderEntry, archived: Archived): boolean {
    return !archived.has(nameOf(entry)) || this.access.allows(actor, 'presets.update', null);
  }
}

function toShown(
  actor: Actor,
  entry: FolderEntry,
  { archived, saved }: { archived: Archived; saved: ReadonlyMap<string, string> },
): CatalogueEntry {
  const name = nameOf(entry);
  const archive = archived.get(name);
  if (entry.state === 'broken')
    return {
      state: 'broken',
      file: entry.file,
      reason: entry.reason,
      digest: entry.digest,
      rights: presetRights(actor, undefined, { archived: archive !== undefined }),
    };
  const source =
    saved.get(name) === entry.digest ? 'saved' : SHIPPED_PRESETS.has(name) && !saved.has(name) ? 'shipped' : 'file';
  return {
    ...entry,
    source,
    archivedAt: toIsoOrNull(archive?.archivedAt ?? null),
    rights: presetRights(actor, entry.preset, { archived: archive !== undefined }),
  };
}

const brokenPreset = (name: string, { file, reason }: Extract<FolderEntry, { state: 'broken' }>) =>
  conflict('preset_broken', `The preset ${name} cannot be used: ${reason.replace(/\.$/, '')}.`, {
    params: { file, reason },
  });

const nameOf = (entry: FolderEntry): Preset['name'] =>
  entry.state === 'ready' ? entry.preset.name : entry.file.replace(/\.json$/, '');
