import { createInterface } from 'node:readline';
import { addAbortSignal, Readable } from 'node:stream';
import type { DockerCalls } from './docker-calls.js';
import { LIMIT_MS, onContainer } from './docker-calls.js';
import { toStatsUsage } from './docker-stats.rules.js';
import type { CountedUsage } from './usage.js';

/** A stream nobody asked for so long is let go of. */
const KEPT_MS = 60_000;

interface Stream {
  readonly ending: AbortController;
  /** The newest frame, read only when somebody asks: an engine sends one a second. */
  frame: { readonly line: string; readonly atMs: number } | undefined;
  askedAtMs: number;
}

/** What containers use as an engine tells it, one stream each, for hosts whose own files are out of sight. */
export class DockerStats {
  private readonly streams = new Map<string, Stream>();

  constructor(private readonly calls: DockerCalls) {}

  /** Undefined until its first frame came. */
  read(engineId: string, hostMemoryBytes: number | null): CountedUsage | undefined {
    const stream = this.streams.get(engineId) ?? this.open(engineId);
    stream.askedAtMs = Date.now();
    return stream.frame && toStatsUsage(JSON.parse(stream.frame.line), hostMemoryBytes, stream.frame.atMs);
  }

  /** Ends the streams of those that nobody asks for any more. */
  sweep(): void {
    for (const { ending, askedAtMs } of this.streams.values()) if (Date.now() - askedAtMs > KEPT_MS) ending.abort();
  }

  close(): void {
    for (const { ending } of this.streams.values()) ending.abort();
  }

  private open(engineId: string): Stream {
    const stream: Stream = { ending: new AbortController(), frame: undefined, askedAtMs: Date.now() };
    this.streams.set(engineId, stream);
    // However it ended, the next who asks opens it anew; that the engine is away is the mirror's to say.
    this.follow(engineId, stream)
      .catch(() => undefined)
      .finally(() => this.streams.delete(engineId));
    return stream;
  }

  private async follow(engineId: string, stream: Stream): Promise<void> {
    const { signal } = stream.ending;
    const call = { ...onContainer('stats', engineId), limitMs: LIMIT_MS.ask, signal };
    // The library takes no signal for this one: what it opened is ended by hand.
    const frames = await this.calls.open(call, (docker) => docker.getContainer(engineId).stats({ stream: true }));
    if (frames instanceof Readable) addAbortSignal(signal, frames);
    frames.once('error', () => undefined); // the lines end then
    for await (const line of createInterface({ input: frames }))
      if (line !== '') stream.frame = { line, atMs: Date.now() };
  }
}
