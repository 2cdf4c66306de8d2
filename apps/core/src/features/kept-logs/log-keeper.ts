import type { LogReader, LogSink } from '../logs/log-reader.service.js';
import type { LogSegments } from './log-segments.js';

/** A container that says more than so much in a second is kept with gaps, which say how many lines they are. */
const BYTES_A_SECOND = 2 * 1024 * 1024;

/** Takes what one container says to the disk. */
export class LogKeeper implements LogSink {
  reader: LogReader | undefined;
  private failed = false;

  constructor(
    readonly segments: LogSegments,
    private readonly onEnd: (reason: 'removed' | 'failed' | 'full', error?: unknown) => void,
  ) {}

  get ready(): boolean {
    return !this.failed;
  }

  send(rows: readonly string[]): number {
    const bytes = rows.reduce((all, row) => all + row.length + 1, 0);
    try {
      this.segments.append(rows);
      setTimeout(() => this.reader?.credit(bytes), (bytes / BYTES_A_SECOND) * 1000);
    } catch (error) {
      this.failed = true;
      this.reader?.close();
      this.onEnd('full', error);
    }
    return bytes;
  }

  historyOver(): void {
    // What was and what comes are kept alike.
  }

  end(reason: 'removed' | 'failed'): void {
    this.onEnd(reason);
  }
}
