import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, EngineProgram, ProgramMark } from '../../foundation/environments/engine.js';
import { engineTimeout, toolMissing } from '../../foundation/environments/engine-errors.js';
import type { OpenArchive } from './file-tree.js';
import { fileRefused, splitPath } from './files.rules.js';

const MOST_COMPLAINT_BYTES = 4096;
/** An engine knows how a program ended a moment after its last word. */
const END_LOOKS = 40;
const END_LOOK_MS = 25;
/** Until it says the first word of an archive. */
const FIRST_WITHIN_MS = 15_000;
const NOT_STARTED = new Set([126, 127]);
/** 1: a file was written to while it was read, or is one that is not kept in archives. */
const WHOLE_ENOUGH = new Set([0, 1]);

/**
 * A folder of a running container by its image's own `tar`, as the container's own user and at the pace of whoever takes
 * it. Who goes away ends the program.
 */
export async function openContainerArchive(engine: Engine, engineId: string, path: string): Promise<OpenArchive> {
  const { folder, name } = splitPath(path);
  if (name === '') throw fileRefused('root');
  const listening = new AbortController();
  const argv = ['tar', '-cf', '-', '-C', folder, '--', name];
  const program = await engine.startProgram(engineId, { argv, workingDir: null }, listening.signal);
  const close = async (): Promise<void> => {
    listening.abort();
    await engine.endProgram(engineId, program.mark);
  };
  try {
    const said = new Said(program);
    const timer = setTimeout(() => listening.abort(), FIRST_WITHIN_MS);
    const first = await said.next();
    clearTimeout(timer);
    if (first === undefined && listening.signal.aborted) throw engineTimeout('run', FIRST_WITHIN_MS);
    // What says nothing at all made no archive, and its complaint says why.
    if (first === undefined) throw await refusal(engine, engineId, program.mark, said.complaint);
    return { pieces: piecesOf(first, said, () => exitCodeOf(engine, engineId, program.mark)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whoever takes an archive that is not whole must not take it for one. */
async function* piecesOf(
  first: Buffer,
  said: Said,
  ended: () => Promise<number | null>,
): AsyncGenerator<Buffer, undefined> {
  for (let piece: Buffer | undefined = first; piece !== undefined; piece = await said.next()) yield piece;
  const exitCode = await ended();
  if (exitCode === null || !WHOLE_ENOUGH.has(exitCode))
    throw new Error(`The archive is not whole: tar ended with ${exitCode}. ${said.complaint}`);
  return undefined;
}

async function refusal(engine: Engine, engineId: string, mark: ProgramMark, complaint: string): Promise<unknown> {
  const exitCode = await exitCodeOf(engine, engineId, mark);
  if (exitCode !== null && NOT_STARTED.has(exitCode)) return toolMissing('tar', complaint);
  return fileRefused(complaint.split('\n')[0] ?? '');
}

async function exitCodeOf(engine: Engine, engineId: string, mark: ProgramMark): Promise<number | null> {
  for (let look = 0; look < END_LOOKS; look += 1) {
    const state = await engine.findProgram(engineId, mark);
    if (!state?.runs) return state?.exitCode ?? null;
    await pause(END_LOOK_MS);
  }
  return null;
}

/** The archive apart from what is said about it. */
class Said {
  complaint = '';
  private readonly bytes: AsyncGenerator<Buffer, undefined>;

  constructor({ output }: EngineProgram) {
    this.bytes = this.apart(output);
  }

  async next(): Promise<Buffer | undefined> {
    return (await this.bytes.next()).value;
  }

  private async *apart(output: EngineProgram['output']): AsyncGenerator<Buffer, undefined> {
    for await (const { isError, bytes } of output)
      if (!isError) yield bytes;
      else this.complaint = `${this.complaint}${bytes.toString('utf8')}`.slice(0, MOST_COMPLAINT_BYTES);
    return undefined;
  }
}
