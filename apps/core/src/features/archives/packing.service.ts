import type { FileHandle } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import type { PackResult } from '@bailiwick/contract';
import { StartersService } from '../../foundation/operations/starters.service.js';
import { ArchiveRefused } from '../../kernel/archives/archive.js';
import { packTree } from '../../kernel/archives/pack-tree.js';
import { modeOf, ownerOf } from '../../kernel/disk/copy-tree.js';
import { dress, type OpenFolder } from '../../kernel/disk/open-folder.js';
import { removeTree } from '../../kernel/disk/remove-tree.js';
import { FileVisitsService, type Visit } from '../files/file-visits.service.js';
import { assertMakes, splitPath } from '../files/files.rules.js';
import { stagingName, toArchiveError } from './archives.rules.js';
import { discardStaging } from './discard-staging.js';
import type { PackPlan } from './pack.operation.js';
import type { Work } from './unpack.operation.js';

const FILE_MODE = 0o644;
const WITHIN_MS = 30 * 60_000;
const MOST_ENTRIES = 100_000;
/** What is left for everything else on that disk. */
const SPARE_BYTES = 64 * 1024 * 1024;

interface Filling extends Pick<PackPlan, 'names' | 'format'> {
  readonly folder: OpenFolder;
  readonly room: number;
}

/** The steps of packing. Each finds its way anew, by the rights its person has now. */
@Injectable()
export class PackingService {
  constructor(
    private readonly starters: StartersService,
    private readonly visits: FileVisitsService,
  ) {}

  async write(plan: PackPlan, work: Work): Promise<PackResult> {
    const visit = await this.begin(plan, work);
    const from = await this.visits.get(visit, plan.folder, 'folder');
    const to = await this.visits.place(visit, plan.to);
    const room = Math.max(0, ((await to.tree.room(to.folder)) ?? 0) - SPARE_BYTES);
    const beside = stagingName(work.facts.id);
    return to.tree.hold(to.folder, { write: true }, async (target) => {
      await removeTree(target, beside);
      const before = await target.find(to.name);
      const owner = ownerOf(before ?? (await target.stat()));
      const file = await target.createFile(beside);
      try {
        const made = await from.tree.hold(from.path, { write: false }, (folder) =>
          this.fill(file, { ...plan, folder, room }, work),
        );
        await dress(file, owner, before ? modeOf(before) : FILE_MODE);
        await file.datasync();
        return made;
      } finally {
        await file.close();
      }
    });
  }

  /** Asked in its turn whether it still may, and is still wanted: it may have waited for long. */
  async place(plan: PackPlan, work: Work): Promise<void> {
    const beside = stagingName(work.facts.id);
    await this.visits.inTurn(plan.containerId, async () => {
      work.signal.throwIfAborted();
      const to = await this.visits.place(await this.begin(plan, work), plan.to);
      await to.tree.hold(to.folder, { write: true }, async (folder) => {
        // It is in its place already where the try before this one only could not say so.
        if (!(await folder.find(beside))) return;
        assertMakes(await to.tree.look(to.path), { path: to.path, replace: plan.replace });
        await folder.rename(beside, folder, to.name);
      });
    });
  }

  async discard({ containerId, to }: PackPlan, { facts }: Work): Promise<void> {
    await discardStaging(this.visits, { containerId, folder: splitPath(to).folder, id: facts.id });
  }

  /** No longer, no more and no larger than agreed: what is packed may be endless, or grow. */
  private async fill(to: FileHandle, { folder, names, format, room }: Filling, work: Work): Promise<PackResult> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new ArchiveRefused('time')), WITHIN_MS);
    const signal = AbortSignal.any([work.signal, late.signal]);
    let sizeBytes = 0;
    try {
      const { left } = await packTree({
        folder,
        names,
        format,
        to,
        signal,
        mostEntries: MOST_ENTRIES,
        wrote: (bytes) => {
          sizeBytes += bytes;
          if (sizeBytes > room) throw new ArchiveRefused('bytes');
          work.progress(sizeBytes, null);
        },
      });
      return { sizeBytes, left };
    } catch (error) {
      throw toArchiveError(late.signal.aborted ? late.signal.reason : error, { named: false });
    } finally {
      clearTimeout(timer);
    }
  }

  private async begin({ containerId, scope }: PackPlan, { facts }: Work): Promise<Visit> {
    const { actorId, via, address } = facts;
    const visit = await this.visits.begin(await this.starters.actor(actorId, { via, address, scope }), containerId, 'files.write'); // prettier-ignore
    this.visits.alsoNeeds(visit, 'files.read');
    return visit;
  }
}
