import { isUtf8 } from 'node:buffer';
import { copyTree, ownerOf } from '../../kernel/disk/copy-tree.js';
import { isMissing, type OpenFolder, WrongThing } from '../../kernel/disk/open-folder.js';
import { removeTree } from '../../kernel/disk/remove-tree.js';
import { tarOf } from '../../kernel/disk/tar-tree.js';
import { openBelow, within } from '../../kernel/disk/walk.js';
import { notFound } from '../../kernel/errors.js';
import { binned, emptyBin, intoBin, outOfBin } from './disk-bin.driver.js';
import { toFileError } from './disk-errors.rules.js';
import {
  assertAlone,
  assertReplaces,
  besideName,
  ofBrought,
  ofContent,
  putInPlace,
  toFacts,
} from './disk-replace.driver.js';
import { searchDisk } from './disk-search.driver.js';
import type { FileSearch } from './file-search.rules.js';
import type {
  Brought,
  Check,
  Deleted,
  FileFacts,
  FileTree,
  Found,
  Listing,
  NamedFacts,
  OpenArchive,
  OpenFile,
  Place,
  Range,
} from './file-tree.js';
import { BIN, fileRefused, inFolder, isTypable, splitPath } from './files.rules.js';

const MOST_ITEMS = 100_000;
const COPY_BOUNDS = { most: 10_000, mostBytes: 1024 ** 3, mostDeep: 64 };
const PIECE_BYTES = 256 * 1024;
const FOLDER_MODE = 0o755;

/** A folder of the core's own disk that is mounted somewhere in a container. */
export interface DiskRoot {
  /** Where, without a slash at its end. */
  readonly target: string;
  readonly readOnly: boolean;
  open(): Promise<OpenFolder>;
}

/**
 * Files where they lie, by descriptor. No link is followed, not even within what is shared: it is shown, with where it
 * leads, and whoever may go there asks for that. Runs or not, the container takes no part in it.
 */
export class DiskFiles implements FileTree {
  readonly by = 'disk';

  constructor(private readonly root: DiskRoot) {}

  async find(path: string): Promise<Found | undefined> {
    const facts = await this.look(path);
    return facts && { path, facts };
  }

  async look(path: string): Promise<FileFacts | undefined> {
    try {
      return await this.at(path, async (folder, name) => {
        const stats = name === undefined ? await folder.stat() : await folder.find(name);
        return stats && toFacts(stats);
      });
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw toFileError(error);
    }
  }

  async there(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const there = new Set<string>();
    for (const path of paths) if (await this.look(path)) there.add(path);
    return there;
  }

  list(path: string): Promise<Listing> {
    return this.told(path, () =>
      this.in(path, async (folder) => {
        const all = await folder.names();
        const isRoot = path === this.root.target;
        const shown = all.filter((name) => !(isRoot && name.equals(Buffer.from(BIN))));
        const names = shown.filter(isUtf8).map((name) => name.toString('utf8')).filter(isTypable).sort(); // prettier-ignore
        const entries: NamedFacts[] = [];
        for await (const some of folder.findAll(names.slice(0, MOST_ITEMS)))
          for (const [name, stats] of some)
            entries.push({ name, ...toFacts(stats), ...(stats.isSymbolicLink() ? await leadsTo(folder, name) : {}) });
        return { entries, hidden: shown.length - names.length, truncated: names.length > MOST_ITEMS };
      }),
    );
  }

  search(path: string, search: FileSearch): Promise<void> {
    return this.told(path, () => this.in(path, (folder) => searchDisk(folder, path, search)));
  }

  read({ path }: Found, { offset, maxBytes }: Range): Promise<{ bytes: Buffer; facts: FileFacts }> {
    return this.told(path, () =>
      this.inPlace(path, async (folder, name) => {
        const { file, stats } = await folder.openFile(name);
        try {
          const bytes = Buffer.alloc(Math.max(0, Math.min(maxBytes, Number(stats.size) - offset)));
          let length = 0;
          for (let part = -1; length < bytes.length && part !== 0; length += part)
            part = (await file.read(bytes, length, bytes.length - length, offset + length)).bytesRead;
          return { bytes: bytes.subarray(0, length), facts: toFacts(stats) };
        } finally {
          await file.close();
        }
      }),
    );
  }

