import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Injectable, type OnModuleDestroy, StreamableFile } from '@nestjs/common';
import type { ContainerId, DownloadLogs, LogLine } from '@bailiwick/contract';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { fileName, fileType, toFileLine } from './log-file.rules.js';

const CHUNK_CHARACTERS = 64 * 1024;

type Line = Pick<LogLine, 'at' | 'stream' | 'text'>;

interface About {
  /** Of the container. */
  readonly name: string;
  readonly query: DownloadLogs;
  readonly watched: { readonly actor: Actor; readonly credentials: Credentials; readonly containerId: ContainerId };
  /** The file is no more being read. */
  readonly onClose?: () => void;
}

/** Lines as a file that streams at its reader's pace; ends with their connection or their right. */
@Injectable()
export class LogFilesService implements OnModuleDestroy {
  private readonly open = new Set<Readable>();

  constructor(
    private readonly clock: Clock,
    private readonly rights: StreamRightsService,
  ) {}

  /** A download could otherwise hold the stop of the core for as long as its client likes. */
  onModuleDestroy(): void {
    for (const file of this.open) file.destroy(new Error('The core stops.'));
  }

  async answer(lines: AsyncGenerator<Line, void>, { name, query, watched, onClose }: About): Promise<StreamableFile> {
    // The first line is read before the answer begins: what is wrong with the engine is still told as an error.
    const first = await lines.next();
    const text = Readable.from(toText(first, lines, query), { objectMode: false });
    const stop = this.rights.watch({
      ...watched,
      capability: 'containers.logsDownload',
      onEnd: (reason) => text.destroy(new Error(`The right to this download ended: ${reason}.`)),
    });
    this.open.add(text);
    text.once('close', () => {
      this.open.delete(text);
      stop();
      onClose?.();
    });
    return new StreamableFile(query.gzip === 'true' ? packed(text) : text, {
      type: fileType(query),
      disposition: `attachment; filename="${fileName(name, toIso(this.clock.now()), query)}"`,
    });
  }
}

/** Whoever reads it hears of what broke, and whoever leaves ends the reading. */
const packed = (text: Readable): Readable => pipeline(text, createGzip(), () => undefined);

async function* toText(
  first: IteratorResult<Line, void>,
  rest: AsyncIterable<Line>,
  query: DownloadLogs,
): AsyncGenerator<string> {
  const write = (line: Line) => (query.stream && line.stream !== query.stream ? '' : toFileLine(line, query));
  let chunk = first.done ? '' : write(first.value);
  for await (const line of rest) {
    chunk += write(line);
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk) yield chunk;
}
