import { Injectable } from '@nestjs/common';
import type { Engine, EngineVolume } from '../../foundation/environments/engine.js';
import { isOwnName } from '../../foundation/environments/docker-spec.rules.js';
import { VolumeLabels } from '../../foundation/environments/volume-labels.js';
import { WorkspaceFolders } from '../../foundation/environments/workspace-folders.driver.js';
import { isWorkspace } from '../../foundation/environments/workspace-name.rules.js';
import { codeOf, OpenFolder, WrongThing } from '../../kernel/disk/open-folder.js';
import { isPlain } from '../volumes/volumes.rules.js';
import type { DiskRoot } from './disk-files.driver.js';
import { type Mount, withoutEnd } from './mounts.rules.js';

const UNREACHED: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP']);

/** Which mounts of a container the core can open itself: what this panel made, on the core's own disk. */
@Injectable()
export class DiskRootsService {
  constructor(
    private readonly labels: VolumeLabels,
    private readonly workspaces: WorkspaceFolders,
  ) {}

  async find(engine: Engine, mount: Mount): Promise<DiskRoot | undefined> {
    const open = this.openWorkspace(engine, mount) ?? (await this.openVolume(engine, mount));
    if (!open || !(await opens(open))) return undefined;
    return { target: withoutEnd(mount.target), readOnly: mount.readOnly, open };
  }

  /** What the engine calls a volume, as the core may open it. */
  async findVolume(engine: Engine, name: string): Promise<DiskRoot | undefined> {
    const open = isWorkspace(name) ? this.workspace(engine, name) : await this.volume(engine, name);
    return open && (await opens(open)) ? { target: '', readOnly: false, open } : undefined;
  }

  private openWorkspace(engine: Engine, { type, source }: Mount): DiskRoot['open'] | undefined {
    const folder = `${engine.workspacesDir}/`;
    if (type !== 'bind' || source?.startsWith(folder) !== true) return undefined;
    const name = source.slice(folder.length);
    return isWorkspace(name) ? this.workspace(engine, name) : undefined;
  }

  private workspace({ workspacesDir }: Engine, name: string): DiskRoot['open'] | undefined {
    return workspacesDir === null ? undefined : () => this.workspaces.open(name);
  }

  private async openVolume(engine: Engine, { type, name }: Mount): Promise<DiskRoot['open'] | undefined> {
    return type === 'volume' && name !== null && isOwnName(name) ? this.volume(engine, name) : undefined;
  }

  /** Only where the engine's paths are the core's own: not from another host, and not from another container. */
  private async volume(engine: Engine, name: string): Promise<DiskRoot['open'] | undefined> {
    if (!this.workspaces.isAt(engine.workspacesDir)) return undefined;
    const volume: EngineVolume | undefined = await engine.findVolume(name);
    const mountpoint = volume?.mountpoint ?? null;
    if (!volume || mountpoint === null || !isPlain(volume) || !this.labels.find(volume)) return undefined;
    return () => OpenFolder.at(mountpoint);
  }
}

async function opens(open: DiskRoot['open']): Promise<boolean> {
  try {
    await (await open()).close();
    return true;
  } catch (error) {
    // Something else may lie there: a link, or a mount of its own. The container then reaches it and the core does not.
    if (error instanceof WrongThing || UNREACHED.has(codeOf(error) ?? '')) return false;
    throw error;
  }
}
