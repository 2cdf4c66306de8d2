import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.js';
import * as z from 'zod';
import { isMissing } from '../disk/open-folder.js';
import type { Database } from './database.js';

const Size = z.tuple([z.object({ bytes: z.coerce.number() })]);

/** What the panel's own rows take: the files of all databases, or what the server says of ours. */
export async function databaseBytes(database: Database, { storageDir }: Pick<Config, 'storageDir'>): Promise<number> {
  if (database.kind === 'postgres') {
    const [{ bytes }] = Size.parse(await database.read('SELECT pg_database_size(current_database()) AS bytes', []));
    return bytes;
  }
  const folder = path.join(storageDir, 'databases');
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files.map(async (file) => (file.isFile() ? sizeOf(path.join(file.parentPath, file.name)) : 0));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** What stands beside a database comes and goes with its writers. */
const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    (error: unknown) => {
      if (isMissing(error)) return 0;
      throw error;
    },
  );