  open({ path }: Found): Promise<OpenFile> {
    return this.told(path, () =>
      this.inPlace(path, async (folder, name) => {
        const { file, stats } = await folder.openFile(name);
        return {
          facts: toFacts(stats),
          pieceBytes: PIECE_BYTES,
          read: async (offset, maxBytes) => {
            const piece = Buffer.allocUnsafe(maxBytes);
            const { bytesRead } = await file.read(piece, 0, maxBytes, offset);
            return piece.subarray(0, bytesRead);
          },
          close: () => file.close(),
        };
      }),
    );
  }

  archive({ path }: Found, name: string): Promise<OpenArchive> {
    return this.told(path, async () => {
      const root = await this.root.open();
      try {
        const folder = await openBelow(root, this.namesOf(path));
        return { pieces: tarOf(folder, name), close: () => folder.close() };
      } finally {
        await root.close();
      }
    });
  }

  write(place: Place, content: Buffer, check: Check): Promise<FileFacts> {
    return this.change(place, (folder, name) => putInPlace(folder, name, ofContent(content), check));
  }

  take(place: Place, brought: Brought, check: Check): Promise<FileFacts> {
    return this.change(place, (folder, name) => putInPlace(folder, name, ofBrought(brought), check));
  }

  room(path: string): Promise<number> {
    return this.told(path, () => this.in(path, (folder) => folder.freeBytes()));
  }

  makeFolder(place: Place): Promise<void> {
    return this.change(place, async (folder, name) => {
      await folder.makeFolder(name);
      await within(folder, [name], async (made) => made.dress(ownerOf(await folder.stat()), FOLDER_MODE));
    });
  }

  async move(from: Place, into: FileTree, to: Place, replace: boolean): Promise<void> {
    this.assertWritable();
    const other = this.asDisk(into);
    if (other.root.target !== this.root.target) {
      await this.copy(from, other, to, replace);
      await this.remove(from, { forever: true, nowMs: 0 });
      return;
    }
    await this.told(inFolder(from.folder, from.name), () =>
      this.in(from.folder, (source) =>
        this.change(to, async (target, newName) => {
          await assertReplaces(source, from.name, target, newName, replace);
          await source.rename(from.name, target, newName);
        }),
      ),
    );
  }

  /** Beside its place first, and whole before it is there. */
  async copy(from: Place, into: FileTree, to: Place, replace: boolean): Promise<void> {
    const other = this.asDisk(into);
    await this.told(inFolder(from.folder, from.name), () =>
      this.in(from.folder, (source) =>
        other.change(to, async (target, newName) => {
          await assertReplaces(source, from.name, target, newName, replace);
          const beside = besideName();
          try {
            await copyTree({ from: source, name: from.name, into: target, newName: beside }, COPY_BOUNDS);
            await target.rename(beside, target, newName);
          } catch (error) {
            await removeTree(target, beside);
            throw error;
          }
        }),
      ),
    );
  }

  /** To the bin of the root, under the key it answers; from there, or for ever, it is gone. */
  remove(place: Place, { forever, nowMs }: { forever: boolean; nowMs: number }): Promise<string | null> {
    const path = inFolder(place.folder, place.name);
    return this.told(path, () => {
      this.assertWritable();
      const names = this.namesOf(path);
      return this.in(place.folder, async (folder) => {
        if (!(await folder.find(place.name))) throw notFound('file', path);
        if (!forever && names[0] !== BIN) return this.in(this.root.target, (root) => intoBin(root, names, nowMs));
        await removeTree(folder, place.name);
        return null;
      });
    });
  }

  deleted(): Promise<Deleted> {
    return this.told(this.root.target, async () => {
      const { items, truncated } = await this.in(this.root.target, binned);
      return {
        items: items.map(({ names, key, atMs, stats }) => {
          const path = [this.root.target, ...names].join('/');
          return { key, path, deletedAtMs: atMs, facts: toFacts(stats) };
        }),
        truncated,
      };
    });
  }

