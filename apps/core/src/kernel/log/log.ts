import type { CoreLogEntry } from '@bailiwick/contract';
import pino from 'pino';

const RING_SIZE = 500;
const REDACTED = ['password', 'token', 'secret', 'cookie', 'authorization', 'csrf', 'x-csrf'];
const LEVELS: Record<number, CoreLogEntry['level']> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

export type Log = pino.Logger;

/** JSON lines on stdout; the last 500 entries stay readable in memory. */
export class CoreLog {
  readonly root: Log;
  private readonly ring: CoreLogEntry[] = [];
  private readonly listeners = new Set<(entry: CoreLogEntry) => void>();

  constructor(level: string, write: (line: string) => void = (line) => void process.stdout.write(line)) {
    this.root = pino(
      {
        level,
        base: null,
        serializers: { err: withoutParameters },
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        redact: {
          paths: REDACTED.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
          censor: '[redacted]',
        },
      },
      {
        write: (line: string) => {
          this.remember(line);
          write(line);
        },
      },
    );
  }

  /** A logger that names its origin. */
  for(logger: string): Log {
    return this.root.child({ logger });
  }

  /** The newest `limit` entries, oldest first. */
  history(limit: number): CoreLogEntry[] {
    return this.ring.slice(-limit);
  }

  /** Every entry from now on, those that the ring soon lets go as well. Returns the function that stops it. */
  onEntry(listener: (entry: CoreLogEntry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private remember(line: string): void {
    const entry = JSON.parse(line) as { level: number; time: string; logger?: string; msg?: string };
    const told: CoreLogEntry = {
      timestamp: Date.parse(entry.time),
      iso: entry.time,
      level: LEVELS[entry.level] ?? 'info',
      logger: entry.logger ?? 'core',
      message: entry.msg ?? '',
    };
    this.ring.push(told);
    if (this.ring.length > RING_SIZE) this.ring.shift();
    for (const listener of this.listeners) listener(told);
  }
}

/** A failed query carries what it was asked with, hashes of passwords and sessions among it. */
function withoutParameters(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { parameters: _, driverError: __, ...told }: Record<string, unknown> = { ...pino.stdSerializers.err(error) };
  return told;
}
