import type { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { ownerOf, writeAll } from '../disk/copy-tree.js';
import { type OpenFolder, dress } from '../disk/open-folder.js';
import { within } from '../disk/walk.js';
import type { ArchiveEntry } from './archive.js';
import type { CheckedEntry } from './archive-check.rules.js';

const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

/**
 * Puts entries under an open folder, each by descriptor. The folders down to the last one are held open, as entries of
 * one folder mostly stand together. Close it.
 */
export class UnpackTree {
  private readonly open: Array<{ name: string; folder: OpenFolder }> = [];

  private constructor(
    private readonly top: OpenFolder,
    private readonly owner: { uid: number; gid: number },
  ) {}

  static async at(top: OpenFolder): Promise<UnpackTree> {
    return new UnpackTree(top, ownerOf(await top.stat()));
  }

  async add({ parts }: CheckedEntry, entry: ArchiveEntry, came: (bytes: number) => void): Promise<void> {
    if (entry.kind === 'folder') {
      const folder = await this.folder(parts);
      // Who owns it must be able to fill it.
      return folder.dress(this.owner, (entry.mode ?? FOLDER_MODE) | 0o700);
    }
    const folder = await this.folder(parts.slice(0, -1));
    const file = await folder.createFile(parts.at(-1) ?? '');
    try {
      await pour(entry.bytes(), file, came);
      await dress(file, this.owner, (entry.mode ?? FILE_MODE) | 0o600);
      if (entry.modifiedAtMs !== null) await file.utimes(entry.modifiedAtMs / 1000, entry.modifiedAtMs / 1000);
    } finally {
      await file.close();
    }
  }

  async close(): Promise<void> {
    await this.closeTo(0);
  }

  private async folder(parts: readonly string[]): Promise<OpenFolder> {
    const apart = this.open.findIndex(({ name }, index) => name !== parts[index]);
    await this.closeTo(apart < 0 ? Math.min(this.open.length, parts.length) : apart);
    for (const name of parts.slice(this.open.length)) {
      const parent = this.open.at(-1)?.folder ?? this.top;
      if (!(await parent.find(name))) await this.makeFolder(parent, name);
      this.open.push({ name, folder: await parent.folder(name) });
    }
    return this.open.at(-1)?.folder ?? this.top;
  }

  private async makeFolder(parent: OpenFolder, name: string): Promise<void> {
    await parent.makeFolder(name);
    await within(parent, [name], (made) => made.dress(this.owner, FOLDER_MODE));
  }

  private async closeTo(length: number): Promise<void> {
    for (const { folder } of this.open.splice(length).reverse()) await folder.close();
  }
}

async function pour(from: AsyncIterable<Buffer>, to: FileHandle, came: (bytes: number) => void): Promise<void> {
  for await (const piece of from) {
    await writeAll(to, piece);
    came(piece.length);
  }
}
