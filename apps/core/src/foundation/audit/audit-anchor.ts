import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { ChainPosition } from './audit-chain.rules.js';

const Position = z.strictObject({ seq: z.int(), hash: z.string() });

/** How far the chain had come, kept outside the database: rows cut off its end would leave no other trace. */
@Injectable()
export class AuditAnchor {
  private readonly file: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.file = path.join(config.storageDir, 'databases', 'audit-anchor.json');
  }

  async find(): Promise<ChainPosition | undefined> {
    try {
      return Position.parse(JSON.parse(await readFile(this.file, 'utf8')));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async put(position: ChainPosition): Promise<void> {
    const fresh = `${this.file}.new`;
    // With PostgreSQL nobody else has made the folder.
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    await writeFile(fresh, JSON.stringify(position), { mode: 0o600 });
    await rename(fresh, this.file);
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
