import { Injectable } from '@nestjs/common';
import type { PackResult } from '@bailiwick/contract';
import { StartersService } from '../../foundation/operations/starters.service.js';
import { packTree } from '../../kernel/archives/pack-tree.js';
import { modeOf, ownerOf } from '../../kernel/disk/copy-tree.js';
import { dress } from '../../kernel/disk/open-folder.js';
import { removeTree } from '../../kernel/disk/remove-tree.js';
import { FileVisitsService, type Visit } from '../files/file-visits.service.js';
import { assertMakes, splitPath } from '../files/files.rules.js';
import { stagingName } from './archives.rules.js';
import type { PackPlan } from './pack.operation.js';
import type { Work } from './unpack.operation.js';

const FILE_MODE = 0o644;

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
    const beside = stagingName(work.facts.id);
    return to.tree.hold(to.folder, { write: true }, async (target) => {
      await removeTree(target, beside);
      const file = await target.createFile(beside);
      try {
        let sizeBytes = 0;
        const { left } = await from.tree.hold(from.path, { write: false }, (folder) =>
          packTree({
            folder,
            names: plan.names,
            format: plan.format,
            to: file,
            signal: work.signal,
            wrote: (bytes) => work.progress((sizeBytes += bytes), null),
          }),
        );
        await file.datasync();
        return { sizeBytes, left };
      } finally {
        await file.close();
      }
    });
  }

  async place(plan: PackPlan, work: Work): Promise<void> {
    const to = await this.visits.place(await this.begin(plan, work), plan.to);
    const beside = stagingName(work.facts.id);
    await this.visits.inTurn(plan.containerId, () =>
      to.tree.hold(to.folder, { write: true }, async (folder) => {
        // It is in its place already where the try before this one only could not say so.
        if (!(await folder.find(beside))) return;
        assertMakes(await to.tree.look(to.path), { path: to.path, replace: plan.replace });
        const before = await folder.find(to.name);
        const { file } = await folder.openFile(beside);
        try {
          await dress(file, ownerOf(before ?? (await folder.stat())), before ? modeOf(before) : FILE_MODE);
        } finally {
          await file.close();
        }
        await folder.rename(beside, folder, to.name);
      }),
    );
  }

  async discard(plan: PackPlan, { facts }: Work): Promise<void> {
    const { folder } = splitPath(plan.to);
    const tree = await this.visits.ownTree(plan.containerId, folder);
    await tree.hold(folder, { write: true }, (open) => removeTree(open, stagingName(facts.id)));
  }

  private async begin({ containerId, scope }: PackPlan, { facts }: Work): Promise<Visit> {
    const { actorId, via, address } = facts;
    const visit = await this.visits.begin(await this.starters.actor(actorId, { via, address, scope }), containerId, 'files.write'); // prettier-ignore
    this.visits.alsoNeeds(visit, 'files.read');
    return visit;
  }
}
