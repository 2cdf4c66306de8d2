import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { ContainerId, EnvironmentId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { isMissing } from '../../kernel/disk/open-folder.js';
import { CONFIG } from '../../kernel/tokens.js';
import {
  HEADER_BYTES,
  isHeaderOf,
  slotBytes,
  slotOffset,
  tierOffset,
  toBytes,
  toHeader,
  toSlots,
} from './history-file.rules.js';
import { type Slot, TIERS } from './tiers.rules.js';

const SUFFIX = '.metrics';
const BLOCK_BYTES = 512;

export type MeasuredId = ContainerId | EnvironmentId;

export interface HistoryFile {
  readonly id: string;
  readonly writtenAtMs: number;
  /** What it takes of the disk. */
  readonly bytes: number;
}

/** One file for each thing that is measured, as large as it will ever be: new steps are written over the oldest. */
@Injectable()
export class HistoryFolder {
  private readonly folder: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.folder = path.join(config.storageDir, 'metrics');
  }

  write(id: MeasuredId, tier: number, slots: readonly Slot[], measures: number): void {
    const handle = this.openOrMake(this.pathOf(id));
    try {
      // One that is new has none; one that counts other things is of an older release, and begun anew.
      if (!isHeaderOf(headerOf(handle), measures)) writeSync(handle, toHeader(measures), 0, HEADER_BYTES, 0);
      for (const slot of slots) writeSync(handle, toBytes(slot), 0, null, slotOffset(tier, slot.step, measures));
    } finally {
      closeSync(handle);
    }
  }

  /** In no order. */
  read(id: MeasuredId, tier: number, measures: number, steps: { first: number; last: number }): Slot[] {
    const handle = openIfThere(this.pathOf(id), 'r');
    if (handle === undefined) return [];
    try {
      if (!isHeaderOf(headerOf(handle), measures)) return [];
      const offset = tierOffset(tier, measures);
      const length = Math.min((TIERS[tier]?.slots ?? 0) * slotBytes(measures), fstatSync(handle).size - offset);
      if (length <= 0) return [];
      const bytes = Buffer.alloc(length);
      readSync(handle, bytes, 0, length, offset);
      return toSlots(bytes, measures, steps.first, steps.last);
    } finally {
      closeSync(handle);
    }
  }

  async files(): Promise<HistoryFile[]> {
    if (!existsSync(this.folder)) return [];
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(SUFFIX));
    return Promise.all(
      names.map(async (name) => {
        const { mtimeMs, blocks } = await stat(path.join(this.folder, name));
        return { id: name.slice(0, -SUFFIX.length), writtenAtMs: mtimeMs, bytes: blocks * BLOCK_BYTES };
      }),
    );
  }

  async remove({ id }: HistoryFile): Promise<void> {
    await rm(path.join(this.folder, `${id}${SUFFIX}`), { force: true });
  }

  private openOrMake(file: string): number {
    const handle = openIfThere(file, 'r+');
    if (handle !== undefined) return handle;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return openSync(file, 'w+', 0o600);
  }

  /** Ids have letters and digits only: nothing in them leads elsewhere. */
  private pathOf(id: MeasuredId): string {
    return path.join(this.folder, `${id}${SUFFIX}`);
  }
}

function openIfThere(file: string, flags: 'r' | 'r+'): number | undefined {
  try {
    return openSync(file, flags);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function headerOf(handle: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(handle, header, 0, HEADER_BYTES, 0);
  return header;
}
