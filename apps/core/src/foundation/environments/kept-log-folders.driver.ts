import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ContainerId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { isMissing } from '../../kernel/disk/open-folder.js';
import { CONFIG } from '../../kernel/tokens.js';

/** Where the logs of containers are kept: a folder for each, named by its id. */
@Injectable()
export class KeptLogFolders {
  private readonly root: string;

  constructor(@Inject(CONFIG) { storageDir }: Pick<Config, 'storageDir'>) {
    this.root = path.join(storageDir, 'logs');
  }

  /** Ids have letters and digits only: nothing in them leads elsewhere. */
  folderOf(id: ContainerId): string {
    return path.join(this.root, id);
  }

  /** Whatever lies there, by its name. */
  async names(): Promise<string[]> {
    try {
      return await readdir(this.root);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async ids(): Promise<ContainerId[]> {
    return (await this.names()).flatMap((name) => ContainerId.safeParse(name).data ?? []);
  }

  /** Gone already is fine. */
  async remove(id: ContainerId): Promise<void> {
    await rm(this.folderOf(id), { recursive: true, force: true });
  }
}
