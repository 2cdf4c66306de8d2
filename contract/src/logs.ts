import * as z from 'zod';
import { ContainerId } from './ids.ts';
import { ErrorEnvelope } from './errors.ts';
import { LEVELS } from './log-levels.ts';
import { listOf } from './wire.ts';

export const LogStream = z.enum(['stdout', 'stderr']);
/** `12h`, `30m`, `10s`, `7d` back from now, or an ISO moment. */
export const LogMoment = z.union([z.string().regex(/^\d{1,6}[smhd]$/), z.iso.datetime({ offset: true })]);

/** One page of history. `before` and `after` take a line's cursor; `tail` counts from the end. */
export const ReadLogs = z.strictObject({
  tail: z.coerce.number().int().min(1).max(2000).default(200),
  since: LogMoment.optional(),
  until: LogMoment.optional(),
  stream: LogStream.optional(),
  before: z.string().max(200).optional(),
});
export type ReadLogs = z.infer<typeof ReadLogs>;

/**
 * The same range as a file, one line a line. As `log`, `timestamps=true` puts each line's time before it and
 * `colours=false` leaves out what colours it; as `jsonl`, each is an object of `at`, `stream` and `text`.
 */
export const DownloadLogs = ReadLogs.pick({ since: true, until: true, stream: true }).extend({
  timestamps: z.enum(['true', 'false']).default('true'),
  colours: z.enum(['true', 'false']).default('true'),
  format: z.enum(['log', 'jsonl']).default('log'),
  gzip: z.enum(['true', 'false']).default('false'),
});
export type DownloadLogs = z.infer<typeof DownloadLogs>;

/** `at` is ISO-8601 in UTC with all nine digits the engine keeps; `cursor` resumes right after this line. */
export const LogLine = z.object({
  cursor: z.string(),
  at: z.string(),
  stream: LogStream,
  text: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;
export const LogPage = z.object({
  lines: z.array(LogLine),
  /** More lines stand before the first one. */
  more: z.boolean(),
});
export type LogPage = z.infer<typeof LogPage>;

export const LOG_SEARCH_DEPTH = 1_000_000;
/**
 * Looks further back than what is loaded: of the last `depth` lines, those before `before`. Small letters find both, a
 * capital is meant. The next step begins at `scannedTo` and reaches `next` lines deep; `end` says why there is none.
 */
export const SearchLogs = z.strictObject({
  q: z.string().min(1).max(500),
  stream: LogStream.optional(),
  /** Only lines of these levels, with commas: `error,fatal`. */
  levels: z
    .string()
    .max(100)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(LEVELS)))
    .optional(),
  before: z.string().max(200),
  depth: z.coerce.number().int().min(100).max(LOG_SEARCH_DEPTH).default(20_000),
});
export type SearchLogs = z.infer<typeof SearchLogs>;
export const LogMatches = z.object({
  /** The newest ones of this step, in their order. */
  matches: z.array(LogLine),
  /** Matches of this step, those that are not among `matches` as well. */
  found: z.int(),
  /** The oldest line that was looked at; null where there was none. */
  scannedTo: LogLine.pick({ cursor: true, at: true }).nullable(),
  next: z.int().nullable(),
  end: z.enum(['beginning', 'depth']).nullable(),
});
export type LogMatches = z.infer<typeof LogMatches>;

/** Namespace `/logs`, event `follow`: starts a stream on this socket. One socket may follow several. */
export const FollowLogs = z.strictObject({
  stream: z.string().regex(/^[a-zA-Z0-9-]{1,40}$/),
  containerId: ContainerId,
  /** Resume right after this line, without gap or duplicate. */
  after: z.string().max(200).optional(),
  tail: z.int().min(0).max(2000).default(200),
});
export type FollowLogs = z.infer<typeof FollowLogs>;
export const FollowAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: ErrorEnvelope }),
]);
export type FollowAnswer = z.infer<typeof FollowAnswer>;
/**
 * Event `frame` (stream, bytes): UTF-8 JSON lines, one `LogFrameRow` a line, at most 64 KiB or 100 ms of rows.
 * The client answers each frame with event `credit` {stream, bytes}; 256 KiB may be unacknowledged.
 */
export const LOG_CREDIT_BYTES = 256 * 1024;
export const LogFrameRow = z.discriminatedUnion('type', [
  z.object({ type: z.literal('line'), cursor: z.string(), at: z.string(), stream: LogStream, text: z.string() }),
  /** Lines that were not sent, with the reason; never silent. */
  z.object({
    type: z.literal('gap'),
    lines: z.int().nullable(),
    reason: z.enum(['slow_reader', 'rotated', 'unknown']),
  }),
  z.object({
    type: z.literal('event'),
    event: z.enum(['started', 'stopped', 'removed', 'resumed', 'engine_offline']),
    at: z.string(),
    exitCode: z.int().nullable(),
  }),
]);
export type LogFrameRow = z.infer<typeof LogFrameRow>;
export const LogCredit = z.strictObject({ stream: z.string().max(40), bytes: z.int().min(0) });
export type LogCredit = z.infer<typeof LogCredit>;
/** Event `unfollow` {stream}: no frame of that stream follows. */
export const UnfollowLogs = FollowLogs.pick({ stream: true });
export type UnfollowLogs = z.infer<typeof UnfollowLogs>;
/** Event `ended` {stream, reason}: the server closed the stream; the rows before it are complete. */
export const LogEnded = z.object({
  stream: z.string(),
  reason: z.enum(['removed', 'failed', 'signed_out', 'rights_changed', 'not_found']),
});
export type LogEnded = z.infer<typeof LogEnded>;

/** `GET /logs/stream` as a plain WebSocket, of a container or else of the core itself: first `history`, empty if there is none, then `lines`; up to 64 KiB of rows each. */
export const StreamLogs = z.strictObject({
  container: ContainerId.optional(),
  after: FollowLogs.shape.after,
  tail: z.coerce.number().int().min(0).max(2000).default(100),
});
export type StreamLogs = z.infer<typeof StreamLogs>;
export const LogStreamMessage = z.object({ type: z.enum(['history', 'lines']), data: z.array(LogFrameRow) });
export type LogStreamMessage = z.infer<typeof LogStreamMessage>;

/** The core's own log, the last 500 entries in order. */
export const CoreLogEntry = z.object({
  timestamp: z.number(),
  iso: z.string(),
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
  logger: z.string(),
  message: z.string(),
});
export type CoreLogEntry = z.infer<typeof CoreLogEntry>;
/** What `GET /logs/stream` tells of the core's own log: the last 100 entries first, then what comes. */
export const CoreLogMessage = z.object({ type: z.enum(['history', 'entries']), data: z.array(CoreLogEntry) });
export type CoreLogMessage = z.infer<typeof CoreLogMessage>;
export const CoreLogList = listOf(CoreLogEntry);
export type CoreLogList = z.infer<typeof CoreLogList>;
export const ReadCoreLog = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(200) });
export type ReadCoreLog = z.infer<typeof ReadCoreLog>;
