import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInput, type JsonObject, pagesOf, servePlugin, type SyncedUser } from '@bailiwick/plugin';
import { rowsOf } from './table.rules.js';

const FILE = path.join(import.meta.dirname, 'people.csv');
const SHOWN = 20;
const NO = ['no', 'false', '0', 'off'];

let settings: JsonObject = {};

/** The table of the settings, else the file beside this one. */
async function people(): Promise<SyncedUser[]> {
  const { csv, tenant } = settings;
  const text = typeof csv === 'string' && csv.trim() !== '' ? csv : await readFile(FILE, 'utf8');
  return rowsOf(text).map((row, at) => userOf(row, at, typeof tenant === 'string' ? tenant : 'default'));
}

/** A cell that is empty leaves what is there as it is. */
function userOf(row: Record<string, string>, at: number, tenant: string): SyncedUser {
  const username = (row['username'] ?? '').toLowerCase();
  if (!/^[a-z0-9._-]{3,32}$/.test(username))
    throw new InvalidInput(`Line ${at + 2}: "${username}" is no name; 3 to 32 of a-z, 0-9, dot, dash and underscore.`);
  return {
    username,
    tenant: row['tenant'] || tenant,
    ...(row['display_name'] ? { displayName: row['display_name'] } : {}),
    ...(row['email'] ? { email: row['email'] } : {}),
    ...(row['role_tag'] ? { roleTag: row['role_tag'] } : {}),
    ...(row['active'] ? { isActive: !NO.includes(row['active'].toLowerCase()) } : {}),
  };
}

await servePlugin({
  version: '1.0.0',
  initialize: (context) => {
    settings = context.settings;
  },
  health: async () => {
    try {
      return { status: 'healthy', numbers: { people: (await people()).length } };
    } catch (error) {
      return { status: 'degraded', message: (error as Error).message };
    }
  },
  async *syncUsers(request) {
    yield* pagesOf(await people(), request);
  },
  actions: {
    preview: {
      title: 'Preview',
      description: 'The first people of the table, as they would be handed on.',
      form: {
        type: 'object',
        properties: { count: { type: 'integer', title: 'How many', minimum: 1, maximum: SHOWN, default: 5 } },
      },
      async *run({ input }) {
        yield { done: 0, message: 'Reads the table.' };
        const all = await people();
        const count = typeof input['count'] === 'number' ? Math.min(Math.max(input['count'], 1), SHOWN) : 5;
        return { total: all.length, people: all.slice(0, count).map((user) => ({ ...user })) };
      },
    },
  },
});
