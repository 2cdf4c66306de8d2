import { randomBytes } from 'node:crypto';
import type { Engine, RunResult } from '../../foundation/environments/engine.js';
import { engineTimeout } from '../../foundation/environments/engine-errors.js';
import { conflict } from '../../kernel/errors.js';
import { type FileFacts, inFolder, readStat, STAT_FORMAT } from './files.rules.js';

const LIMITS = { timeoutMs: 10_000, maxBytes: 256 * 1024 };
const FILES_A_CALL = 200;

/**
 * The files of a running container, by the image's own small programs, each with fixed words and no shell. An image
 * without them (`readlink stat find head`, to write also `tee mv rm chmod chown`) answers `tool_missing`. A path is
 * looked at first and used a moment later: whoever runs code in the container can swap it in between, and reaches no
 * more by that than the container's own user does anyway, for the programs run as that user and inside.
 */
export class ContainerFiles {
  constructor(
    private readonly engine: Engine,
    private readonly engineId: string,
  ) {}

  /** Where a path leads when every link is followed; undefined where it leads nowhere. */
  async realPath(path: string): Promise<string | undefined> {
    const { exitCode, stdout } = await this.run(['readlink', '-f', '--', path]);
    const real = stdout.toString('utf8').replace(/\n$/, '');
    return exitCode === 0 && /^\/\P{Cc}*$/u.test(real) ? real : undefined;
  }

  /** Of the thing itself, a link too. */
  async stat(path: string): Promise<FileFacts | undefined> {
    return (await this.statAll([path])).get(path);
  }

  /** Those that went meanwhile are left out. */
  async statAll(paths: readonly string[]): Promise<Map<string, FileFacts>> {
    const facts = new Map<string, FileFacts>();
    for (let at = 0; at < paths.length; at += FILES_A_CALL) {
      const some = paths.slice(at, at + FILES_A_CALL);
      const { stdout } = await this.run(['stat', '-c', STAT_FORMAT, '--', ...some], { maxBytes: 1024 * 1024 });
      for (const line of stdout.toString('utf8').split('\n')) {
        const read = readStat(line);
        if (read) facts.set(...read);
      }
    }
    return facts;
  }

  /** The names in a folder, and whether there were too many to read. */
  async names(folder: string): Promise<{ names: string[]; truncated: boolean }> {
    const argv = ['find', folder, '-mindepth', '1', '-maxdepth', '1', '-print0'];
    const { stdout, truncated } = await this.must(argv, {}, { partly: true });
    const paths = stdout.toString('utf8').split('\0').slice(0, -1);
    return { names: paths.map((path) => path.slice(inFolder(folder, '').length)), truncated };
  }

  async head(path: string, bytes: number): Promise<Buffer> {
    return (await this.must(['head', '-c', String(bytes), '--', path], { maxBytes: bytes })).stdout;
  }

  /** All of it or nothing: beside the old one first, with its owner and rights, then in its place. */
  async write(folder: string, name: string, content: Buffer, before: FileFacts | undefined): Promise<void> {
    const beside = inFolder(folder, `.bailiwick-${randomBytes(12).toString('hex')}`);
    try {
      await this.must(['tee', '--', beside], { input: content });
      if (before) await this.dress(beside, before);
      await this.must(['mv', '-f', '-T', '--', beside, inFolder(folder, name)]);
    } catch (error) {
      await this.run(['rm', '-f', '--', beside]);
      throw error;
    }
  }

  private async dress(path: string, { owner, mode }: FileFacts): Promise<void> {
    const made = await this.stat(path);
    if (made?.owner !== owner) await this.must(['chown', owner, path]);
    await this.must(['chmod', mode, path]);
  }

  private async must(
    argv: readonly string[],
    limits: { maxBytes?: number; input?: Buffer } = {},
    { partly = false } = {},
  ): Promise<RunResult> {
    const result = await this.run(argv, limits);
    if (result.exitCode === 0 || (partly && result.truncated)) return result;
    const [reason = ''] = result.stderr.toString('utf8').split('\n');
    throw conflict('file_refused', 'The container’s own user cannot do this with that file.', { params: { reason } });
  }

  private async run(argv: readonly string[], limits: { maxBytes?: number; input?: Buffer } = {}): Promise<RunResult> {
    const result = await this.engine.run(this.engineId, argv, { ...LIMITS, ...limits });
    if (result.timedOut) throw engineTimeout('run', LIMITS.timeoutMs);
    return result;
  }
}
