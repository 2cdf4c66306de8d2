import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import type { PluginLog } from '@bailiwick/contract';
import { toIso } from '../../kernel/clock.js';

export type LogSource = PluginLog['lines'][number]['source'];

const FILE_BYTES = 10 * 1024 * 1024;
const FILES = 5;
const KEPT_LINES = 2000;
const LINE_CHARACTERS = 8192;
/** More than this in a second is counted, not kept: a log is no way to fill a disk or the core's time. */
const BYTES_A_SECOND = 256 * 1024;

interface Line {
  readonly atMs: number;
  readonly source: LogSource;
  readonly text: string;
}

/** What one plugin says: the newest lines at hand, more of them in five files of 10 MiB each. */
export class PluginLogFile {
  private readonly newest: Line[] = [];
  private bytes: number;
  private second = 0;
  private inSecond = 0;
  private leftOut = 0;
  private readonly halves = new Map<LogSource, string>();

  constructor(
    readonly path: string,
    private readonly now: () => number,
  ) {
    this.bytes = existsSync(path) ? statSync(path).size : 0;
  }

  /** What came over a pipe: lines may come in pieces. */
  take(source: LogSource, chunk: string): void {
    const lines = `${this.halves.get(source) ?? ''}${chunk}`.split('\n');
    const rest = lines.pop() ?? '';
    this.halves.set(source, rest.length > LINE_CHARACTERS ? '' : rest);
    for (const line of rest.length > LINE_CHARACTERS ? [...lines, rest] : lines) this.add(source, line);
  }

  /** The rest of a line that never ended. */
  flush(): void {
    for (const [source, rest] of this.halves) if (rest !== '') this.add(source, rest);
    this.halves.clear();
  }

  add(source: LogSource, text: string): void {
    const atMs = this.turnSecond();
    this.inSecond += text.length + 1;
    if (this.inSecond > BYTES_A_SECOND) this.leftOut += 1;
    else this.write({ atMs, source, text: text.slice(0, LINE_CHARACTERS) });
  }

  tail(limit: number): PluginLog {
    this.turnSecond();
    return { lines: this.newest.slice(-limit).map(({ atMs, source, text }) => ({ at: toIso(atMs), source, text })) };
  }

  /** What was left out of the second before is said in the next one. */
  private turnSecond(): number {
    const atMs = this.now();
    const second = Math.floor(atMs / 1000);
    if (second === this.second) return atMs;
    const { leftOut } = this;
    [this.second, this.inSecond, this.leftOut] = [second, 0, 0];
    if (leftOut > 0) this.write({ atMs, source: 'core', text: `${leftOut} lines came too fast and were left out.` });
    return atMs;
  }

  private write(line: Line): void {
    this.newest.push(line);
    if (this.newest.length > KEPT_LINES) this.newest.shift();
    const written = Buffer.from(`${toIso(line.atMs)} ${line.source} ${line.text}\n`);
    if (this.bytes + written.length > FILE_BYTES) this.rotate();
    appendFileSync(this.path, written, { mode: 0o600 });
    this.bytes += written.length;
  }

  private rotate(): void {
    for (let number = FILES - 1; number >= 1; number -= 1) {
      const from = number === 1 ? this.path : `${this.path}.${number - 1}`;
      if (existsSync(from)) renameSync(from, `${this.path}.${number}`);
    }
    this.bytes = 0;
  }
}
