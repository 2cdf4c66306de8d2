import { Injectable } from '@nestjs/common';
import type { UnpackResult } from '@bailiwick/contract';
import { StartersService } from '../../foundation/operations/starters.service.js';
import { type ArchiveBytes, ArchiveRefused } from '../../kernel/archives/archive.js';
import { UnpackTree } from '../../kernel/archives/unpack-tree.js';
import { ownerOf } from '../../kernel/disk/copy-tree.js';
import { assertFree, mergeTree } from '../../kernel/disk/merge-tree.js';
import type { OpenFolder } from '../../kernel/disk/open-folder.js';
import { removeTree } from '../../kernel/disk/remove-tree.js';
import { within } from '../../kernel/disk/walk.js';
import { FileVisitsService, type Reached, type Visit } from '../files/file-visits.service.js';
import { fileRefused, inFolder, splitPath } from '../files/files.rules.js';
import { discardStaging } from './discard-staging.js';
import { bytesOf, readThrough, walkArchive } from './archive-walk.js';
import { stagingName, toArchiveError } from './archives.rules.js';
import type { UnpackPlan, Work } from './unpack.operation.js';

const WITHIN_MS = 30 * 60_000;
/** What is left for everything else on that disk. */
const SPARE_BYTES = 64 * 1024 * 1024;

/** What a step finds anew: the archive, and the folder that is there already. */
interface Ground {
  readonly visit: Visit;
  readonly source: ArchiveBytes;
  readonly home: Reached;
}

/**
 * The steps of unpacking. Each finds its way anew, by the rights its person has now; what another one checked is
 * checked again, for an archive lies where a program can change it.
 */
@Injectable()
export class UnpackingService {
  constructor(
    private readonly starters: StartersService,
    private readonly visits: FileVisitsService,
  ) {}

  check(plan: UnpackPlan, work: Work): Promise<UnpackResult> {
    return this.onGround(plan, work, async ({ visit, source, home }) => {
      const room = (await home.tree.room(home.path)) ?? 0;
      const { below } = homeOf(plan);
      let read = 0;
      const { files, folders, sizeBytes } = await home.tree.hold(home.path, { write: true }, (folder) =>
        walkArchive(source, bounds(Math.max(0, room - SPARE_BYTES), work), async ({ parts, path }, entry) => {
          if (this.visits.isMounted(visit, inFolder(plan.into, path), home.path)) throw fileRefused('mount');
          await assertFree(folder, [...below, ...parts], { kind: entry.kind, replace: plan.replace });
          await readThrough(entry, (bytes) => work.progress((read += bytes), null));
        }),
      );
      return { files, folders, sizeBytes };
    });
  }

  stage(plan: UnpackPlan, total: UnpackResult, work: Work): Promise<void> {
    return this.onGround(plan, work, ({ source, home }) =>
      home.tree.hold(home.path, { write: true }, async (folder) => {
        const name = stagingName(work.facts.id);
        await removeTree(folder, name);
        await folder.makeFolder(name);
        await within(folder, [name], async (staging) => {
          const owner = ownerOf(await folder.stat());
          await staging.dress(owner, 0o700);
          await fill(source, staging, total.sizeBytes, work);
          await staging.dress(owner, 0o755);
        });
      }),
    );
  }

  /** Asked in its turn whether it still may, and is still wanted: it may have waited for long. */
  async place(plan: UnpackPlan, work: Work): Promise<void> {
    const { path, below } = homeOf(plan);
    await this.visits.inTurn(plan.containerId, async () => {
      work.signal.throwIfAborted();
      const home = await this.visits.get(await this.begin(plan, work), path, 'folder');
      await home.tree.hold(home.path, { write: true }, (folder) =>
        settle(folder, stagingName(work.facts.id), below[0], plan),
      );
    });
  }

  async discard(plan: UnpackPlan, { facts }: Work): Promise<void> {
    await discardStaging(this.visits, { containerId: plan.containerId, folder: homeOf(plan).path, id: facts.id });
  }

  private async onGround<Result>(
    plan: UnpackPlan,
    work: Work,
    use: (ground: Ground) => Promise<Result>,
  ): Promise<Result> {
    const visit = await this.begin(plan, work);
    const found = await this.visits.get(visit, plan.path, 'file');
    const home = await this.visits.get(visit, homeOf(plan).path, 'folder');
    const file = await found.tree.open(found);
    try {
      return await use({ visit, source: bytesOf(file), home });
    } catch (error) {
      throw toArchiveError(error, { named: false });
    } finally {
      await file.close();
    }
  }

  private async begin({ containerId, scope }: UnpackPlan, { facts }: Work): Promise<Visit> {
    const { actorId, via, address } = facts;
    const visit = await this.visits.begin(await this.starters.actor(actorId, { via, address, scope }), containerId, 'files.write'); // prettier-ignore
    this.visits.alsoNeeds(visit, 'files.read');
    return visit;
  }
}

const bounds = (mostBytes: number, { signal }: Work) => ({ mostBytes, signal, withinMs: WITHIN_MS });

/** The folder that was there when it was asked for, which holds what is not in its place yet, and what is made in it. */
function homeOf({ into, isNew }: UnpackPlan): { path: string; below: string[] } {
  const { folder, name } = splitPath(into);
  return isNew ? { path: folder, below: [name] } : { path: into, below: [] };
}

async function fill(source: ArchiveBytes, staging: OpenFolder, sizeBytes: number, work: Work): Promise<void> {
  const tree = await UnpackTree.at(staging);
  let written = 0;
  try {
    await walkArchive(source, bounds(sizeBytes, work), (checked, entry) =>
      tree.add(checked, entry, (bytes) => work.progress((written += bytes), sizeBytes)),
    );
  } catch (error) {
    // It was looked through before, and had less in it.
    throw error instanceof ArchiveRefused && error.fault === 'bytes' ? new ArchiveRefused('changed') : error;
  } finally {
    await tree.close();
  }
}

/** Done twice it goes on with what is left to be put in its place. */
async function settle(
  folder: OpenFolder,
  staging: string,
  made: string | undefined,
  { replace }: Pick<UnpackPlan, 'replace'>,
): Promise<void> {
  if (!(await folder.find(staging))) return;
  if (made !== undefined && !(await folder.find(made))) return folder.rename(staging, folder, made);
  await within(folder, [staging], (from) =>
    within(folder, made === undefined ? [] : [made], async (into) => {
      // What came to be there since it was looked for is found before anything is moved.
      await mergeTree(from, into, { replace, really: false });
      await mergeTree(from, into, { replace, really: true });
    }),
  );
  await removeTree(folder, staging);
}
