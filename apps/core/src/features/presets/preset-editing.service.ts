import { Injectable } from '@nestjs/common';
import type {
  CatalogueEntry,
  CreatePreset,
  DeletePreset,
  ImportPreset,
  Preset,
  PresetImport,
  PresetRemoval,
  UpdatePreset,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, invalid } from '../../kernel/errors.js';
import { Mutex } from '../../kernel/mutex.js';
import { readImport } from './preset-import.rules.js';
import { PresetsFolder } from './presets-folder.driver.js';
import { findMistake, type FolderEntry, toPresetName } from './presets.rules.js';
import { PresetsService } from './presets.service.js';
import { PresetsStore } from './presets.store.js';

/** Changes the catalogue. No change touches a container that was made from it. */
@Injectable()
export class PresetEditingService {
  private readonly turn = new Mutex();

  constructor(
    private readonly presets: PresetsService,
    private readonly folder: PresetsFolder,
    private readonly store: PresetsStore,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  create(actor: Actor, wanted: CreatePreset): Promise<CatalogueEntry> {
    this.access.require(actor, 'presets.create', null);
    const name = toPresetName(wanted.name);
    if (name === undefined)
      throw invalid([{ path: 'name', code: 'invalid_name', message: 'Use letters and digits for the name.' }]);
    const preset = { ...wanted, name };
    assertWhole(preset);
    return this.turn.run(async () => {
      if (await this.isThere(name))
        throw conflict('preset_exists', `There is a preset ${name} already.`, { params: { name } });
      await this.database.transaction(async (rows) => {
        await this.record(rows, actor, 'presets.create', preset, {});
        await this.store.restore(rows, name); // an older one of that name may have been archived
        await this.save(rows, actor, preset);
      });
      return this.presets.get(actor, name);
    });
  }

  update(actor: Actor, name: string, { preset, version }: UpdatePreset): Promise<CatalogueEntry> {
    this.access.require(actor, 'presets.update', null);
    if (preset.name !== name)
      throw invalid([{ path: 'preset.name', code: 'other_name', message: `This is the preset ${name}.` }]);
    assertWhole(preset, 'preset.');
    return this.turn.run(async () => {
      const before = await this.presets.find(actor, name);
      assertVersion(name, before, version);
      await this.database.transaction(async (rows) => {
        await this.record(rows, actor, 'presets.update', preset, { before: before.digest });
        await this.keepFirst(rows, before);
        await this.save(rows, actor, preset);
      });
      return this.presets.get(actor, name);
    });
  }

  delete(actor: Actor, name: string, { version, archive }: DeletePreset): Promise<PresetRemoval> {
    this.access.require(actor, 'presets.delete', null);
    return this.turn.run(async () => {
      const entry = await this.presets.find(actor, name);
      assertVersion(name, entry, version);
      const outcome = await this.database.transaction(async (rows) => {
        const count = await this.store.countMade(rows, name);
        if (count > 0 && !archive)
          throw conflict('preset_in_use', `${count} containers were made from ${name}. It can be archived.`, {
            params: { name, count },
          });
        if (archive) {
          const by = { archivedBy: actor.userId, archivedByName: actor.displayName, archivedAt: this.clock.now() };
          await this.record(rows, actor, 'presets.archive', { name, title: titleOf(entry) }, { containers: count });
          await this.store.archive(rows, { name, ...by });
          return 'archived' as const;
        }
        await this.record(rows, actor, 'presets.delete', { name, title: titleOf(entry) }, { before: entry.digest });
        await this.keepFirst(rows, entry);
        await this.store.restore(rows, name);
        await this.folder.remove(entry.state === 'ready' ? `${name}.json` : entry.file);
        return 'deleted' as const;
      });
      return { outcome };
    });
  }

  restore(actor: Actor, name: string): Promise<CatalogueEntry> {
    this.access.require(actor, 'presets.update', null);
    return this.turn.run(async () => {
      const entry = await this.presets.find(actor, name);
      if (!(await this.store.archived()).has(name))
        throw conflict('wrong_state', `The preset ${name} is not archived.`, { params: { state: 'offered' } });
      await this.database.transaction(async (rows) => {
        await this.record(rows, actor, 'presets.restore', { name, title: titleOf(entry) }, {});
        await this.store.restore(rows, name);
      });
      return this.presets.get(actor, name);
    });
  }

  /** Reads it only: what it comes to can be looked at before it is saved. */
  import(actor: Actor, { document }: ImportPreset): PresetImport {
    this.access.require(actor, 'presets.create', null);
    const read = readImport(document);
    if ('issues' in read) throw invalid(read.issues);
    assertWhole(read.preset, 'document.');
    return read;
  }

  private async isThere(name: string): Promise<boolean> {
    const entries = await this.folder.entries();
    return entries.some((entry) => (entry.state === 'ready' ? entry.preset.name : entry.file.slice(0, -5)) === name);
  }

  /** The file last: rows of a write that failed are taken back, a file is not. */
  private async save(rows: EntityManager, actor: Actor, preset: Preset): Promise<void> {
    const digest = this.folder.digestOf(preset);
    const by = { savedBy: actor.userId, savedByName: actor.displayName, savedAt: this.clock.now() };
    await this.store.addVersion(rows, { name: preset.name, digest, preset, ...by });
    await this.folder.write(preset);
  }

  /** What nobody saved in the panel is kept before it is written over. */
  private async keepFirst(rows: EntityManager, entry: FolderEntry): Promise<void> {
    if (entry.state === 'broken') return;
    const { preset, digest } = entry;
    if (await this.store.hasDigest(rows, preset.name, digest)) return;
    const nobody = { savedBy: null, savedByName: null, savedAt: this.clock.now() };
    await this.store.addVersion(rows, { name: preset.name, digest, preset, ...nobody });
  }

  private record(
    rows: EntityManager,
    actor: Actor,
    action: string,
    { name, title }: { name: string; title: string },
    details: Record<string, unknown>,
  ): Promise<void> {
    const target = { kind: 'preset', id: name, label: title };
    return this.audit.record(rows, { actor, action, target, outcome: 'done', details });
  }
}

const titleOf = (entry: FolderEntry): string => (entry.state === 'ready' ? entry.preset.title : entry.file);

function assertVersion(name: string, entry: FolderEntry, version: string): void {
  if (entry.digest === version) return;
  throw conflict('preset_changed', `The preset ${name} is not what it was when you read it.`, {
    params: { name, version: entry.digest },
  });
}

/** 400 at the place where it does not fit together. */
function assertWhole(preset: Preset, base = ''): void {
  const mistake = findMistake(preset);
  if (mistake === undefined) return;
  const [path = '', ...words] = mistake.split(': ');
  throw invalid([{ path: `${base}${path}`, code: 'does_not_fit', message: words.join(': ') }]);
}
