import { randomBytes } from 'node:crypto';
import type { Engine, RunLimits, RunResult } from '../../foundation/environments/engine.js';
import { engineTimeout } from '../../foundation/environments/engine-errors.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { ContainerSearch } from './container-search.driver.js';
import type { FileSearch } from './file-search.rules.js';
import { openContainerArchive } from './container-archive.driver.js';
import type {
  Brought,
  Check,
  FileFacts,
  FileTree,
  Found,
  Listing,
  OpenArchive,
  OpenFile,
  Place,
  Range,
} from './file-tree.js';
import { fileRefused, inFolder, isTypable, readLink, readStat, STAT_FORMAT } from './files.rules.js';

const LIMITS = { timeoutMs: 10_000, maxBytes: 256 * 1024 };
/** A path has at most 4,096 bytes, and most have far fewer. */
const MOST_LISTED_BYTES = 32 * 1024 * 1024;
const FILES_A_CALL = 200;
const MOST_ITEMS = 100_000;
const BLOCK_BYTES = 4096;
const TAKE_BLOCK_BYTES = 64 * 1024;
const PIECE_BYTES = 4 * 1024 * 1024;
/** A file of any length that was brought. */
const TAKE_WITHIN_MS = 30 * 60_000;

/**
 * The files of a running container, by the image's own small programs, each with fixed words and no shell. An image
 * without them (`readlink stat find dd tar`, to change also `tee mv rm cp mkdir chmod chown`) answers `tool_missing`. A path is
 * looked at first and used a moment later: whoever runs code in the container can swap it in between, and reaches no
 * more by that than the container's own user does anyway, for the programs run as that user and inside.
 */
export class ContainerFiles implements FileTree {
  readonly by = 'container';

  constructor(
    private readonly engine: Engine,
    private readonly engineId: string,
  ) {}

  async find(path: string): Promise<Found | undefined> {
    const real = await this.realPath(path);
    const facts = real === undefined ? undefined : await this.look(real);
    return real !== undefined && facts ? { path: real, facts } : undefined;
  }

  async look(path: string): Promise<FileFacts | undefined> {
    return (await this.statAll([path])).get(path);
  }

