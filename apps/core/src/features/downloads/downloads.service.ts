import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy, StreamableFile } from '@nestjs/common';
import type { ContainerId, DownloadFile } from '@bailiwick/contract';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { FileVisitsService, type Reached, type Visit } from '../files/file-visits.service.js';
import { splitPath } from '../files/files.rules.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { attachment, type Part, partOf } from './downloads.rules.js';

/** The disk is read while what was read before is on its way. */
const AHEAD_BYTES = 512 * 1024;

export interface Asked {
  readonly credentials: Credentials;
  readonly range: string | undefined;
  /** The range is of the file with this etag; of another one, all is sent. */
  readonly ifRange: string | undefined;
}
export interface Sent {
  readonly status: 200 | 206;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: StreamableFile;
}

interface Source {
  readonly pieces: AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Files, and folders as archives, at the pace of whoever takes them. */
@Injectable()
export class DownloadsService implements OnModuleDestroy {
  private readonly open = new Set<Readable>();
  private readonly log: Log;

  constructor(
    private readonly audit: AuditService,
    private readonly visits: FileVisitsService,
    private readonly rights: StreamRightsService,
    log: CoreLog,
  ) {
    this.log = log.for('downloads');
  }

  /** A download could otherwise hold the stop of the core for as long as its client likes. */
  onModuleDestroy(): void {
    for (const stream of this.open) stream.destroy(new Error('The core stops.'));
  }

  async send(actor: Actor, id: ContainerId, { path }: DownloadFile, asked: Asked): Promise<Sent> {
    const visit = await this.visits.begin(actor, id, 'files.download');
    const found = await this.visits.getEither(visit, path);
    return found.facts.kind === 'folder' ? this.sendFolder(visit, found, asked) : this.sendFile(visit, found, asked);
  }

  private async sendFolder(visit: Visit, found: Reached, { credentials }: Asked): Promise<Sent> {
    const name = splitPath(found.path).name || visit.seen.name;
    await this.record(visit, found);
    const archive = await found.tree.archive(found, name);
    const stream = this.watched(visit, credentials, archive);
    const body = new StreamableFile(stream, { type: 'application/x-tar', disposition: attachment(`${name}.tar`) });
    return { status: 200, headers: {}, body };
  }

  private async sendFile(visit: Visit, found: Reached, { credentials, range, ifRange }: Asked): Promise<Sent> {
    const file = await found.tree.open(found);
    try {
      const { sizeBytes, etag } = file.facts;
      const isThis = ifRange === undefined || ifRange === `"${etag}"`;
      const asked = isThis ? partOf(range, sizeBytes) : undefined;
      const part = asked ?? { from: 0, length: sizeBytes };
      // A player asks for one file in many parts.
      if (part.from === 0) await this.record(visit, found);
      const stream = this.watched(visit, credentials, { pieces: piecesOf(file, part), close: () => file.close() });
      const headers = {
        'Accept-Ranges': 'bytes',
        ETag: `"${etag}"`,
        ...(asked ? { 'Content-Range': `bytes ${part.from}-${part.from + part.length - 1}/${sizeBytes}` } : {}),
      };
      const disposition = attachment(splitPath(found.path).name);
      const body = new StreamableFile(stream, { type: 'application/octet-stream', disposition, length: part.length });
      return { status: asked ? 206 : 200, headers, body };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private record({ actor, target }: Visit, { path }: Reached): Promise<void> {
    return this.audit.record(null, { actor, action: 'files.download', target, outcome: 'done', details: { path } });
  }

  /** It ends with the right to it, with its client, and with the core. */
  private watched({ actor, seen }: Visit, credentials: Credentials, source: Source): Readable {
    const stream = streamOf(source, (error) =>
      this.log.error({ err: error }, 'What was downloaded could not be closed'),
    );
    const stop = this.rights.watch({
      actor,
      credentials,
      containerId: seen.id,
      capability: 'files.download',
      onEnd: (reason) => stream.destroy(new Error(`The right to this download ended: ${reason}.`)),
    });
    this.open.add(stream);
    stream.once('close', () => {
      this.open.delete(stream);
      stop();
    });
    return stream;
  }
}

/** Its source is closed when it is given up, not when its next piece has come: that may be never. */
function streamOf(source: Source, onError: (error: unknown) => void): Readable {
  const stream = Readable.from(source.pieces, { objectMode: false, highWaterMark: AHEAD_BYTES });
  const destroy = stream._destroy.bind(stream);
  stream._destroy = (error, done) => {
    source.close().catch(onError);
    destroy(error, done);
  };
  return stream;
}

type OpenFile = Awaited<ReturnType<Reached['tree']['open']>>;

/** As many bytes as were said; a file that became shorter ends the answer, so that nobody takes it for whole. */
async function* piecesOf(file: OpenFile, { from, length }: Part): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < length;) {
    const piece = await file.read(from + sent, Math.min(file.pieceBytes, length - sent));
    if (piece.length === 0) throw new Error('It became shorter while it was sent.');
    sent += piece.length;
    yield piece;
  }
}
