import { padding, TAR_END, tarHeader } from '../../kernel/disk/tar-header.rules.js';
import type { RunLimits } from './engine.js';
import { type FakeFiles, type FakeNode, modeOf, sizeOf } from './fake-files.js';
import { toProgram } from './fake-process.rules.js';

/** All it reads is there when it begins. */
export type FakeLimits = Omit<RunLimits, 'input'> & { readonly input?: Buffer };
interface Left {
  /** Null where it would have gone on. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}
interface Asked {
  readonly files: FakeFiles;
  /** Without the options that stand before `--`. */
  readonly words: readonly string[];
  readonly options: readonly string[];
  readonly limits: FakeLimits;
}
type Program = (asked: Asked) => Left;

const said = (stdout: string | Buffer, exitCode = 0): Left => ({
  exitCode,
  stdout: Buffer.from(stdout),
  stderr: Buffer.alloc(0),
});
const failed = (stderr: string, exitCode = 1): Left => ({
  exitCode,
  stdout: Buffer.alloc(0),
  stderr: Buffer.from(`${stderr}\n`),
});
const missing = (path: string): Left => failed(`${path}: No such file or directory`);

/** The few programs our own calls and our tests need, as small images have them. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  pwd: ({ limits }) => said(`${limits.workingDir ?? '/'}\n`),
  echo: ({ words }) => said(`${words.join(' ')}\n`),
  cat: ({ files, words: [path], limits }) => {
    if (path === undefined) return said(limits.input ?? '');
    const node = files.get(files.realPath(path) ?? '');
    return node?.kind === 'file' ? said(node.content) : missing(path);
  },
  ls: ({ files, words: [path = '/'] }) =>
    files.get(path)
      ? said(files.in(path).map((each) => `${each.slice(each.lastIndexOf('/') + 1)}\n`).join('')) // prettier-ignore
      : missing(path),
  readlink: ({ files, words: [path = ''] }) => {
    const real = files.realPath(path);
    return real === undefined ? said('', 1) : said(`${real}\n`);
  },
  stat: ({ files, words: [format = '', ...paths] }) => {
    const there = paths.flatMap((path) => {
      const node = files.get(path);
      return node ? [`${format.endsWith('%N') ? quote(path, node) : describe(node, path)}\n`] : [];
    });
    const stdout = Buffer.from(there.join(''));
    return { exitCode: there.length < paths.length ? 1 : 0, stdout, stderr: Buffer.alloc(0) };
  },
  find: ({ files, words: [path = '/', ...how], options }) => {
    if (options.includes('-xdev')) return said(below(files, path, how.includes('f')).map((each) => `${each}\0`).join('')); // prettier-ignore
    return said(files.in(path).map((each) => (how.includes('stat') ? `${describe(node(files, each), each)}\n` : `${each}\0`)).join('')); // prettier-ignore
  },
  grep: ({ files, words: [most = '', text = '', ...paths], options }) => {
    const fold = (line: string) => (options.includes('-i') ? line.toLowerCase() : line);
    const lines = paths.flatMap((path) => {
      const node = files.get(path);
      const all = node?.kind === 'file' ? node.content.toString('utf8').split('\n') : [];
      const numbered = all.map((line, at) => ({ line, said: `${path}:${at + 1}:${line}\n` }));
      return numbered.filter(({ line }) => fold(line).includes(fold(text))).slice(0, Number(most) || 1);
    });
    return said(lines.map((line) => line.said).join(''), lines.length > 0 ? 0 : 1);
  },
  dd: ({ files, words, limits: { input = Buffer.alloc(0) } }) => {
    const { if: path = '', of, bs, skip, count } = Object.fromEntries(words.map((word) => splitAt(word)));
    if (of !== undefined) {
      files.write(of, input);
      return said('');
    }
    const node = files.get(path);
    if (node?.kind !== 'file') return missing(path);
    const from = Number(bs) * Number(skip);
    return said(node.content.subarray(from, from + Number(bs) * Number(count)));
  },
  tee: ({ files, words: [path = ''], limits: { input = Buffer.alloc(0) } }) => {
    files.write(path, input);
    return said(input);
  },
  tar: ({ files, words: [, above = '', name = ''] }) => {
    const folder = above === '/' ? '' : above;
    const parts = files.below(`${folder}/${name}`).flatMap(([path, node]) => {
      const content = node.kind === 'file' ? node.content : Buffer.alloc(0);
      const { kind, mode, owner: uid } = node;
      const at = Buffer.from(`${path.slice(folder.length + 1)}${kind === 'folder' ? '/' : ''}`);
      const target = node.kind === 'link' ? { target: Buffer.from(node.target) } : {};
      const header = tarHeader({ kind, path: at, mode, uid, gid: 0, sizeBytes: content.length, modifiedAtS: 0, ...target }); // prettier-ignore
      return [header, content, padding(content.length)];
    });
    return said(Buffer.concat([...parts, TAR_END]));
  },
  mv: ({ files, words: [from = '', to = ''] }) => {
    files.move(from, to);
    return said('');
  },
  cp: ({ files, words: [from = '', to = ''] }) => {
    files.copy(from, to);
    return said('');
  },
  mkdir: ({ files, words: [path = ''] }) => {
    files.makeFolder(path);
    return said('');
  },
  rm: ({ files, words }) => {
    for (const path of words) files.remove(path);
    return said('');
  },
  chmod: ({ files, words: [mode = '', path = ''] }) => {
    const node = files.get(path);
    if (!node) return missing(path);
    node.mode = Number.parseInt(mode, 8);
    return said('');
  },
  chown: ({ files, words: [owner = '', path = ''] }) => {
    const node = files.get(path);
    if (!node) return missing(path);
    node.owner = Number.parseInt(owner, 10);
    return said('');
  },
};

/** Asked which of these it has, a pretended image has the small ones. */
const HAS = /^for each in ([a-z ]+); do if command -v "\$each" /;
const SHELLS = new Set(['ash', 'sh']);

