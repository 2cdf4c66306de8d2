import { Injectable } from '@nestjs/common';
import type { Capability, ContainerId } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { notFound } from '../../kernel/errors.js';
import { Turns } from '../../kernel/turns.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { ContainersService, type Entry } from '../containers/containers.service.js';
import { assertRunning } from '../containers/containers.rules.js';
import { isWithin, reachedFolders } from '../containers/shared-folders.rules.js';
import { ContainerFiles } from './container-files.driver.js';
import { DiskFiles } from './disk-files.driver.js';
import { DiskRootsService } from './disk-roots.service.js';
import type { FileTree, Found } from './file-tree.js';
import { fileRefused, inFolder, splitPath, toPath } from './files.rules.js';
import { type Mount, mountOf, withoutEnd } from './mounts.rules.js';

export interface Visit extends Entry {
  readonly actor: Actor;
  readonly inside: ContainerFiles;
  /** What was found of each mount on the core's own disk. */
  readonly onDisk: Map<Mount, Promise<FileTree | undefined>>;
  readonly mounts: readonly Mount[];
  readonly roots: readonly string[];
  /** Where it may begin, the first that is there. */
  readonly starts: readonly string[];
}
/** What was found, and the way to it. */
export interface Reached extends Found {
  readonly tree: FileTree;
}
export interface ReachedPlace {
  readonly tree: FileTree;
  readonly path: string;
  readonly folder: string;
  readonly name: string;
}

export interface ReachedFolder {
  readonly tree: FileTree;
  readonly path: string;
  readonly isNew: boolean;
}

/** The way to the files of a container, for who may, as far as they may. */
@Injectable()
export class FileVisitsService {
  private readonly changes = new Turns<ContainerId>();

  constructor(
    private readonly access: AccessService,
    private readonly containers: ContainersService,
    private readonly settings: ContainerSettingsService,
    private readonly disks: DiskRootsService,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
  ) {}

  async begin(actor: Actor, id: ContainerId, capability: Capability): Promise<Visit> {
    const entry = this.containers.reach(actor, id, capability);
    const { shared, mounts } = await this.containers.folders(entry.seen);
    const { explorerRoot } = await this.settings.saved(id);
    const roots = reachedFolders(shared, explorerRoot);
    const inside = new ContainerFiles(entry.engine, entry.seen.engineId);
    return {
      ...entry,
      actor,
      inside,
      onDisk: new Map(),
      mounts,
      roots,
      starts: explorerRoot === null ? shared : [explorerRoot],
    };
  }

  /** Changes of one container’s files: what was checked is what is replaced, as far as the panel is concerned. */
  inTurn<Result>(id: ContainerId, work: () => Promise<Result>): Promise<Result> {
    return this.changes.run(id, work);
  }

  alsoNeeds({ actor, seen }: Visit, capability: Capability): void {
    this.access.require(actor, capability, seen);
  }

  goesEverywhere({ actor, seen }: Visit): boolean {
    return this.access.allows(actor, 'files.root', seen);
  }

  isReached(visit: Visit, path: string): boolean {
    return isWithin(path, visit.roots) || this.goesEverywhere(visit);
  }

  /** How what lies at a path is reached: 409 where that takes a container that runs, and it does not. */
  private async treeAt(visit: Visit, path: string): Promise<FileTree> {
    const tree = await this.openTree(visit, path);
    if (!tree) assertRunning(visit.seen);
    return tree ?? visit.inside;
  }

  /** By the deepest mount it is in; undefined for what takes a container that runs, and it does not. */
  private async openTree(visit: Visit, path: string): Promise<FileTree | undefined> {
    const mount = mountOf(path, visit.mounts);
    const onDisk = mount && (await this.diskAt(visit, mount));
    return onDisk ?? (visit.seen.state === 'running' ? visit.inside : undefined);
  }

  private diskAt({ engine, onDisk }: Visit, mount: Mount): Promise<FileTree | undefined> {
    const known = onDisk.get(mount);
    if (known) return known;
    const found = this.disks.find(engine, mount).then((root) => root && new DiskFiles(root));
    onDisk.set(mount, found);
    return found;
  }

  /** 404 where nothing is, 409 where it is something else, 403 where it leads beyond what is reached. */
  async get(visit: Visit, text: string, kind: 'file' | 'folder'): Promise<Reached> {
    const path = toPath(text);
    const found = await this.find(visit, path);
    if (!found) throw notFound(kind, path);
    if (found.facts.kind !== kind) throw fileRefused(found.facts.kind);
    return found;
  }

