import { InvalidInput, pagesOf, servePlugin } from '@bailiwick/plugin';
import { Directory, settingsOf } from './directory.js';

const SHOWN = 5;
/** A directory is not asked at every look at its health. */
const FRESH_MS = 60_000;

let directory: Directory | undefined;
let looked = { at: 0, trouble: '' };

function theDirectory(): Directory {
  if (!directory) throw new InvalidInput('No directory is set.');
  return directory;
}

async function look(): Promise<string> {
  if (Date.now() - looked.at < FRESH_MS) return looked.trouble;
  const trouble = await theDirectory()
    .greet()
    .then(
      () => '',
      (error: unknown) => (error as Error).message,
    );
  looked = { at: Date.now(), trouble };
  return trouble;
}

await servePlugin({
  version: '1.0.0',
  initialize: ({ settings }) => {
    directory = settings['url'] ? new Directory(settingsOf(settings)) : undefined;
    looked = { at: 0, trouble: '' };
  },
  health: async () => {
    if (!directory) return { status: 'degraded', message: 'No directory is set.' };
    const trouble = await look();
    return trouble ? { status: 'degraded', message: trouble } : { status: 'healthy' };
  },
  async *syncUsers(request) {
    const directory = theDirectory();
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
        const directory = theDirectory();
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
