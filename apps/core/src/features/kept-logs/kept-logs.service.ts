import { createHash } from 'node:crypto';
import { Injectable, type StreamableFile } from '@nestjs/common';
import type {
  Capability,
  ContainerId,
  DownloadLogs,
  KeptLogItem,
  KeptLogList,
  KeptLogPage,
  LogFrameRow,
  LogMatches,
  ReadLogs,
  SearchLogs,
} from '@bailiwick/contract';
import { rightsOn } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { ContainerRow } from '../../foundation/environments/container.entity.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { KeptLogFolders } from '../../foundation/environments/kept-log-folders.driver.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { Clock, toIso, toIsoOrNull } from '../../kernel/clock.js';
import { notFound } from '../../kernel/errors.js';
import { LogFilesService } from '../logs/log-files.service.js';
import { toLevelSearch, toWordSearch } from '../logs/log-search.rules.js';
import { parseCursor, toNanoseconds } from '../logs/logs.rules.js';
import { KeptLog } from './kept-log.driver.js';
import { isOfStream, type LineRow, type Range, toLine } from './kept-log.rules.js';

const OFFERED: readonly Capability[] = ['containers.logs', 'containers.logsDownload'];
const PAGE_CHARACTERS = 4 * 1024 * 1024;
const MOST_MATCHES = 200;
const DEEPER = 4;

/** What is kept of logs, read by who could read the container's; also when that is gone. Secrets are not in it. */
@Injectable()
export class KeptLogsService {
  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly files: LogFilesService,
    private readonly folders: KeptLogFolders,
    private readonly mirrors: MirrorsService,
    private readonly rows: ContainerRowsService,
  ) {}

  /** Of containers that are gone. */
  async list(actor: Actor): Promise<KeptLogList> {
    const items: KeptLogItem[] = [];
    for (const id of await this.folders.ids()) {
      const row = await this.rows.find(id);
      if (!row || row.removedAt === null || !this.access.allows(actor, 'containers.logs', row)) continue;
      const item = await this.toItem(actor, row);
      if (item) items.push(item);
    }
    items.sort((one, other) => (other.removedAt ?? '').localeCompare(one.removedAt ?? ''));
    return { items, version: createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16) };
  }

  async see(actor: Actor, id: ContainerId): Promise<KeptLogItem> {
    const item = await this.toItem(actor, await this.get(actor, id, 'containers.logs'));
    if (!item) throw notFound('log', id);
    return item;
  }

  async page(actor: Actor, id: ContainerId, query: ReadLogs): Promise<KeptLogPage> {
    const log = await this.open(actor, id, 'containers.logs');
    const before = query.before === undefined ? undefined : parseCursor('before', query.before);
    const pages: LogFrameRow[][] = [];
    let [lines, characters] = [0, 0];
    for await (const rows of log.backwards({ ...this.range(query), before, stream: query.stream })) {
      const kept: LogFrameRow[] = [];
      for (const row of rows.toReversed()) {
        if (lines >= query.tail || characters > PAGE_CHARACTERS)
          return { rows: [kept.reverse(), ...pages].flat(), more: true };
        kept.push(row);
        if (row.type !== 'line') continue;
        lines += 1;
        characters += row.text.length;
      }
      pages.unshift(kept.reverse());
    }
    return { rows: pages.flat(), more: false };
  }

  async search(actor: Actor, id: ContainerId, { q, stream, levels, before, depth }: SearchLogs): Promise<LogMatches> {
    const log = await this.open(actor, id, 'containers.logs');
    const isFound = toWordSearch(q);
    const matches: LineRow[] = [];
    let [looked, found] = [0, 0];
    let scannedTo: LineRow | undefined;
    // Both streams: a trace may begin on the other one.
    const asked = { before: parseCursor('before', before), stream: undefined, sinceNs: null, untilNs: null };
    for await (const rows of log.backwards(asked)) {
      const isOfLevel = toLevelSearch(levels);
      const isMeant = rows.map((row) => row.type === 'line' && isOfLevel(row.text) && isOfStream(row, stream));
      for (let at = rows.length - 1; at >= 0; at -= 1) {
        const row = rows[at];
        if (row?.type !== 'line') continue;
        if (looked === depth) return toMatches(matches, found, scannedTo, Math.min(depth * DEEPER, 1_000_000));
        looked += 1;
        scannedTo = row;
        if (!isMeant[at] || !isFound(row.text)) continue;
        found += 1;
        if (matches.length < MOST_MATCHES) matches.unshift(row);
      }
    }
    return toMatches(matches, found, scannedTo, null);
  }

  async download(
    actor: Actor,
    id: ContainerId,
    query: DownloadLogs,
    credentials: Credentials,
  ): Promise<StreamableFile> {
    const row = await this.get(actor, id, 'containers.logsDownload');
    const log = await this.open(actor, id, 'containers.logsDownload');
    const watched = { actor, credentials, containerId: id };
    return this.files.answer(log.lines(this.range(query)), { name: row.name, query, watched });
  }

  private range({ since, until }: Pick<ReadLogs, 'since' | 'until'>): Range {
    const nowMs = this.clock.now();
    return {
      sinceNs: since === undefined ? null : toNanoseconds(since, nowMs),
      untilNs: until === undefined ? null : toNanoseconds(until, nowMs),
    };
  }

  private async open(actor: Actor, id: ContainerId, capability: Capability): Promise<KeptLog> {
    await this.get(actor, id, capability);
    const log = new KeptLog(this.folders.folderOf(id));
    if ((await log.segments()).length === 0) throw notFound('log', id);
    return log;
  }

  /** One that is there is asked as it is now; one that is gone as it was. */
  private async get(actor: Actor, id: ContainerId, capability: Capability): Promise<ContainerRow> {
    const row = await this.rows.find(id);
    const target = this.mirrors.container(id) ?? row;
    if (!row || !target || !this.access.allows(actor, 'containers.see', target)) throw notFound('log', id);
    this.access.require(actor, capability, target);
    return row;
  }

  private async toItem(actor: Actor, row: ContainerRow): Promise<KeptLogItem | undefined> {
    const segments = await new KeptLog(this.folders.folderOf(row.id)).segments();
    const [first] = segments;
    if (!first) return undefined;
    const { id, environmentId, tenantId, name, removedAt } = row;
    return {
      id,
      environmentId,
      tenantId,
      name,
      removedAt: toIsoOrNull(removedAt),
      from: toIso(first.fromMs),
      to: toIso(Math.max(...segments.map(({ writtenAtMs }) => writtenAtMs))),
      bytes: segments.reduce((all, { bytes }) => all + bytes, 0),
      rights: rightsOn(actor, OFFERED, this.mirrors.container(id) ?? row),
    };
  }
}

const toMatches = (
  matches: readonly LineRow[],
  found: number,
  scannedTo: LineRow | undefined,
  next: number | null,
): LogMatches => ({
  matches: matches.map(toLine),
  found,
  scannedTo: scannedTo ? { cursor: scannedTo.cursor, at: scannedTo.at } : null,
  next,
  end: next === null ? 'beginning' : null,
});
