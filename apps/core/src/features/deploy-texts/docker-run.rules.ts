import type { DeployReading } from '@bailiwick/contract';
import { toBytes, toMilliseconds } from './sizes.rules.js';
import { Draft } from './draft.rules.js';
import { toLineWords } from './line-words.rules.js';
import { isOurPolicy } from './policy.rules.js';

type Take = (draft: Draft, value: string, flag: string) => void;

const text = (put: (draft: Draft, value: string) => void): Take => put;
const number =
  (put: (draft: Draft, value: number) => void): Take =>
  (draft, value, flag) =>
    /^\d+(\.\d+)?$/.test(value) ? put(draft, Number(value)) : draft.note(`${flag} ${value}`, 'invalid_value');
const size =
  (put: (draft: Draft, bytes: number) => void): Take =>
  (draft, value, flag) => {
    const bytes = toBytes(value);
    if (bytes === undefined) draft.note(`${flag} ${value}`, 'invalid_value');
    else put(draft, bytes);
  };
const time =
  (name: string): Take =>
  (draft, value, flag) => {
    const ms = toMilliseconds(value);
    if (ms === undefined) draft.note(`${flag} ${value}`, 'invalid_value');
    else draft.healthField(name, ms);
  };
const refused =
  (reason: Parameters<Draft['note']>[1]): Take =>
  (draft, value, flag) =>
    draft.note(`${flag} ${value}`, reason);
const policy: Take = (draft, value, flag) => {
  if (!isOurPolicy(flag.replace(/^--/, ''), value)) draft.note(`${flag} ${value}`, 'set_by_policy');
};

/** Flags that take a value. */
const VALUED: Readonly<Record<string, Take>> = {
  name: text((draft, value) => draft.put('name', value)),
  publish: (draft, value, flag) => draft.port(value, flag),
  env: (draft, value, flag) => draft.variable(value, flag),
  volume: (draft, value, flag) => draft.volume(value, flag),
  mount: (draft, value, flag) => readMount(draft, value, flag),
  label: text((draft, value) => draft.label(value)),
  workdir: text((draft, value) => draft.option('workingDir', value)),
  user: text((draft, value) => draft.option('user', value)),
  memory: size((draft, bytes) => draft.put('memoryBytes', bytes)),
  'memory-swap': size((draft, bytes) => draft.option('memorySwapBytes', bytes)),
  'shm-size': size((draft, bytes) => draft.option('shmBytes', bytes)),
  cpus: number((draft, value) => draft.put('cpus', value)),
  'cpu-shares': number((draft, value) => draft.option('cpuShares', value)),
  'cpu-quota': number((draft, value) => draft.cpuQuota('quotaUs', value)),
  'cpu-period': number((draft, value) => draft.cpuQuota('periodUs', value)),
  'cpuset-cpus': text((draft, value) => draft.option('cpuset', value)),
  'pids-limit': number((draft, value) => draft.option('pids', value)),
  gpus: (draft, value, flag) => {
    const count = Number(value.replace(/^count=/, ''));
    if (Number.isInteger(count) && count > 0) draft.put('gpus', count);
    else draft.note(`${flag} ${value}`, 'not_offered');
  },
  restart: (draft, value, flag) => draft.restart(value, flag),
  entrypoint: text((draft, value) => draft.option('entrypoint', [value])),
  'health-cmd': text((draft, value) => draft.healthField('command', ['sh', '-c', value])),
  'health-interval': time('intervalMs'),
  'health-timeout': time('timeoutMs'),
  'health-start-period': time('startPeriodMs'),
  'health-retries': number((draft, value) => draft.healthField('retries', value)),
  'storage-opt': (draft, value, flag) => {
    const bytes = value.startsWith('size=') ? toBytes(value.slice(5)) : undefined;
    if (bytes === undefined) draft.note(`${flag} ${value}`, 'not_offered');
    else draft.put('diskBytes', bytes);
  },
  'env-file': refused('host_file'),
  'label-file': refused('host_file'),
  cidfile: refused('host_file'),
  'volumes-from': refused('set_by_policy'),
  network: refused('own_network'),
  net: refused('own_network'),
  'network-alias': refused('own_network'),
  ip: refused('own_network'),
  ip6: refused('own_network'),
  link: refused('own_network'),
  dns: refused('own_network'),
  'dns-search': refused('own_network'),
  'add-host': refused('own_network'),
  ...Object.fromEntries(
    ['cap-add', 'cap-drop', 'security-opt', 'device', 'pid', 'ipc', 'uts', 'userns', 'cgroupns', 'cgroup-parent', 'runtime', 'sysctl', 'group-add', 'log-driver', 'log-opt', 'ulimit', 'oom-score-adj', 'isolation', 'device-cgroup-rule', 'blkio-weight'].map((flag) => [flag, policy]), // prettier-ignore
  ),
  ...Object.fromEntries(
    ['hostname', 'domainname', 'platform', 'pull', 'stop-signal', 'stop-timeout', 'tmpfs', 'expose', 'mac-address', 'memory-reservation', 'kernel-memory', 'memory-swappiness', 'cpuset-mems', 'annotation', 'detach-keys', 'attach', 'volume-driver', 'health-start-interval'].map((flag) => [flag, refused('not_offered')]), // prettier-ignore
  ),
};

