import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ContainerId, FilesFound, FindFiles, UserId } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { FileSearch } from '../files/file-search.rules.js';
import { FileVisitsService, type Reached } from '../files/file-visits.service.js';

const WITHIN_MS = 10_000;

interface Running {
  readonly search: FileSearch;
  readonly ended: Promise<unknown>;
}

/** Looks through the files of a container: one search of a person at a time, and never for long. */
@Injectable()
export class SearchesService implements OnModuleDestroy {
  private readonly running = new Map<UserId, Running>();

  constructor(private readonly visits: FileVisitsService) {}

  onModuleDestroy(): void {
    for (const { search } of this.running.values()) search.stop(null);
  }

  /** `left`: whoever asked went away. A search of theirs that is still under way ends for this one. */
  async find(actor: Actor, id: ContainerId, { path, ...wish }: FindFiles, left: AbortSignal): Promise<FilesFound> {
    const visit = await this.visits.begin(actor, id, 'files.list');
    if (wish.text !== undefined) this.visits.alsoNeeds(visit, 'files.read');
    const folder = await this.visits.get(visit, path, 'folder');
    const below = await this.visits.mountedBelow(visit, folder.path);
    const search = new FileSearch(wish, new Set(below.targets));
    search.leftOut = below.targets.length - below.folders.length;
    await this.alone(actor.userId, search, left, () => lookThrough([folder, ...below.folders], search));
    const { found, entries, leftOut, stoppedBy } = search;
    return { path: folder.path, items: found, entries, leftOut, truncated: stoppedBy !== null, stoppedBy };
  }

  private async alone(person: UserId, search: FileSearch, left: AbortSignal, work: () => Promise<void>): Promise<void> {
    const before = this.running.get(person);
    before?.search.stop('another');
    const ended = (before?.ended ?? Promise.resolve()).then(() => within(search, left, work));
    const mine = { search, ended: ended.catch(() => undefined) };
    this.running.set(person, mine);
    try {
      await ended;
    } finally {
      if (this.running.get(person) === mine) this.running.delete(person);
    }
  }
}

async function within(search: FileSearch, left: AbortSignal, work: () => Promise<void>): Promise<void> {
  const leave = () => search.stop(null);
  if (left.aborted) leave();
  left.addEventListener('abort', leave, { once: true });
  const timer = setTimeout(() => search.stop('time'), WITHIN_MS);
  try {
    if (!search.isOver) await work();
  } finally {
    clearTimeout(timer);
    left.removeEventListener('abort', leave);
  }
}

async function lookThrough(folders: readonly Reached[], search: FileSearch): Promise<void> {
  for (const { tree, path } of folders) if (!search.isOver) await tree.search(path, search);
}
