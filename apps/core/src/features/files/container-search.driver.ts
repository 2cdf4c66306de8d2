import type { FoundLine } from '@bailiwick/contract';
import type { Engine, RunResult } from '../../foundation/environments/engine.js';
import { toolMissing } from '../../foundation/environments/engine-errors.js';
import { type FileSearch, findText, GrepReader, pathsIn } from './file-search.rules.js';
import { BIN, fileRefused, inFolder, isTypable, splitPath } from './files.rules.js';

const MOST_PATH_BYTES = 32 * 1024 * 1024;
const MOST_SAID_BYTES = 2 * 1024 * 1024;
/** What fits into one call, with room to spare. */
const BATCH_BYTES = 64 * 1024;
const SECONDS = 10;
/** How `timeout` says that it was. */
const KILLED = 137;
/** How it says that there is no such program. */
const NOT_THERE = 127;
/** What `grep` answers where it found nothing; above it, that something could not be read. */
const NOTHING = 1;

/**
 * Looks through a folder of a running container by its own `timeout find grep`, as its own user and without a shell:
 * which files there are is asked first, then those are looked into, as words of their own and never as a pattern.
 */
export class ContainerSearch {
  constructor(
    private readonly engine: Engine,
    private readonly engineId: string,
    private readonly search: FileSearch,
  ) {}

  /** The paths below a folder whose names fit. */
  async paths(folder: string): Promise<string[]> {
    const { wish, bounds } = this.search;
    const files = wish.text === undefined ? [] : ['-type', 'f', '-size', `-${bounds.mostBytesOfOne / 1024}k`];
    const depth = ['-mindepth', '1', '-maxdepth', `${bounds.mostDeep}`];
    const result = await this.run(['find', folder, '-xdev', ...depth, ...files, '-print0'], MOST_PATH_BYTES);
    if (!result) return [];
    const told = result.stderr.toString('utf8').split('\n').filter(Boolean);
    if (result.exitCode !== 0 && result.stdout.length === 0 && !this.search.isOver && told.length > 0)
      throw fileRefused(told[0] ?? '');
    this.search.leftOut += told.length;
    const fitting = this.fitting(inFolder(folder, ''), result.stdout);
    if (result.truncated) this.search.stop('entries');
    return fitting.sort();
  }

  private fitting(before: string, said: Buffer): string[] {
    const fitting: string[] = [];
    for (const path of pathsIn(said)) {
      if (!path.startsWith(before) || !isShown(path.slice(before.length))) continue;
      if (!this.search.takeEntry()) break;
      if (this.search.fitsName(splitPath(path).name)) fitting.push(path);
    }
    return fitting;
  }

  /** Those of the files with the text in them, as far as there is time. */
  async look(paths: readonly string[]): Promise<void> {
    // An image without it would look as if nothing had been found.
    await this.run(['grep', '-q', '-F', '-e', 'x', '--', '/dev/null'], MOST_SAID_BYTES);
    for (const batch of batches(paths)) {
      if (this.search.isOver) return;
      await this.lookInto(batch);
    }
  }

  private async lookInto(paths: readonly string[]): Promise<void> {
    const { wish, bounds } = this.search;
    const text = wish.text ?? '';
    const how = ['-n', '-H', '-F', ...(wish.matchCase ? [] : ['-i']), '-m', `${bounds.mostLinesOfOne + 1}`];
    const result = await this.run(['grep', ...how, '-e', text, '--', ...paths], MOST_SAID_BYTES);
    if (!result) return;
    if ((result.exitCode ?? 0) > NOTHING && result.exitCode !== KILLED) this.search.leftOut += 1;
    const found = new Map<string, FoundLine[]>();
    const reader = new GrepReader(paths);
    for (const line of result.stdout.toString('utf8').split('\n')) {
      const read = reader.read(line);
      const shown = read && findText(read.text.replace(/\r$/, ''), text, wish.matchCase);
      if (read && shown && !read.text.includes('\0'))
        found.set(read.path, [...(found.get(read.path) ?? []), { line: read.line, ...shown }]);
    }
    for (const [path, lines] of found) if (!this.search.isOver) this.search.addLines(path, lines);
    if (result.truncated) this.search.stop('bytes');
  }

  /** Undefined where nobody waits for it any more. */
  private async run(argv: readonly string[], maxBytes: number): Promise<RunResult | undefined> {
    const limits = { timeoutMs: SECONDS * 1000, maxBytes };
    try {
      const words = ['timeout', '-s', 'KILL', `${SECONDS}`, ...argv];
      const result = await this.engine.run(this.engineId, words, limits, this.search.signal);
      if (result.exitCode === NOT_THERE) throw toolMissing(argv[0] ?? '', result.stderr.toString('utf8').trim());
      if (result.timedOut || result.exitCode === KILLED) this.search.stop('time');
      return result;
    } catch (error) {
      if (this.search.isOver) return undefined;
      throw error;
    }
  }
}

const isShown = (below: string): boolean => below.split('/').every((name) => name !== BIN && isTypable(name));

function* batches(paths: readonly string[]): Generator<string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    const length = Buffer.byteLength(path) + 1;
    if (bytes + length > BATCH_BYTES && batch.length > 0) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(path);
    bytes += length;
  }
  if (batch.length > 0) yield batch;
}