  async there(paths: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.statAll(paths)).keys());
  }

  async list(folder: string): Promise<Listing> {
    const { names, truncated } = await this.names(folder);
    const shown = names.filter(isTypable).slice(0, MOST_ITEMS);
    const paths = shown.map((name) => inFolder(folder, name));
    const facts = paths.length > FILES_A_CALL ? await this.statIn(folder) : await this.statAll(paths);
    const links = paths.filter((path) => facts.get(path)?.kind === 'link');
    const targets = await this.targets(links);
    const entries = shown.flatMap((name) => {
      const path = inFolder(folder, name);
      const known = facts.get(path);
      const target = targets.get(path);
      // Those that went meanwhile are left out.
      return known ? [{ name, ...known, ...(target === undefined ? {} : { target }) }] : [];
    });
    return { entries, hidden: names.length - entries.length, truncated };
  }

  async search(folder: string, search: FileSearch): Promise<void> {
    const inside = new ContainerSearch(this.engine, this.engineId, search);
    const paths = await inside.paths(folder);
    if (search.wish.text !== undefined) return inside.look(paths);
    const some = paths.slice(0, search.bounds.mostMatches);
    const facts = await this.statAll(some);
    for (const path of some) {
      const known = facts.get(path);
      if (known && !search.isOver) search.addName(path, known.kind);
    }
  }

  async read({ path, facts }: Found, { offset, maxBytes }: Range): Promise<{ bytes: Buffer; facts: FileFacts }> {
    const skip = Math.floor(offset / BLOCK_BYTES);
    const ahead = offset - skip * BLOCK_BYTES;
    const count = Math.ceil((ahead + maxBytes) / BLOCK_BYTES);
    const argv = ['dd', `if=${path}`, `bs=${BLOCK_BYTES}`, `skip=${skip}`, `count=${count}`];
    const { stdout } = await this.must(argv, { maxBytes: count * BLOCK_BYTES });
    return { bytes: stdout.subarray(ahead, ahead + maxBytes), facts };
  }

  async open(file: Found): Promise<OpenFile> {
    return {
      facts: file.facts,
      pieceBytes: PIECE_BYTES,
      read: async (offset, maxBytes) => (await this.read(file, { offset, maxBytes })).bytes,
      close: () => Promise.resolve(),
    };
  }

  archive({ path }: Found): Promise<OpenArchive> {
    return openContainerArchive(this.engine, this.engineId, path);
  }

  write(place: Place, content: Buffer, check: Check): Promise<FileFacts> {
    return this.put(place, check, (beside) =>
      this.must(['tee', '--', beside], { input: content, maxBytes: content.length + 1 }),
    );
  }

  /** Beside its place first, as what was there before, then in it. */
  private async put(
    { folder, name }: Place,
    check: Check,
    fill: (beside: string) => Promise<unknown>,
  ): Promise<FileFacts> {
    const place = inFolder(folder, name);
    const before = await this.look(place);
    check(before);
    const beside = inFolder(folder, `.bailiwick-${randomBytes(12).toString('hex')}`);
    try {
      await fill(beside);
      if (before) await this.dress(beside, before);
      const made = await this.look(beside);
      if (!made) throw fileRefused('It went while it was written.');
      await this.must(['mv', '-f', '-T', '--', beside, place]);
      return made;
    } catch (error) {
      await this.run(['rm', '-f', '--', beside]);
      throw error;
    }
  }

  take(place: Place, brought: Brought, check: Check): Promise<FileFacts> {
    return this.put(place, check, (beside) =>
      this.must(['dd', `of=${beside}`, `bs=${TAKE_BLOCK_BYTES}`], {
        input: brought.pieces(),
        timeoutMs: TAKE_WITHIN_MS,
      }),
    );
  }

  room(): Promise<null> {
    return Promise.resolve(null);
  }

  async makeFolder({ folder, name }: Place): Promise<void> {
    const path = inFolder(folder, name);
    await this.assertFree(path);
    await this.must(['mkdir', '--', path]);
  }

  async move(from: Place, into: FileTree, to: Place, replace: boolean): Promise<void> {
    const [path, place] = [inFolder(from.folder, from.name), inFolder(to.folder, to.name)];
    await this.assertReplaces(path, into, place, replace);
    await this.must(['mv', '-f', '-T', '--', path, place]);
  }

  async copy(from: Place, into: FileTree, to: Place, replace: boolean): Promise<void> {
    const [path, place] = [inFolder(from.folder, from.name), inFolder(to.folder, to.name)];
    await this.assertReplaces(path, into, place, replace);
    const beside = inFolder(to.folder, `.bailiwick-${randomBytes(12).toString('hex')}`);
    try {
      await this.must(['cp', '-dpR', '--', path, beside]);
      await this.must(['mv', '-f', '-T', '--', beside, place]);
    } catch (error) {
      await this.run(['rm', '-rf', '--', beside]);
      throw error;
    }
  }

  /** There is no bin in what goes with the container. */
  async remove({ folder, name }: Place): Promise<null> {
    await this.must(['rm', '-rf', '--', inFolder(folder, name)]);
    return null;
  }

  deleted(): Promise<never> {
    return Promise.reject(fileRefused('inside'));
  }

  putBack(): Promise<never> {
    return Promise.reject(fileRefused('inside'));
  }

  async changeMode(path: string, mode: number): Promise<void> {
    await this.must(['chmod', mode.toString(8).padStart(3, '0'), path]);
  }

  /** What the image's programs do, they do by path. */
  hold(): Promise<never> {
    return Promise.reject(fileRefused('inside'));
  }

  private async assertFree(path: string): Promise<void> {
    if (await this.look(path)) throw conflict('file_exists', `There is something at ${path}.`);
  }

  private async assertReplaces(path: string, into: FileTree, place: string, replace: boolean): Promise<void> {
    if (into !== this) throw fileRefused('elsewhere');
    const facts = await this.statAll([path, place]);
    const [what, there] = [facts.get(path), facts.get(place)];
    if (!what) throw notFound('file', path);
    if (!there) return;
    if (!replace) throw conflict('file_exists', `There is something at ${place}.`);
    if (what.kind !== 'file' || there.kind !== 'file') throw fileRefused(there.kind);
  }

  /** Where a path leads when every link is followed; undefined where it leads nowhere. */
  private async realPath(path: string): Promise<string | undefined> {
    const { exitCode, stdout } = await this.run(['readlink', '-f', '--', path]);
    const real = stdout.toString('utf8').replace(/\n$/, '');
    return exitCode === 0 && /^\/\P{Cc}*$/u.test(real) ? real : undefined;
  }

  private async statAll(paths: readonly string[]): Promise<Map<string, FileFacts>> {
    const facts = new Map<string, FileFacts>();
    for (let at = 0; at < paths.length; at += FILES_A_CALL) {
      const some = paths.slice(at, at + FILES_A_CALL);
      collect(await this.run(['stat', '-c', STAT_FORMAT, '--', ...some], { maxBytes: 1024 * 1024 }), facts);
    }
    return facts;
  }

  /** Of everything in a folder. A name with a line break could only pass for a neighbour of its own. */
  private async statIn(folder: string): Promise<Map<string, FileFacts>> {
    const facts = new Map<string, FileFacts>();
    const argv = ['find', folder, '-mindepth', '1', '-maxdepth', '1', '-exec', 'stat', '-c', STAT_FORMAT, '--', '{}', '+']; // prettier-ignore
    collect(await this.must(argv, { maxBytes: MOST_LISTED_BYTES }, { partly: true }), facts);
    return facts;
  }

  private async targets(links: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const targets = new Map<string, string>();
    for (let at = 0; at < links.length; at += FILES_A_CALL) {
      const some = links.slice(at, at + FILES_A_CALL);
      const { stdout } = await this.run(['stat', '-c', '%n\t%N', '--', ...some], { maxBytes: 2 * 1024 * 1024 });
      for (const line of stdout.toString('utf8').split('\n')) {
        const read = readLink(line);
        if (read) targets.set(...read);
      }
    }
    return targets;
  }

  /** The names in a folder, and whether there were too many to read. */
  private async names(folder: string): Promise<{ names: string[]; truncated: boolean }> {
    const argv = ['find', folder, '-mindepth', '1', '-maxdepth', '1', '-print0'];
    const { stdout, truncated } = await this.must(argv, { maxBytes: MOST_LISTED_BYTES }, { partly: true });
    const paths = stdout.toString('utf8').split('\0').slice(0, -1);
    const names = paths.map((path) => path.slice(inFolder(folder, '').length)).sort();
    return { names, truncated: truncated || names.length > MOST_ITEMS };
  }

  private async dress(path: string, { owner, mode }: FileFacts): Promise<void> {
    const made = await this.look(path);
    if (made?.owner !== owner) await this.must(['chown', owner, path]);
    await this.must(['chmod', mode, path]);
  }

  private async must(
    argv: readonly string[],
    limits: Partial<RunLimits> = {},
    { partly = false } = {},
  ): Promise<RunResult> {
    const result = await this.run(argv, limits);
    if (result.exitCode === 0 || (partly && result.truncated)) return result;
    throw fileRefused(result.stderr.toString('utf8').split('\n')[0] ?? '');
  }

  private async run(argv: readonly string[], limits: Partial<RunLimits> = {}): Promise<RunResult> {
    const all = { ...LIMITS, ...limits };
    const result = await this.engine.run(this.engineId, argv, all);
    if (result.timedOut) throw engineTimeout('run', all.timeoutMs);
    return result;
  }
}

function collect({ stdout }: RunResult, facts: Map<string, FileFacts>): void {
  for (const line of stdout.toString('utf8').split('\n')) {
    const read = readStat(line);
    if (read && !facts.has(read[0])) facts.set(...read);
  }
}
