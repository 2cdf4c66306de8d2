import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ContainerId, UploadId, UserId } from '@bailiwick/contract';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { isMissing, OpenFolder } from '../../kernel/disk/open-folder.js';
import { CONFIG } from '../../kernel/tokens.js';

const Facts = z.strictObject({
  id: UploadId,
  containerId: ContainerId,
  userId: UserId,
  path: z.string(),
  replace: z.boolean(),
  length: z.number(),
});
export type UploadFacts = z.infer<typeof Facts>;

/** What the disk is given at once, where it is slower than what comes. */
const GATHERED_BYTES = 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;

/** What was sent so far, in a folder of the panel's own, under names of its own. */
@Injectable()
export class UploadsFolder {
  private readonly root: string;

  constructor(@Inject(CONFIG) { storageDir }: Pick<Config, 'storageDir'>) {
    this.root = path.join(storageDir, 'uploads');
  }

  async create(facts: UploadFacts): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: OWNER_ONLY.folder });
    await chmod(this.root, OWNER_ONLY.folder);
    await writeFile(this.bytesOf(facts.id), '', { flag: 'wx', mode: OWNER_ONLY.file });
    const beside = `${this.factsOf(facts.id)}.new`;
    await writeFile(beside, JSON.stringify(facts), { mode: OWNER_ONLY.file });
    await rename(beside, this.factsOf(facts.id));
  }

  async find(id: UploadId): Promise<UploadFacts | undefined> {
    try {
      return Facts.parse(JSON.parse(await readFile(this.factsOf(id), 'utf8')));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** How many bytes of it are here, and since when nothing came any more; undefined where it is gone. */
  async progress(id: UploadId): Promise<{ offset: number; changedAtMs: number } | undefined> {
    try {
      const { size, mtimeMs } = await stat(this.bytesOf(id));
      return { offset: size, changedAtMs: mtimeMs };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Says how much is there now; -1 where more came than may. What came before its sender went is kept. */
  async append(id: UploadId, { from, most }: { from: number; most: number }, bytes: Readable): Promise<number> {
    const file = createWriteStream(this.bytesOf(id), { flags: 'r+', start: from, highWaterMark: GATHERED_BYTES });
    let at = from;
    let isTooMuch = false;
    let broken: { error: unknown } | undefined;
    async function* pieces(): AsyncGenerator<Buffer> {
      try {
        // Whoever sent what there is no room for still waits for the answer.
        for await (const piece of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          isTooMuch = at + piece.length > from + most;
          if (isTooMuch) return;
          at += piece.length;
          yield piece;
        }
      } catch (error) {
        // What came until then is gathered, and still to be written.
        broken = { error };
      }
    }
    await pipeline(pieces(), file);
    if (broken) throw broken.error;
    return isTooMuch ? -1 : at;
  }

  /** Opened when somebody begins to read, and closed when they stop. */
  async *pieces(id: UploadId): AsyncGenerator<Buffer> {
    yield* createReadStream(this.bytesOf(id), { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>;
  }

  /** Close it. */
  open(): Promise<OpenFolder> {
    return OpenFolder.at(this.root);
  }

  async remove(id: UploadId): Promise<void> {
    for (const file of [this.factsOf(id), this.bytesOf(id)]) await rm(file, { force: true });
  }

  async ids(): Promise<UploadId[]> {
    try {
      return (await readdir(this.root)).flatMap((name) => UploadId.safeParse(name).data ?? []);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async freeBytes(): Promise<number> {
    await mkdir(this.root, { recursive: true, mode: OWNER_ONLY.folder });
    const { bavail, bsize } = await statfs(this.root);
    return bavail * bsize;
  }

  private bytesOf(id: UploadId): string {
    return path.join(this.root, id);
  }

  private factsOf(id: UploadId): string {
    return path.join(this.root, `${id}.json`);
  }
}