/** What a program leaves; undefined where there is none of that name. */
export function runFake(files: FakeFiles, argv: readonly string[], limits: FakeLimits): Left | undefined {
  const [name = '', ...rest] = argv;
  if (name === 'timeout') return runInTime(files, rest, limits);
  const asked = name === 'sh' ? HAS.exec(rest[1] ?? '')?.[1] : undefined;
  if (asked !== undefined) return said(asked.split(' ').flatMap((each) => (SHELLS.has(each) ? `${each}\n` : [])).join('')); // prettier-ignore
  const program = PROGRAMS[name];
  if (program) return program({ files, limits, words: wordsOf(rest), options: rest.filter(isOption) });
  return runInstalled(files, argv, limits) ?? walk(argv, limits);
}

/** One that somebody put there: its file is one line for `sh`, and the words it was given are kept beside it. */
function runInstalled(
  files: FakeFiles,
  [name = '', ...words]: readonly string[],
  limits: FakeLimits,
): Left | undefined {
  const node = files.get(`/usr/local/bin/${name}`);
  if (node?.kind !== 'file') return undefined;
  files.write(`/usr/local/bin/${name}.words`, Buffer.from(JSON.stringify(words)));
  return walk(['sh', '-c', node.content.toString('utf8')], limits);
}

/** `-s KILL seconds program…` */
function runInTime(files: FakeFiles, argv: readonly string[], limits: FakeLimits): Left {
  const [, , seconds = '', ...inner] = argv;
  const left = runFake(files, inner, { ...limits, timeoutMs: Number(seconds) * 1000 });
  if (!left) return failed(`timeout: can't execute '${inner[0] ?? ''}': No such file or directory`, 127);
  return left.exitCode === null ? { ...left, exitCode: 137 } : left;
}

function wordsOf(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  const after = end === -1 ? [] : argv.slice(end + 1);
  return [...before.filter((word) => !isOption(word)), ...after];
}

const isOption = (word: string): boolean => /^-[a-zA-Z]+$/.test(word);

function below(files: FakeFiles, folder: string, onlyFiles: boolean): string[] {
  return files.in(folder).flatMap((path) => {
    const kind = files.get(path)?.kind;
    const more = kind === 'folder' ? below(files, path, onlyFiles) : [];
    return onlyFiles && kind !== 'file' ? more : [path, ...more];
  });
}

/** A program of steps: what it says before it would have to wait too long. */
function walk(argv: readonly string[], { timeoutMs }: RunLimits): Left | undefined {
  const program = toProgram(argv);
  if (!program) return undefined;
  const lines = { stdout: '', stderr: '' };
  const leave = (exitCode: number | null): Left => ({
    exitCode,
    stdout: Buffer.from(lines.stdout),
    stderr: Buffer.from(lines.stderr),
  });
  let waitedMs = 0;
  for (const step of program.steps) {
    if (step.do === 'exit') return leave(step.code);
    if (step.do === 'print') lines[step.stream] += `${step.text.toString()}\n`;
    else waitedMs += step.ms;
    if (waitedMs > timeoutMs) return leave(null);
  }
  return leave(0);
}

function node(files: FakeFiles, path: string): FakeNode {
  const found = files.get(path);
  if (!found) throw new Error(`${path} went while it was listed.`);
  return found;
}

const splitAt = (word: string): [string, string] => {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
};

const quote = (path: string, node: FakeNode): string =>
  `${path}\t'${path}'${node.kind === 'link' ? ` -> '${node.target}'` : ''}`;

const describe = (node: FakeNode, path: string): string => {
  const seconds = Math.floor(node.mtimeMs / 1000);
  const time = new Date(node.mtimeMs).toISOString().replace('T', ' ').replace('Z', ' +0000');
  return `${modeOf(node).toString(16)} ${node.owner} ${node.owner} ${sizeOf(node)} ${node.id} ${seconds} ${time}|${path}`;
};
