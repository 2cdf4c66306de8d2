import { Injectable, type StreamableFile } from '@nestjs/common';
import type { ContainerId, DownloadLogs, LogPage, ReadLogs } from '@bailiwick/contract';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { Clock } from '../../kernel/clock.js';
import type { LogRange } from './container-log.driver.js';
import { LogConfidencesService } from './log-confidences.service.js';
import { LogFilesService } from './log-files.service.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { type NumberedLine, parseCursor, shownText, toLogLine, toNanoseconds } from './logs.rules.js';

const PAGE_BYTES = 4 * 1024 * 1024;

/** What a container wrote, as pages and as a file. */
@Injectable()
export class LogsService {
  constructor(
    private readonly rights: StreamRightsService,
    private readonly environments: EnvironmentsService,
    private readonly confidences: LogConfidencesService,
    private readonly clock: Clock,
    private readonly files: LogFilesService,
  ) {}

  async page(actor: Actor, id: ContainerId, query: ReadLogs): Promise<LogPage> {
    const container = this.rights.get(actor, id, 'containers.logs');
    const before = query.before === undefined ? undefined : parseCursor('before', query.before);
    this.environments.assertOnline(container.environmentId);
    const request = { ...this.range(query), count: query.tail, stream: query.stream, before, limitBytes: PAGE_BYTES };
    const { lines, more } = await (await this.confidences.logOf(container)).page(request);
    const secrets = this.rights.maySecrets(actor, container);
    return { lines: lines.map((line) => toLogLine(line, secrets)), more };
  }

  async download(
    actor: Actor,
    id: ContainerId,
    query: DownloadLogs,
    credentials: Credentials,
  ): Promise<StreamableFile> {
    const container = this.rights.get(actor, id, 'containers.logsDownload');
    this.environments.assertOnline(container.environmentId);
    const log = await this.confidences.logOf(container);
    const reading = new AbortController();
    const lines = log.read({ ...this.range(query), follow: false }, reading.signal);
    const watched = { actor, credentials, containerId: id };
    const secrets = this.rights.watchSecrets(watched);
    const onClose = () => {
      secrets.stop();
      reading.abort();
    };
    try {
      return await this.files.answer(shown(lines, secrets.may), { name: container.name, query, watched, onClose });
    } catch (error) {
      onClose();
      throw error;
    }
  }

  private range({ since, until }: Pick<ReadLogs, 'since' | 'until'>): LogRange {
    const nowMs = this.clock.now();
    return {
      sinceNs: since === undefined ? null : toNanoseconds(since, nowMs),
      untilNs: until === undefined ? null : toNanoseconds(until, nowMs),
    };
  }
}

async function* shown(lines: AsyncIterable<NumberedLine>, secrets: () => boolean) {
  for await (const line of lines) yield { at: line.at, stream: line.stream, text: shownText(line, secrets()) };
}
