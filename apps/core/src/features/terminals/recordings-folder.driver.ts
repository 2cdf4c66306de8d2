import { constants, type ReadStream } from 'node:fs';
import { chmod, mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { TenantId, TerminalId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { endAtLastLine } from '../../kernel/disk/whole-lines.js';
import { CONFIG } from '../../kernel/tokens.js';
import { type Beginning, RecordingFile } from './recording-file.js';

const OWNER_ONLY = 0o700;

interface Named {
  readonly id: TerminalId;
  readonly tenantId: TenantId;
}

/** Where recordings lie: a file each, in a folder of their tenant, nobody's but the core's. */
@Injectable()
export class RecordingsFolder {
  private readonly root: string;

  constructor(@Inject(CONFIG) { storageDir }: Pick<Config, 'storageDir'>) {
    this.root = path.join(storageDir, 'recordings');
  }

  async begin(named: Named, beginning: Beginning): Promise<RecordingFile> {
    for (const folder of [this.root, path.join(this.root, named.tenantId)]) {
      await mkdir(folder, { recursive: true, mode: OWNER_ONLY });
      // Whatever the process masks, and whoever loosened it.
      await chmod(folder, OWNER_ONLY);
    }
    return new RecordingFile(this.placeOf(named), beginning);
  }

  /** Undefined where there is none. */
  async read(named: Named): Promise<ReadStream | undefined> {
    try {
      const file = await open(this.placeOf(named), constants.O_RDONLY | constants.O_NOFOLLOW);
      return file.createReadStream();
    } catch (error) {
      return exceptMissing(error);
    }
  }

  /** Whole again after a core was killed; undefined where there is none. */
  async mend(named: Named): Promise<{ bytes: number; endedAtMs: number } | undefined> {
    try {
      const { mtimeMs } = await stat(this.placeOf(named));
      return { bytes: endAtLastLine(this.placeOf(named)), endedAtMs: Math.round(mtimeMs) };
    } catch (error) {
      return exceptMissing(error);
    }
  }

  /** Gone already is fine. */
  async remove(named: Named): Promise<void> {
    await rm(this.placeOf(named), { force: true });
  }

  private placeOf({ tenantId, id }: Named): string {
    return path.join(this.root, tenantId, `${id}.cast`);
  }
}

function exceptMissing(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