  /** The folders in which something else is mounted below a path, as far as each can be reached now. */
  async mountedBelow(visit: Visit, path: string): Promise<{ targets: readonly string[]; folders: readonly Reached[] }> {
    const targets = visit.mounts
      .map(({ target }) => withoutEnd(target))
      .filter((target) => target !== path && target.startsWith(inFolder(path, '')))
      .sort();
    const folders: Reached[] = [];
    for (const target of targets) {
      if (!(await this.openTree(visit, target))) continue;
      const found = await this.find(visit, target);
      if (found?.facts.kind === 'folder' && found.path === target) folders.push(found);
    }
    return { targets, folders };
  }

  /** A file or a folder; 409 for anything else. */
  async getEither(visit: Visit, text: string): Promise<Reached> {
    const path = toPath(text);
    const found = await this.find(visit, path);
    if (!found) throw notFound('file', path);
    if (found.facts.kind !== 'file' && found.facts.kind !== 'folder') throw fileRefused(found.facts.kind);
    return found;
  }

  /** Where something is or is to be: its folder is there, no link is followed at its end. */
  async place(visit: Visit, text: string): Promise<ReachedPlace> {
    const { folder, name } = splitPath(toPath(text));
    if (name === '') throw fileRefused('root');
    this.assertReached(visit, inFolder(folder, name));
    const parent = await this.get(visit, folder, 'folder');
    const path = inFolder(parent.path, name);
    // What is mounted there, or below, is not of this folder alone.
    if (visit.mounts.some(({ target }) => isWithin(withoutEnd(target), [path]))) throw fileRefused('mount');
    return { tree: parent.tree, path, folder: parent.path, name };
  }

  /** A folder that is there, or the place of one that is to be. */
  async folderOrPlace(visit: Visit, text: string): Promise<ReachedFolder> {
    const found = await this.find(visit, toPath(text));
    if (found?.facts.kind === 'folder') return { tree: found.tree, path: found.path, isNew: false };
    if (found) throw fileRefused(found.facts.kind);
    const { tree, path } = await this.place(visit, text);
    return { tree, path, isNew: true };
  }

  /** Whether something else lies at a path, or over it, than what lies where it begins. */
  isMounted({ mounts }: Visit, path: string, from: string): boolean {
    return mountOf(path, mounts) !== mountOf(from, mounts);
  }

  /** What the panel itself left somewhere is its own to take away, whoever may go there by now. */
  async ownTree(id: ContainerId, path: string): Promise<FileTree> {
    const seen = this.mirrors.container(id);
    if (!seen) throw notFound('container', id);
    const { mounts } = await this.containers.folders(seen);
    const mount = mountOf(path, mounts);
    const root = mount && (await this.disks.find(this.environments.engineOf(seen.environmentId), mount));
    if (!root) throw fileRefused('elsewhere');
    return new DiskFiles(root);
  }

  async firstStart(visit: Visit): Promise<Reached> {
    const open = await Promise.all(visit.starts.map((start) => this.openTree(visit, start)));
    if (!open.some(Boolean)) assertRunning(visit.seen);
    for (const start of visit.starts.filter((_, index) => open[index])) {
      const found = await this.find(visit, start);
      if (found?.facts.kind === 'folder') return found;
    }
    throw notFound('folder', visit.starts.join(', '));
  }

  /** Of the folders that are reached, those that are there. */
  async startsThere(visit: Visit): Promise<readonly string[]> {
    const trees = new Map<FileTree, string[]>();
    for (const root of visit.roots) {
      const tree = await this.openTree(visit, root);
      if (tree) trees.set(tree, [...(trees.get(tree) ?? []), root]);
    }
    const there = await Promise.all([...trees].map(([tree, roots]) => tree.there(roots)));
    return visit.roots.filter((root) => there.some((some) => some.has(root)));
  }

  private async find(visit: Visit, path: string): Promise<Reached | undefined> {
    this.assertReached(visit, path);
    const tree = await this.treeAt(visit, path);
    const found = await tree.find(path);
    if (!found) return undefined;
    this.assertReached(visit, found.path);
    return { ...found, tree };
  }

  /** Asked of the path as it is named, and again of where it really leads. */
  private assertReached({ actor, seen, roots }: Visit, path: string): void {
    if (!isWithin(path, roots)) this.access.require(actor, 'files.root', seen);
  }
}