const nothing = () => undefined;
/** Flags that take none. */
const PLAIN: Readonly<Record<string, (draft: Draft) => void>> = {
  detach: nothing,
  interactive: (draft) => draft.option('stdinOpen', true),
  'read-only': (draft) => draft.put('profile', 'strict'),
  rm: (draft) => draft.note('--rm', 'not_offered'),
  tty: (draft) => draft.note('--tty', 'not_offered'),
  privileged: (draft) => draft.note('--privileged', 'set_by_policy'),
  'publish-all': (draft) => draft.note('--publish-all', 'not_offered'),
  init: (draft) => draft.note('--init', 'not_offered'),
  'no-healthcheck': (draft) => draft.note('--no-healthcheck', 'not_offered'),
  'oom-kill-disable': (draft) => draft.note('--oom-kill-disable', 'set_by_policy'),
  'sig-proxy': (draft) => draft.note('--sig-proxy', 'not_offered'),
  quiet: nothing,
};

const SHORT: Readonly<Record<string, string>> = { a: 'attach', c: 'cpu-shares', d: 'detach', e: 'env', h: 'hostname', i: 'interactive', l: 'label', m: 'memory', p: 'publish', P: 'publish-all', q: 'quiet', t: 'tty', u: 'user', v: 'volume', w: 'workdir' }; // prettier-ignore

export const isDockerRun = (pasted: string): boolean =>
  /^\s*[$#]?\s*(?:sudo\s+)?(?:docker|podman|nerdctl)\s+(?:container\s+)?(?:run|create)\s/.test(pasted);

/** Undefined where it names no image. */
export function readDockerRun(pasted: string): DeployReading | undefined {
  const draft = new Draft();
  const { words, rest } = toLineWords(pasted.replace(/^\s*[$#]\s+/, ''));
  if (rest !== null) draft.note(shorten(rest), 'unknown');
  const start = words.findIndex((word) => word === 'run' || word === 'create') + 1;
  let at = start;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (!word.startsWith('-') || word === '-') break;
    at += readFlag(draft, word, words[at + 1]);
  }
  const image = words[at];
  if (image === undefined) return undefined;
  draft.put('image', image);
  const command = words.slice(at + 1);
  if (command.length > 0) draft.option('command', command);
  return draft.end();
}

/** How many further words it took. */
function readFlag(draft: Draft, word: string, next: string | undefined): 0 | 1 {
  if (word.startsWith('--')) {
    const at = word.indexOf('=');
    const flag = word.slice(2, at === -1 ? undefined : at);
    return takeFlag(draft, flag, at === -1 ? undefined : word.slice(at + 1), next);
  }
  const letters = [...word.slice(1)];
  for (const [index, letter] of letters.entries()) {
    const flag = SHORT[letter];
    if (flag === undefined) draft.note(`-${letter}`, 'unknown');
    else if (flag in PLAIN) takeFlag(draft, flag, undefined, undefined);
    else {
      const attached = letters
        .slice(index + 1)
        .join('')
        .replace(/^=/, '');
      return takeFlag(draft, flag, attached === '' ? undefined : attached, next);
    }
  }
  return 0;
}

function takeFlag(draft: Draft, flag: string, value: string | undefined, next: string | undefined): 0 | 1 {
  const plain = Object.hasOwn(PLAIN, flag) ? PLAIN[flag] : undefined;
  if (plain) {
    if (value !== 'false') plain(draft);
    return 0;
  }
  const take = Object.hasOwn(VALUED, flag) ? VALUED[flag] : undefined;
  if (!take) {
    draft.note(`--${flag}`, 'unknown');
    return 0;
  }
  const given = value ?? next;
  if (given === undefined) draft.note(`--${flag}`, 'no_value');
  else take(draft, given, `--${flag}`);
  return value === undefined ? 1 : 0;
}

/** `type=volume,source=data,target=/data`. */
function readMount(draft: Draft, value: string, flag: string): void {
  const parts = new Map(value.split(',').map((part): [string, string] => [part.split('=')[0] ?? '', part.slice(part.indexOf('=') + 1)])); // prettier-ignore
  const target = parts.get('target') ?? parts.get('dst') ?? parts.get('destination');
  const source = parts.get('source') ?? parts.get('src') ?? target ?? '';
  const type = parts.get('type') ?? 'volume';
  if (type === 'bind') return draft.note(`${flag} ${value}`, 'host_path');
  if (type !== 'volume' || target === undefined) return draft.note(`${flag} ${value}`, 'not_offered');
  const other = [...parts.keys()].find((key) => !['type', 'source', 'src', 'target', 'dst', 'destination'].includes(key)); // prettier-ignore
  if (other !== undefined) draft.note(`${flag} ${other}`, 'not_offered');
  draft.addVolume(source, target);
}

const shorten = (rest: string): string => (rest.length > 80 ? `${rest.slice(0, 80)}…` : rest);
