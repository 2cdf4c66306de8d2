import { Injectable } from '@nestjs/common';
import { type ContainerId, LOG_SEARCH_DEPTH, type LogMatches, type SearchLogs, type UserId } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { Turns } from '../../kernel/turns.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { LogConfidencesService } from './log-confidences.service.js';
import { toLevelSearch, toWordSearch } from './log-search.rules.js';
import { type NumberedLine, parseCursor, shownText, toLogLine } from './logs.rules.js';

const MOST_MATCHES = 200;
const MATCHES_BYTES = 1024 * 1024;
/** An engine reads its last lines anew for every step: all steps together read little more than the last of them. */
const DEEPER = 4;

/** Looks for words in what a container wrote, further back than anybody has loaded. */
@Injectable()
export class LogSearchService {
  private readonly turns = new Turns<UserId>();

  constructor(
    private readonly rights: StreamRightsService,
    private readonly environments: EnvironmentsService,
    private readonly confidences: LogConfidencesService,
  ) {}

  /** One of a person at a time: a step may have its engine read a million lines. */
  step(actor: Actor, id: ContainerId, query: SearchLogs, left: AbortSignal): Promise<LogMatches> {
    return this.turns.run(actor.userId, () => {
      left.throwIfAborted();
      return this.look(actor, id, query, left);
    });
  }

  private async look(actor: Actor, id: ContainerId, query: SearchLogs, left: AbortSignal): Promise<LogMatches> {
    const container = this.rights.get(actor, id, 'containers.logs');
    const before = parseCursor('before', query.before);
    this.environments.assertOnline(container.environmentId);
    const secrets = this.rights.maySecrets(actor, container);
    const isFound = toWordSearch(query.q);
    const isOfLevel = toLevelSearch(query.levels);
    const request = {
      before,
      depth: query.depth,
      count: MOST_MATCHES,
      limitBytes: MATCHES_BYTES,
      // What somebody may not read is not found for them either.
      matches: (line: NumberedLine) => {
        const text = shownText(line, secrets);
        return isOfLevel(text) && (query.stream === undefined || line.stream === query.stream) && isFound(text);
      },
    };
    const log = await this.confidences.logOf(container);
    const { lines, found, scannedTo, whole } = await log.search(request, left);
    const end = whole ? 'beginning' : query.depth >= LOG_SEARCH_DEPTH ? 'depth' : null;
    return {
      matches: lines.map((line) => toLogLine(line, secrets)),
      found,
      scannedTo: scannedTo ? { cursor: scannedTo.cursor, at: scannedTo.at } : null,
      next: end === null ? Math.min(query.depth * DEEPER, LOG_SEARCH_DEPTH) : null,
      end,
    };
  }
}
