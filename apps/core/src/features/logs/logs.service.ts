import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy, StreamableFile } from '@nestjs/common';
import type { ContainerId, DownloadLogs, LogPage, ReadLogs } from '@bailiwick/contract';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import type { LogRange } from './container-log.driver.js';
import { LogConfidencesService } from './log-confidences.service.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { type NumberedLine, parseCursor, shownText, toLogLine, toNanoseconds } from './logs.rules.js';

const CHUNK_CHARACTERS = 64 * 1024;
const PAGE_BYTES = 4 * 1024 * 1024;

/** What a container wrote, as pages and as a file. */
@Injectable()
export class LogsService implements OnModuleDestroy {
  private readonly downloads = new Set<Readable>();

  constructor(
    private readonly rights: StreamRightsService,
    private readonly environments: EnvironmentsService,
    private readonly confidences: LogConfidencesService,
    private readonly clock: Clock,
  ) {}

  /** A download could otherwise hold the stop of the core for as long as its client likes. */
  onModuleDestroy(): void {
    for (const text of this.downloads) text.destroy(new Error('The core stops.'));
  }

  async page(actor: Actor, id: ContainerId, query: ReadLogs): Promise<LogPage> {
    const container = this.rights.get(actor, id, 'containers.logs');
    const before = query.before === undefined ? undefined : parseCursor('before', query.before);
    this.environments.assertOnline(container.environmentId);
    const request = { ...this.range(query), count: query.tail, stream: query.stream, before, limitBytes: PAGE_BYTES };
    const { lines, more } = await (await this.confidences.logOf(container)).page(request);
    const secrets = this.rights.maySecrets(actor, container);
    return { lines: lines.map((line) => toLogLine(line, secrets)), more };
  }

  /** Streams at the client's pace; ends with its connection or its right. */
  async download(actor: Actor, id: ContainerId, query: DownloadLogs, credentials: Credentials) {
    const container = this.rights.get(actor, id, 'containers.logsDownload');
    this.environments.assertOnline(container.environmentId);
    const reading = new AbortController();
    const log = await this.confidences.logOf(container);
    const lines = log.read({ ...this.range(query), follow: false }, reading.signal);
    // The first line is read before the answer begins: what is wrong with the engine is still told as an error.
    const first = await lines.next();
    const watched = { actor, credentials, containerId: id };
    const secrets = this.rights.watchSecrets(watched);
    const text = Readable.from(toText(first, lines, query, secrets.may), { objectMode: false });
    const stop = this.rights.watch({
      ...watched,
      capability: 'containers.logsDownload',
      onEnd: (reason) => text.destroy(new Error(`The right to this download ended: ${reason}.`)),
    });
    this.downloads.add(text);
    text.once('close', () => {
      this.downloads.delete(text);
      stop();
      secrets.stop();
      reading.abort();
    });
    return new StreamableFile(text, {
      type: 'text/plain; charset=utf-8',
      disposition: `attachment; filename="${fileName(container.name, this.clock.now())}"`,
    });
  }

  private range({ since, until }: Pick<ReadLogs, 'since' | 'until'>): LogRange {
    const nowMs = this.clock.now();
    return {
      sinceNs: since === undefined ? null : toNanoseconds(since, nowMs),
      untilNs: until === undefined ? null : toNanoseconds(until, nowMs),
    };
  }
}

async function* toText(
  first: IteratorResult<NumberedLine, void>,
  rest: AsyncIterable<NumberedLine>,
  { stream, timestamps }: DownloadLogs,
  secrets: () => boolean,
): AsyncGenerator<string> {
  const write = (line: NumberedLine) => {
    const text = shownText(line, secrets());
    return timestamps === 'true' ? `${line.at} ${text}\n` : `${text}\n`;
  };
  let chunk = first.done || (stream && first.value.stream !== stream) ? '' : write(first.value);
  for await (const line of rest) {
    if (stream && line.stream !== stream) continue;
    chunk += write(line);
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk) yield chunk;
}

const fileName = (name: string, nowMs: number): string =>
  `${name.replaceAll(/[^a-zA-Z0-9_.-]/g, '-')}-${toIso(nowMs).slice(0, 19).replaceAll(':', '')}.log`;
