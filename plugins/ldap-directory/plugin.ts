import { pagesOf, servePlugin } from '@bailiwick/plugin';
import { Directory, settingsOf } from './directory.js';

const SHOWN = 5;
/** A directory is not asked at every look at its health. */
const FRESH_MS = 60_000;

let directory: Directory;
let looked = { at: 0, trouble: '' };

async function look(): Promise<string> {
  if (Date.now() - looked.at < FRESH_MS) return looked.trouble;
  const trouble = await directory.greet().then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
  looked = { at: Date.now(), trouble };
  return trouble;
}

await servePlugin({
  version: '1.0.0',
  initialize: ({ settings }) => {
    directory = new Directory(settingsOf(settings));
    looked = { at: 0, trouble: '' };
  },
  health: async () => {
    const trouble = await look();
    return trouble ? { status: 'degraded', message: trouble } : { status: 'healthy' };
  },
  async *syncUsers(request) {
    for await (const page of pagesOf(directory.people(), request)) {
      const { leftOut } = directory;
      yield {
        ...page,
        ...(leftOut > 0 ? { message: `${leftOut} were left out: their names cannot be names here.` } : {}),
      };
    }
  },
  actions: {
    'try-out': {
      title: 'Try it out',
      description: 'Signs in and shows the first people.',
      async *run() {
        yield { done: 0, message: 'Signs in.' };
        await directory.greet();
        yield { done: 0.5, message: 'Reads the first people.' };
        const people = [];
        for await (const user of directory.people()) {
          people.push({ ...user });
          if (people.length === SHOWN) break;
        }
        return { people };
      },
    },
  },
});
