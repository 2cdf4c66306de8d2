import { Injectable } from '@nestjs/common';
import type { EnvironmentId, OperationId } from '@bailiwick/contract';
import type { Engine, EngineVolume } from '../../foundation/environments/engine.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import type { VolumeRow } from '../../foundation/environments/volume.entity.js';
import { VolumeLabels } from '../../foundation/environments/volume-labels.js';
import { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { WorkspaceFolders } from '../../foundation/environments/workspace-folders.driver.js';
import { isWorkspace } from '../../foundation/environments/workspace-name.rules.js';
import { isAppError } from '../../kernel/errors.js';
import { isPlain, volumeInUse, volumeRefused } from './volumes.rules.js';

const MEASURE_WITHIN_MS = 4000;

interface Making {
  readonly extraLabels: Readonly<Record<string, string>>;
  /** Who is to write into it, by number; null where the image decides. */
  readonly user: string | null;
}

/** Volumes on their engine, and workspaces on the core's own disk. Whatever is there under a name is looked at first: only what we made is mounted or removed. */
@Injectable()
export class VolumeDataService {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly labels: VolumeLabels,
    private readonly rows: VolumeRowsService,
    private readonly workspaces: WorkspaceFolders,
  ) {}

  /** There and ours when this returns; made where it is missing, unless it was kept and should be there. */
  async ensure(row: VolumeRow, { extraLabels, user }: Making, signal: AbortSignal): Promise<void> {
    const engine = this.engineOf(row);
    if (row.detachedAt !== null) return this.assertFree(row, signal);
    if (isWorkspace(row.name)) return this.makeWorkspace(row, user);
    const found = await engine.findVolume(row.name, signal);
    if (!found) await engine.ensureVolume(row.name, { ...extraLabels, ...this.labels.of(row, row.tenantId) }, signal);
    // A create answers with the volume that was there already: what is mounted is what was looked at.
    this.assertOurs(row, found ?? (await engine.findVolume(row.name, signal)));
  }

  /** 409 unless it is there, ours, and mounted by nobody. */
  async assertFree(row: VolumeRow, signal?: AbortSignal): Promise<void> {
    if (isWorkspace(row.name)) await this.assertWorkspace(row);
    else this.assertOurs(row, await this.engineOf(row).findVolume(row.name, signal));
    await this.assertUsedBy(row, [], signal);
  }

  /** 409 where it is somebody else's, or others mount it as well; one that is gone already is fine. */
  async assertRemovable(row: VolumeRow, users: readonly string[]): Promise<void> {
    if (isWorkspace(row.name)) {
      if ((await this.workspaces.look(row.name)) === 'nothing') return;
      await this.assertWorkspace(row);
    } else {
      const found = await this.engineOf(row).findVolume(row.name);
      if (!found) return;
      this.assertOurs(row, found);
    }
    await this.assertUsedBy(row, users);
  }

  /** From the engine, then from our rows; safe to repeat. Nothing that is not ours is touched. */
  async remove(row: VolumeRow, signal?: AbortSignal): Promise<void> {
    await this.takeAway(row, signal);
    await this.rows.markRemoved(row.id);
  }

  /** Work that came to nothing takes its own away: what it took over, or found in its way, stays as it was. */
  async takeBack(rows: readonly VolumeRow[], operationId: OperationId): Promise<void> {
    for (const row of rows) {
      if (row.operationId !== operationId) continue;
      try {
        await this.takeAway(row);
      } catch (error) {
        // It never was ours. What is, and cannot be taken away, is said.
        if (!isAppError(error, 'volume_refused') || error.params?.['reason'] === 'not_ours_to_write') throw error;
      }
    }
  }

  /** From the engine, or from the disk, only. */
  async takeAway(row: VolumeRow, signal?: AbortSignal): Promise<void> {
    if (isWorkspace(row.name)) return this.removeWorkspace(row, signal);
    const engine = this.engineOf(row);
    const found = await engine.findVolume(row.name, signal);
    if (!found) return;
    this.assertOurs(row, found);
    await engine.removeVolume(row.name, signal);
  }

  /** Bytes by name, as far as an engine tells in time. */
  async sizes(environmentId: EnvironmentId): Promise<ReadonlyMap<string, number>> {
    if (this.environments.state(environmentId).state !== 'online') return new Map();
    const timeUp = AbortSignal.timeout(MEASURE_WITHIN_MS);
    try {
      return await this.environments.engineOf(environmentId).volumeSizes(timeUp);
    } catch (error) {
      if (timeUp.aborted || isOutage(error) || isAppError(error, 'engine_refused')) return new Map();
      throw error;
    }
  }

  private async makeWorkspace({ name }: VolumeRow, user: string | null): Promise<void> {
    const owner = user === null ? null : Number(user.split(':')[0]);
    const made = await this.workspaces.make(name, owner).catch(asNotOurs(name));
    if (made === 'foreign') throw volumeRefused(name, 'foreign');
  }

  private async assertWorkspace({ name }: VolumeRow): Promise<void> {
    const found = await this.workspaces.look(name);
    if (found !== 'folder') throw volumeRefused(name, found === 'nothing' ? 'gone' : 'foreign');
  }

  /** Only once no container has it: what somebody writes meanwhile would be left. */
  private async removeWorkspace(row: VolumeRow, signal?: AbortSignal): Promise<void> {
    if ((await this.workspaces.look(row.name)) === 'nothing') return;
    await this.assertWorkspace(row);
    await this.assertUsedBy(row, [], signal);
    await this.workspaces.remove(row.name).catch(asNotOurs(row.name));
  }

  private assertOurs(row: VolumeRow, found: EngineVolume | undefined): void {
    if (!found) throw volumeRefused(row.name, 'gone');
    const isOurs = isPlain(found) && this.labels.proves(found.labels, row);
    if (!isOurs) throw volumeRefused(row.name, 'foreign');
  }

  private async assertUsedBy(row: VolumeRow, users: readonly string[], signal?: AbortSignal): Promise<void> {
    const found = await this.engineOf(row).volumeUsers(row.name, signal);
    if (found.some((user) => !users.includes(user))) throw volumeInUse(row.name);
  }

  private engineOf({ environmentId }: VolumeRow): Engine {
    return this.environments.engineOf(environmentId);
  }
}

/** A program in a container may write as somebody whose files only they may take away. */
const asNotOurs =
  (name: string) =>
  (error: unknown): never => {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    throw code === 'EACCES' || code === 'EPERM' ? volumeRefused(name, 'not_ours_to_write') : error;
  };