  putBack(place: Place, key: string): Promise<void> {
    const names = this.namesOf(inFolder(place.folder, place.name));
    return this.change(place, (target, name) =>
      this.in(this.root.target, (root) =>
        outOfBin(root, key, names, async (source) => {
          await assertReplaces(source, name, target, name, false);
          await source.rename(name, target, name);
        }),
      ),
    );
  }

  changeMode(path: string, mode: number): Promise<void> {
    return this.told(path, async () => {
      this.assertWritable();
      await this.at(path, async (folder, name) => {
        const stats = name === undefined ? await folder.stat() : await folder.find(name);
        if (!stats) throw notFound('file', path);
        if (name === undefined) return folder.dress(ownerOf(stats), mode);
        if (stats.isDirectory()) return within(folder, [name], (itself) => itself.dress(ownerOf(stats), mode));
        const { file, stats: opened } = await folder.openFile(name);
        try {
          assertAlone(opened);
          await file.chmod(mode);
        } finally {
          await file.close();
        }
      });
    });
  }

  hold<Result>(
    folder: string,
    { write }: { write: boolean },
    work: (open: OpenFolder) => Promise<Result>,
  ): Promise<Result> {
    return this.told(folder, () => {
      if (write) this.assertWritable();
      if (write && this.namesOf(folder)[0] === BIN) throw fileRefused('bin');
      return this.in(folder, work);
    });
  }

  /** What was deleted before that goes; says how many. */
  async emptyBin(beforeMs: number): Promise<number> {
    const root = await this.root.open();
    try {
      return await emptyBin(root, beforeMs);
    } finally {
      await root.close();
    }
  }

  /** Only into what the container itself may write, and never into the bin. */
  private change<Result>(
    { folder, name }: Place,
    work: (folder: OpenFolder, name: string) => Promise<Result>,
  ): Promise<Result> {
    return this.told(inFolder(folder, name), () => {
      this.assertWritable();
      if ((this.namesOf(folder)[0] ?? name) === BIN) throw fileRefused('bin');
      return this.in(folder, (open) => work(open, name));
    });
  }

  private assertWritable(): void {
    if (this.root.readOnly) throw fileRefused('read_only');
  }

  private asDisk(tree: FileTree): DiskFiles {
    if (tree instanceof DiskFiles) return tree;
    throw fileRefused('elsewhere');
  }

  private async told<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw isMissing(error) ? notFound('file', path) : toFileError(error);
    }
  }

  private async in<Result>(path: string, work: (folder: OpenFolder) => Promise<Result>): Promise<Result> {
    const root = await this.root.open();
    try {
      return await within(root, this.namesOf(path), work);
    } finally {
      await root.close();
    }
  }

  private inPlace<Result>(path: string, work: (folder: OpenFolder, name: string) => Promise<Result>): Promise<Result> {
    const { folder, name } = splitPath(path);
    if (path === this.root.target) throw fileRefused('folder');
    return this.in(folder, (open) => work(open, name));
  }

  /** In its folder; without a name for the root itself, whose folder is none of ours. */
  private at<Result>(
    path: string,
    work: (folder: OpenFolder, name: string | undefined) => Promise<Result>,
  ): Promise<Result> {
    if (path === this.root.target) return this.in(path, (root) => work(root, undefined));
    return this.inPlace(path, work);
  }

  private namesOf(path: string): string[] {
    const { target } = this.root;
    if (path !== target && !path.startsWith(`${target}/`)) throw fileRefused('elsewhere');
    return path.slice(target.length).split('/').filter(Boolean);
  }
}

async function leadsTo(folder: OpenFolder, name: string): Promise<Pick<NamedFacts, 'target'>> {
  try {
    const target = await folder.linkTarget(name);
    return isUtf8(target) ? { target: target.toString('utf8') } : {};
  } catch (error) {
    // It went, or is no link any more.
    if (isMissing(error) || error instanceof WrongThing) return {};
    throw error;
  }
}
