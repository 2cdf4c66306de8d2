import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent, ExportAudit, OperationId } from '@bailiwick/contract';
import { stringify } from 'csv-stringify';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { CONFIG } from '../../kernel/tokens.js';
import { COLUMNS, toCells } from './audit-export.rules.js';

type Format = ExportAudit['format'];
/** How long a file is there. */
export const EXPORT_KEPT_MS = 24 * 3_600_000;
const PART = '.part';

/** The files of exports: each is written aside, and there at once or not at all. */
@Injectable()
export class AuditExportsDriver {
  private readonly folder: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
  ) {
    this.folder = path.join(config.storageDir, 'exports');
  }

  /** A second time writes it anew. Answers its size. */
  async write(
    id: OperationId,
    format: Format,
    events: AsyncIterable<AuditEvent>,
    signal: AbortSignal,
  ): Promise<number> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = this.fileOf(id, format);
    const part = `${file}${PART}`;
    await rm(part, { force: true });
    const sink = createWriteStream(part, { mode: 0o600 });
    if (format === 'csv') await pipeline(Readable.from(cells(events)), csv(), sink, { signal });
    else await pipeline(Readable.from(lines(events)), sink, { signal });
    const { size } = await stat(part);
    await rename(part, file);
    // Its age is counted by our clock.
    await utimes(file, this.clock.now() / 1000, this.clock.now() / 1000);
    return size;
  }

  /** Undefined where it is over or never was. */
  async open(id: OperationId, format: Format): Promise<ReadStream | undefined> {
    const file = this.fileOf(id, format);
    if (!(await this.isThere(file))) return undefined;
    return createReadStream(file);
  }

  async remove(id: OperationId, format: Format): Promise<void> {
    const file = this.fileOf(id, format);
    await rm(file, { force: true });
    await rm(`${file}${PART}`, { force: true });
  }

  /** Also what a core that was killed left half written. */
  async removeOver(): Promise<void> {
    for (const name of await this.names()) {
      const file = path.join(this.folder, name);
      if (!(await this.isThere(file))) await rm(file, { force: true });
    }
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  private async isThere(file: string): Promise<boolean> {
    try {
      return this.clock.now() - (await stat(file)).mtimeMs < EXPORT_KEPT_MS;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  private fileOf(id: OperationId, format: Format): string {
    return path.join(this.folder, `${id}.${format}`);
  }
}

/** A cell that a spreadsheet would run is written as text. */
const csv = () => stringify({ header: true, columns: [...COLUMNS], escape_formulas: true });

async function* cells(events: AsyncIterable<AuditEvent>) {
  for await (const event of events) yield toCells(event);
}

async function* lines(events: AsyncIterable<AuditEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
