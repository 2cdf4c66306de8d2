import { constants } from 'node:fs';
import { chmod, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandId, CommandLogPiece, TenantId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { isMissing } from '../../kernel/disk/open-folder.js';
import { CONFIG } from '../../kernel/tokens.js';
import { KeptOutput } from './kept-output.js';
import { endOf, type Piece, placeAfter, wholeCharacters } from './kept-output.rules.js';

const OWNER_ONLY = 0o700;
const MOST_READ_BYTES = 64 * 1024;

interface Named {
  readonly id: CommandId;
  readonly tenantId: TenantId;
}

/** Where it lies what commands said: a folder each, in a folder of their tenant, nobody's but the core's. */
@Injectable()
export class KeptOutputs {
  private readonly root: string;

  constructor(@Inject(CONFIG) { storageDir }: Pick<Config, 'storageDir'>) {
    this.root = path.join(storageDir, 'commands');
  }

  async begin(named: Named, confidences: readonly string[]): Promise<KeptOutput> {
    for (const folder of [this.root, path.join(this.root, named.tenantId), this.folderOf(named)]) {
      await mkdir(folder, { recursive: true, mode: OWNER_ONLY });
      // Whatever the process masks, and whoever loosened it.
      await chmod(folder, OWNER_ONLY);
    }
    return new KeptOutput(this.folderOf(named), confidences);
  }

  async read(named: Named, after: number): Promise<CommandLogPiece> {
    const pieces = await this.piecesOf(named);
    const total = endOf(pieces);
    const place = placeAfter(pieces, after);
    if (!place) return { from: total, text: '', next: total, total };
    const { piece, from } = place;
    const bytes = await this.readAt(named, piece, from).catch(exceptMissing);
    if (bytes === undefined) return { from: after, text: '', next: after, total };
    // At the end of a piece nothing comes after it that could complete a character.
    const isRest = from + bytes.length >= piece.from + piece.bytes;
    const whole = isRest ? bytes : bytes.subarray(0, wholeCharacters(bytes));
    return { from, text: whole.toString('utf8'), next: from + whole.length, total };
  }

  /** When something was last written; undefined where nothing ever was. */
  async lastWrittenMs(named: Named): Promise<number | undefined> {
    const last = (await this.piecesOf(named)).at(-1);
    return last && Math.round((await stat(path.join(this.folderOf(named), String(last.from)))).mtimeMs);
  }

  /** Gone already is fine. */
  async remove(named: Named): Promise<void> {
    await rm(this.folderOf(named), { recursive: true, force: true });
  }

  private async readAt(named: Named, piece: Piece, from: number): Promise<Buffer> {
    const file = await open(
      path.join(this.folderOf(named), String(piece.from)),
      constants.O_RDONLY | constants.O_NOFOLLOW,
    );
    try {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(MOST_READ_BYTES),
        0,
        MOST_READ_BYTES,
        from - piece.from,
      );
      return buffer.subarray(0, Math.min(bytesRead, piece.from + piece.bytes - from));
    } finally {
      await file.close();
    }
  }

  /** None where nothing was ever said, or it is gone. */
  private async piecesOf(named: Named): Promise<Piece[]> {
    const folder = this.folderOf(named);
    const names = await readdir(folder).catch(noneIfMissing);
    const pieces = await Promise.all(names.map((name) => sizeOf(folder, Number(name)).catch(noneIfMissing)));
    return pieces.flat().sort((one, other) => one.from - other.from);
  }

  private folderOf({ tenantId, id }: Named): string {
    return path.join(this.root, tenantId, id);
  }
}

const sizeOf = async (folder: string, from: number): Promise<Piece[]> => [
  { from, bytes: (await stat(path.join(folder, String(from)))).size },
];

function exceptMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

/** A piece may go between two looks. */
function noneIfMissing(error: unknown): [] {
  if (!isMissing(error)) throw error;
  return [];
}
