/** What kind of program an image holds, as far as its name tells. */
export type Workload = 'minecraft' | 'web' | 'python' | 'database' | 'steam' | 'generic';

/** In the order they are asked; the words are those of images in wide use. */
const WORDS: ReadonlyArray<readonly [Workload, ReadonlySet<string>]> = [
  ['minecraft', new Set(['minecraft', 'papermc', 'spigot', 'paper', 'bungeecord', 'velocity'])],
  [
    'database',
    new Set(['mysql', 'mariadb', 'percona', 'postgres', 'postgresql', 'postgis', 'timescaledb', 'mongo', 'mongodb', 'cassandra', 'cockroach', 'clickhouse', 'mssql']),
  ],
  ['steam', new Set(['steam', 'steamcmd', 'valheim', 'palworld', 'csgo'])],
  ['python', new Set(['python', 'pypy', 'flask', 'fastapi', 'django', 'uvicorn', 'gunicorn'])],
  ['web', new Set(['nginx', 'caddy', 'httpd', 'apache', 'node', 'php', 'wordpress', 'deno', 'bun'])],
]; // prettier-ignore

/** By the words of the repository's name; its registry and its tag say nothing about what runs. */
export function workloadOf(image: string): Workload {
  const words = wordsOf(image);
  return WORDS.find(([, known]) => words.some((word) => known.has(word)))?.[0] ?? 'generic';
}

function wordsOf(image: string): string[] {
  const [first = '', ...others] = (image.split('@', 1)[0] ?? '').toLowerCase().split('/');
  const isRegistry = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = (isRegistry ? others : [first, ...others]).map((part) => part.split(':', 1)[0] ?? '');
  return path.flatMap((part) => part.split(/[._-]+/)).map((word) => word.replace(/\d+$/, ''));
}

/** Whose main program takes commands by the line. */
export const offersConsole = (workload: Workload): boolean => workload === 'minecraft';

const ANYWHERE = ['pwd', 'ls', 'find', 'cat', 'head', 'tail', 'grep', 'sed', 'awk', 'sort', 'uniq', 'cut', 'wc', 'stat', 'du', 'df', 'mkdir', 'cp', 'mv', 'rm', 'touch', 'tar', 'unzip', 'zip', 'ps', 'top', 'env', 'printenv', 'echo']; // prettier-ignore
const COMMANDS: Readonly<Record<Workload, readonly string[]>> = {
  minecraft: [],
  database: [],
  generic: ANYWHERE,
  steam: ANYWHERE,
  web: [...ANYWHERE, 'nginx', 'apachectl', 'httpd', 'caddy'],
  python: [...ANYWHERE, 'python', 'python3', 'pip', 'pip3', 'pytest', 'uvicorn', 'gunicorn', 'flask', 'django-admin', 'manage.py'],
}; // prettier-ignore

/** The programs that may be run there one by one; empty where none may. */
export const commandsOf = (workload: Workload): readonly string[] => COMMANDS[workload];

const ROOTS: Readonly<Record<Exclude<Workload, 'generic'>, readonly string[]>> = {
  minecraft: ['/data', '/minecraft'],
  web: ['/app', '/srv', '/data'],
  python: ['/app', '/workspace', '/data'],
  database: ['/data'],
  steam: ['/server', '/data'],
};

/** The folders that are shared with who may see files; where a name tells nothing, the one the program works in. */
export function rootsOf(workload: Workload, workingDir: string): readonly string[] {
  if (workload !== 'generic') return ROOTS[workload];
  return [/^(\/[^/]+)+$/.test(workingDir) ? workingDir : '/data'];
}
