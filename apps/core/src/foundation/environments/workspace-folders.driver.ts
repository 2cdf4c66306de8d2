import { chmod, chown, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config.js';
import { CONFIG } from '../../kernel/tokens.js';
import { OpenFolder } from '../../kernel/disk/open-folder.js';
import { within } from '../../kernel/disk/walk.js';
import { isWorkspace } from './workspace-name.rules.js';

const OWNER_ONLY = 0o700;

/** What is at a workspace's place: nothing, a folder, or something that is no folder or leads elsewhere. */
export type Found = 'nothing' | 'folder' | 'foreign';

/**
 * Managed workspaces on the core's own disk. Paths come from names alone, every folder on the way is our own and only
 * its owner's, and nothing is reached through a link.
 */
@Injectable()
export class WorkspaceFolders {
  private readonly root: string;

  constructor(@Inject(CONFIG) { storageDir }: Pick<Config, 'storageDir'>) {
    this.root = path.join(storageDir, 'workspaces');
  }

  async look(name: string): Promise<Found> {
    const steps = this.stepsTo(name);
    for (const step of steps) {
      const found = await lookAt(step);
      if (found !== 'folder') return found;
    }
    return 'folder';
  }

  /** There when this returns, and the number's who is to write into it; safe to repeat until a container has it. */
  async make(name: string, ownerId: number | null): Promise<Found> {
    const steps = this.stepsTo(name);
    const place = steps.at(-1);
    for (const step of steps) {
      if ((await lookAt(step)) === 'nothing') await mkdir(step, { mode: OWNER_ONLY });
      if ((await lookAt(step)) !== 'folder') return 'foreign';
      // Whatever the process masks, and whoever loosened it.
      await chmod(step, OWNER_ONLY);
      if (step === place && ownerId !== null) await chown(step, ownerId, ownerId);
    }
    return 'folder';
  }

  /** With all that is in it; a link in it goes, what it leads to stays. Gone already is fine. */
  async remove(name: string): Promise<void> {
    const place = this.stepsTo(name).at(-1);
    if (place !== undefined) await rm(place, { recursive: true, force: true });
  }

  /** From the panel's own folder down, by no path that anybody could change meanwhile. Close it. */
  async open(name: string): Promise<OpenFolder> {
    const [, ...steps] = this.stepsTo(name).map((step) => path.basename(step));
    const root = await OpenFolder.at(this.root);
    try {
      return await within(root, steps.slice(0, -1), (tenant) => tenant.folder(steps.at(-1) ?? ''));
    } finally {
      await root.close();
    }
  }

  /** Whether this is what the host calls the folder of workspaces, and the core as well. */
  isAt(folder: string | null): boolean {
    return folder === this.root;
  }

  /** Every workspace that is there. */
  async list(): Promise<string[]> {
    const names: string[] = [];
    for (const tenant of await entriesOf(this.root))
      for (const id of await entriesOf(path.join(this.root, tenant))) names.push(`${tenant}/${id}`);
    return names.filter(isWorkspace);
  }

  /** The folders from the storage's own down to it. */
  private stepsTo(name: string): string[] {
    if (!isWorkspace(name)) throw new Error(`${JSON.stringify(name)} is no workspace.`);
    const [tenant = '', id = ''] = name.split('/');
    return [this.root, path.join(this.root, tenant), path.join(this.root, tenant, id)];
  }
}

/** Looked at itself, not what it leads to. */
async function lookAt(place: string): Promise<Found> {
  try {
    return (await lstat(place)).isDirectory() ? 'folder' : 'foreign';
  } catch (error) {
    if (isMissing(error)) return 'nothing';
    throw error;
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
