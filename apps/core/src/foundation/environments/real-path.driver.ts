import { realpath } from 'node:fs/promises';

const UNSEEN: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES']);

/** Where a path really leads on this machine; undefined where that cannot be seen from here. */
export async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = codeOf(error);
    // Links that lead in a circle lead nowhere anybody may go.
    if (code === 'ELOOP') return '/';
    if (UNSEEN.has(code)) return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
