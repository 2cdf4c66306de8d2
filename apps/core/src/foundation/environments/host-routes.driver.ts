import { readFile } from 'node:fs/promises';
import { routesIn } from './network-plan.rules.js';

const LISTING = '/proc/net/route';

/** Networks this machine has a way to; none where its kernel lists none. */
export async function hostRoutes(): Promise<string[]> {
  try {
    return routesIn(await readFile(LISTING, 'utf8'));
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
