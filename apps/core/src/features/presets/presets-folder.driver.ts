import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';

import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config.js';
import type { Preset } from '@bailiwick/contract';
import { unreachable } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { type FolderEntry, toEntry } from './presets.rules.js';

const MAX_BYTES = 256 * 1024;
const MAX_FILES = 500;

interface Kept {
  readonly stamp: string;
  readonly entry: FolderEntry;
}

/** The JSON files of `presets/`. Every look compares their stamps, so a file dropped in by hand is there at once. */
@Injectable()
export class PresetsFolder {
  private readonly folder: string;
  private readonly kept = new Map<string, Kept>();
  private reading: Promise<void> | undefined;
  /** Rises whenever a file was added, changed or removed. */
  version = 0;

  constructor(@Inject(CONFIG) config: Config) {
    this.folder = config.presetsDir;
  }

  /** By file name. */
  async entries(): Promise<FolderEntry[]> {
    this.reading ??= this.look().finally(() => (this.reading = undefined));
    await this.reading;
    return [...this.kept.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { entry }]) => entry);
  }

  /** Whole or not at all, under the name of the preset: a name is never a path. */
  async write(preset: Preset): Promise<void> {
    const text = toText(preset);
    const place = path.join(this.folder, `${preset.name}.json`);
    const draft = path.join(this.folder, `.${preset.name}.${randomUUID()}`);
    try {
      await writeFile(draft, text, { flag: 'wx', mode: 0o644, flush: true });
      await rename(draft, place);
    } catch (error) {
      await rm(draft, { force: true });
      throw unwritable(error);
    }
  }

  /** Of the file it is written as. */
  digestOf(preset: Preset): string {
    return digestOf(toText(preset));
  }

  async remove(file: string): Promise<void> {
    try {
      await rm(path.join(this.folder, path.basename(file)));
    } catch (error) {
      throw unwritable(error);
    }
  }

  private async look(): Promise<void> {
    const files = await this.files();
    for (const file of [...this.kept.keys()]) {
      if (files.includes(file)) continue;
      this.kept.delete(file);
      this.version += 1;
    }
    await Promise.all(files.map((file) => this.lookAt(file)));
  }

  private async lookAt(file: string): Promise<void> {
    const place = path.join(this.folder, file);
    const found = await stat(place).catch(ignoreMissing);
    if (!found) return;
    const stamp = `${found.mtimeMs}.${found.ctimeMs}.${found.size}.${found.ino}`;
    if (this.kept.get(file)?.stamp === stamp) return;
    const entry = found.isFile() && found.size <= MAX_BYTES ? await this.read(file, place) : notAPreset(file);
    this.kept.set(file, { stamp, entry });
    this.version += 1;
  }

  private async read(file: string, place: string): Promise<FolderEntry> {
    try {
      const text = await readFile(place, 'utf8');
      return toEntry(file, text, digestOf(text));
    } catch (error) {
      return {
        state: 'broken',
        file,
        reason: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        digest: null,
        text: '',
      };
    }
  }

  private async files(): Promise<string[]> {
    const names = (await readdir(this.folder).catch(ignoreMissing)) ?? [];
    return names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).slice(0, MAX_FILES);
  }
}

const toText = (preset: Preset): string => `${JSON.stringify(preset, null, 2)}\n`;
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The folder may stand on a disk nobody may write to. */
function unwritable(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM' && code !== 'ENOENT') return error;
  return unreachable('storage_unavailable', 'The folder of the presets cannot be written to.', { cause: error });
}

const notAPreset = (file: string): FolderEntry => ({
  state: 'broken',
  file,
  reason: `is not a plain file of at most ${MAX_BYTES} bytes`,
  digest: null,
  text: '',
});

/** An installation without presets is a small one, not a broken one. */
function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
