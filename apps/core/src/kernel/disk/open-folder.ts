import { Buffer } from 'node:buffer';
import { type BigIntStats, constants, lstatSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { type FileHandle, lstat, mkdir, open, readdir, readlink, rename, rmdir, statfs, symlink, unlink } from 'node:fs/promises'; // prettier-ignore

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
const FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK;
const LOOKS_AT_ONCE = 64;
/** Longer than so many looks take, nothing else waits for them. */
const QUICK_MS = 5;

/** As the disk has it: bytes where they are no text. */
export type DiskName = string | Buffer;
/** What is there is no such thing, or the wrong one: a link, a folder, a device, something with a second name. */
export class WrongThing extends Error {
  constructor(readonly what: 'link' | 'folder' | 'file' | 'other' | 'hardlink' | 'mount') {
    super(`It is a ${what}.`);
  }
}

/**
 * A folder that is held open. What is in it is reached from its descriptor by one name at a time and no link is ever
 * followed, so whoever swaps something meanwhile gains nothing: there is no path that could be looked at first and
 * used later. Close it.
 */
export class OpenFolder {
  private constructor(
    private readonly handle: FileHandle,
    private readonly device: bigint,
  ) {}

  /** Where a walk begins: whoever could change the folders above it could do anything anyway. */
  static async at(path: string): Promise<OpenFolder> {
    const handle = await open(path, FOLDER);
    return OpenFolder.hold(handle);
  }

  private static async hold(handle: FileHandle, device?: bigint): Promise<OpenFolder> {
    try {
      const { dev } = await handle.stat({ bigint: true });
      if (device !== undefined && dev !== device) throw new WrongThing('mount');
      return new OpenFolder(handle, dev);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** The same folder, open once more. */
  async again(): Promise<OpenFolder> {
    return OpenFolder.hold(await open(this.self, O_RDONLY | O_DIRECTORY | O_NONBLOCK), this.device);
  }

  /** Of the folder itself. */
  stat(): Promise<BigIntStats> {
    return this.handle.stat({ bigint: true });
  }

  /** What anybody may still write to its disk. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.self);
    return bavail * bsize;
  }

  async folder(name: DiskName): Promise<OpenFolder> {
    let handle: FileHandle;
    try {
      handle = await open(this.to(name), FOLDER);
    } catch (error) {
      // A link is no folder to it, and no more is told.
      if (!isNoFolder(error)) throw error;
      const stats = await this.find(name);
      throw new WrongThing(!stats || stats.isDirectory() ? 'link' : whatIs(stats));
    }
    return OpenFolder.hold(handle, this.device);
  }

  /** The thing itself, a link too; undefined where nothing is. */
  async find(name: DiskName): Promise<BigIntStats | undefined> {
    try {
      return await lstat(this.to(name), { bigint: true });
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  names(): Promise<Buffer[]> {
    return readdir(this.self, { encoding: 'buffer' });
  }

  /** What is under these names, a few at a time; what went meanwhile is left out. */
  async *findAll<Name extends DiskName>(
    names: readonly Name[],
  ): AsyncGenerator<ReadonlyArray<readonly [Name, BigIntStats]>> {
    // What a disk has in memory it says at once, which is a fifth of what a thread of its own for each takes.
    let isQuick = true;
    for (let at = 0; at < names.length; at += LOOKS_AT_ONCE) {
      const some = names.slice(at, at + LOOKS_AT_ONCE);
      const found: Array<BigIntStats | undefined> = [];
      for (const since = performance.now(); isQuick && found.length < some.length;) {
        found.push(this.findNow(some[found.length] ?? ''));
        isQuick = performance.now() - since < QUICK_MS;
      }
      found.push(...(await Promise.all(some.slice(found.length).map((name) => this.find(name)))));
      yield some.flatMap((name, index) => {
        const stats = found[index];
        return stats ? [[name, stats] as const] : [];
      });
      await turn();
    }
  }

  /** Holds up everything else meanwhile. */
  private findNow(name: DiskName): BigIntStats | undefined {
    return lstatSync(this.to(name), { bigint: true, throwIfNoEntry: false });
  }

  async linkTarget(name: DiskName): Promise<Buffer> {
    try {
      return await readlink(this.to(name), { encoding: 'buffer' });
    } catch (error) {
      throw codeOf(error) === 'EINVAL' ? new WrongThing('other') : error;
    }
  }

  /** Only a plain file is ever opened, looked at before so that no device feels it, and after so that none slips in. */
  async openFile(name: DiskName): Promise<{ file: FileHandle; stats: BigIntStats }> {
    const before = await lstat(this.to(name), { bigint: true });
    if (!before.isFile()) throw new WrongThing(whatIs(before));
    const file = await this.openNow(name);
    try {
      const stats = await file.stat({ bigint: true });
      if (!stats.isFile()) throw new WrongThing(whatIs(stats));
      if (stats.dev !== this.device) throw new WrongThing('mount');
      return { file, stats };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private async openNow(name: DiskName): Promise<FileHandle> {
    try {
      return await open(this.to(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    } catch (error) {
      throw codeOf(error) === 'ELOOP' ? new WrongThing('link') : error;
    }
  }

  /** To be written to; fails where anything of that name is. */
  createFile(name: DiskName, mode = 0o600): Promise<FileHandle> {
    return open(this.to(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  }

  makeFolder(name: DiskName, mode = 0o700): Promise<void> {
    return mkdir(this.to(name), { mode }).then(() => undefined);
  }

  makeLink(name: DiskName, target: Buffer): Promise<void> {
    return symlink(target, this.to(name));
  }

  /** Over what is there, where that is of the same kind; on one disk only. */
  rename(name: DiskName, into: OpenFolder, newName: DiskName): Promise<void> {
    return rename(this.to(name), into.to(newName));
  }

  removeFile(name: DiskName): Promise<void> {
    return unlink(this.to(name));
  }

  /** Only an empty one. */
  removeFolder(name: DiskName): Promise<void> {
    return rmdir(this.to(name));
  }

  /** Of the folder itself, never by a name. */
  async dress(owner: { uid: number; gid: number }, mode: number): Promise<void> {
    await dress(this.handle, owner, mode);
  }

  private get self(): string {
    return `/proc/self/fd/${this.handle.fd}`;
  }

  private to(name: DiskName): Buffer {
    const bytes = Buffer.from(name);
    const isOne = bytes.length > 0 && !bytes.includes(0) && !bytes.includes(0x2f) && !bytes.equals(DOT) && !bytes.equals(DOTS); // prettier-ignore
    if (!isOne) throw new Error(`${JSON.stringify(bytes.toString('utf8'))} is no name.`);
    return Buffer.concat([Buffer.from(`${this.self}/`), bytes]);
  }
}

const DOT = Buffer.from('.');
const DOTS = Buffer.from('..');

/** Whose it is, then who may do what: a change of owner may take rights away. */
export async function dress(file: FileHandle, owner: { uid: number; gid: number }, mode: number): Promise<void> {
  const { uid, gid } = await file.stat();
  if (uid !== owner.uid || gid !== owner.gid) await file.chown(owner.uid, owner.gid);
  await file.chmod(mode);
}

export function whatIs(stats: BigIntStats): 'link' | 'folder' | 'file' | 'other' {
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}

const isNoFolder = (error: unknown): boolean => ['ENOTDIR', 'ELOOP'].includes(codeOf(error) ?? '');

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
