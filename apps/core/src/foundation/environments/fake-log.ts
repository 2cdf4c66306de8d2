import type { EngineLogLine, LogOptions } from './engine.js';

const PART_CHARACTERS = 16 * 1024;
const MOST_CHARACTERS = 30 * 1024 * 1024;

/** What a pretended container wrote; the oldest falls off like in a rotated file. */
export class FakeLog {
  private lines: EngineLogLine[] = [];
  /** How many fell off; positions keep counting. */
  private dropped = 0;
  private characters = 0;
  private wake = new Set<() => void>();
  private lastNs = 0n;

  constructor(private readonly nowMs: () => number) {}

  write(stream: EngineLogLine['stream'], text: string, atNs = this.nextNs()): void {
    for (let start = 0; start === 0 || start < text.length; start += PART_CHARACTERS) {
      const part = text.slice(start, start + PART_CHARACTERS);
      this.lines.push({ atNs, stream, text: part, partial: start + PART_CHARACTERS < text.length });
      this.characters += part.length;
    }
    while (this.characters > MOST_CHARACTERS) this.rotate();
    this.poke();
  }

  /** Wakes who follows, so that they see the end. */
  poke(): void {
    for (const wake of this.wake) wake();
  }

  async *read(options: LogOptions, signal: AbortSignal, isOver: () => boolean): AsyncGenerator<EngineLogLine> {
    const wanted = ({ atNs, stream }: EngineLogLine) =>
      (options.sinceNs === null || atNs >= options.sinceNs) &&
      (options.untilNs === null || atNs <= options.untilNs) &&
      options[stream];
    let position = options.tail === null ? this.dropped : this.fromTheEnd(options.tail, wanted);
    for (;;) {
      signal.throwIfAborted();
      position = Math.max(position, this.dropped);
      const line = this.lines[position - this.dropped];
      if (line) {
        position += 1;
        if (wanted(line)) yield line;
      } else if (!options.follow || isOver()) return;
      else await this.more(signal);
    }
  }

  private fromTheEnd(tail: number, wanted: (line: EngineLogLine) => boolean): number {
    let left = tail;
    let index = this.lines.length;
    while (left > 0 && index > 0) {
      index -= 1;
      const line = this.lines[index];
      if (line && wanted(line)) left -= 1;
    }
    return this.dropped + index;
  }

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.wake.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.wake.add(done);
      signal.addEventListener('abort', done);
    });
  }

  private rotate(): void {
    const cut = Math.ceil(this.lines.length / 3);
    for (const { text } of this.lines.splice(0, cut)) this.characters -= text.length;
    this.dropped += cut;
  }

  private nextNs(): bigint {
    const nowNs = BigInt(this.nowMs()) * 1_000_000n;
    this.lastNs = nowNs > this.lastNs ? nowNs : this.lastNs + 1n;
    return this.lastNs;
  }
}
