import { type DockerCalls, LIMIT_MS, onContainer } from './docker-calls.js';
import { fromStream, toAppError } from './docker-errors.rules.js';
import { FramedLogDecoder, type LogDecoder, LogStreamError, TerminalLogDecoder, toBuffer } from './docker-log.rules.js';
import type { EngineLogLine, LogOptions } from './engine.js';

/** What containers wrote, as an engine kept it: at a terminal both streams are one. */
export class DockerLogs {
  constructor(private readonly calls: DockerCalls) {}

  async *read(
    engineId: string,
    isTerminal: boolean,
    options: LogOptions,
    signal: AbortSignal,
  ): AsyncGenerator<EngineLogLine> {
    const doing = onContainer('logs', engineId);
    const decoder: LogDecoder = isTerminal ? new TerminalLogDecoder() : new FramedLogDecoder();
    const query = toLogQuery(options);
    const stream = await this.calls.open({ ...doing, limitMs: LIMIT_MS.list, signal }, (docker, abortSignal) =>
      // `follow` makes dockerode stream; what the engine is asked stands in `_query`.
      docker.getContainer(engineId).logs({ follow: true, ...query, abortSignal }),
    );
    try {
      for await (const chunk of stream) yield* decoder.push(toBuffer(chunk));
      yield* decoder.end();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof LogStreamError) throw fromStream(error.message, doing);
      throw toAppError(error, doing);
    }
  }
}

/** A digest in the options would be sent in the address; times go as seconds with nine digits. */
function toLogQuery({ tail, sinceNs, untilNs, follow, stdout, stderr }: LogOptions) {
  return {
    _query: {
      timestamps: true,
      follow,
      stdout,
      stderr,
      tail: tail === null ? 'all' : String(tail),
      ...(sinceNs === null ? {} : { since: toSeconds(sinceNs) }),
      ...(untilNs === null ? {} : { until: toSeconds(untilNs) }),
    },
  };
}

const toSeconds = (ns: bigint): string => `${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, '0')}`;
