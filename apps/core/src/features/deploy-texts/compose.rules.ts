import type { DeployReading } from '@bailiwick/contract';
import { parseDocument } from 'yaml';
import { toBytes, toMilliseconds } from './sizes.rules.js';
import { Draft } from './draft.rules.js';
import { toLineWords } from './line-words.rules.js';
import { isTooMuchYaml } from './yaml-size.rules.js';
import { isOurPolicy } from './policy.rules.js';

const MOST_ALIASES = 100;
const DEEPEST = 32;

type Fields = Readonly<Record<string, unknown>>;
type Take = (draft: Draft, value: unknown, at: string) => void;

/** Why a text is no compose file; else what one service of it comes to. */
export type ComposeReading = DeployReading | { readonly mistake: 'yaml' | 'too_deep' | 'no_service' | 'no_image' };

/** One service of a compose file: an allow-list of keys, no file but this one, and nothing taken from an environment. */
export function readCompose(pasted: string): ComposeReading {
  const parsed = parseYaml(pasted);
  if ('mistake' in parsed) return parsed;
  const { value } = parsed;
  if (!isFields(value)) return { mistake: 'no_service' };
  const draft = new Draft();
  const [name, service] = isFields(value['services']) ? chooseService(draft, value, value['services']) : single(value);
  if (!isFields(service)) return { mistake: 'no_service' };
  if (name !== undefined) draft.put('name', name);
  for (const [key, field] of Object.entries(service)) {
    const take = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (!take)
      draft.note(key, Object.hasOwn(REFUSED, key) ? (REFUSED[key] ?? 'unknown') : key.startsWith('x-') ? 'not_offered' : 'unknown'); // prettier-ignore
    else if (field !== null) take(draft, field, key);
  }
  return draft.end() ?? { mistake: 'no_image' };
}

function parseYaml(pasted: string): { readonly value: unknown } | { readonly mistake: 'yaml' | 'too_deep' } {
  if (isTooMuchYaml(pasted)) return { mistake: 'too_deep' };
  try {
    const document = parseDocument(pasted, { schema: 'core', merge: false, uniqueKeys: true, prettyErrors: false });
    if (document.errors.length > 0 || document.warnings.length > 0) return { mistake: 'yaml' };
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return isDeeper(value, DEEPEST, []) ? { mistake: 'too_deep' } : { value };
  } catch (error) {
    // More aliases than may be, one that leads nowhere, or deeper than the parser follows.
    if (error instanceof ReferenceError || error instanceof RangeError) return { mistake: 'yaml' };
    throw error;
  }
}

/** Also what holds itself. */
const isDeeper = (value: unknown, left: number, above: readonly unknown[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || above.includes(value) || Object.values(value).some((inner) => isDeeper(inner, left - 1, [...above, value]))); // prettier-ignore

/** The first one with an image; the others are told. */
function chooseService(draft: Draft, file: Fields, services: Fields): [string | undefined, unknown] {
  const names = Object.keys(services);
  const has = (name: string) => isFields(services[name]) && 'image' in services[name];
  const chosen = names.find(has) ?? names[0];
  for (const name of names) if (name !== chosen) draft.note(`services.${name}`, 'other_service');
  for (const key of Object.keys(file)) {
    if (['services', 'version', 'name'].includes(key)) continue;
    const inner = file[key];
    if (key === 'volumes' && isFields(inner)) {
      for (const [volume, facts] of Object.entries(inner))
        if (isFields(facts) && Object.keys(facts).length > 0) draft.note(`volumes.${volume}`, 'not_offered');
    } else draft.note(key, key === 'networks' ? 'own_network' : key === 'configs' || key === 'secrets' || key === 'include' ? 'host_file' : 'unknown'); // prettier-ignore
  }
  return [chosen, chosen === undefined ? undefined : services[chosen]];
}

/** A service on its own, or under its name. */
function single(value: Fields): [string | undefined, unknown] {
  if ('image' in value) return [undefined, value];
  const found = Object.entries(value).find(([, inner]) => isFields(inner) && 'image' in inner);
  return found ?? [undefined, undefined];
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** As compose reads it: `$$` is one dollar, and any other would be filled in from somewhere. */
function toText(draft: Draft, value: unknown, at: string): string | undefined {
  if (!isPlain(value)) {
    draft.note(at, 'invalid_value');
    return undefined;
  }
  const text = String(value);
  if (/(?<!\$)(?:\$\$)*\$(?!\$)/.test(text)) {
    draft.note(`${at}: ${text.slice(0, 80)}`, 'variable');
    return undefined;
  }
  return text.replaceAll('$$', '$');
}

const text =
  (take: (draft: Draft, value: string, at: string) => void): Take =>
  (draft, value, at) => {
    const read = toText(draft, value, at);
    if (read !== undefined) take(draft, read, at);
  };
const converted = (convert: (value: string) => number | undefined, put: (draft: Draft, value: number) => void): Take =>
  text((draft, value, at) => {
    const read = convert(value);
    if (read === undefined) draft.note(`${at}: ${value}`, 'invalid_value');
    else put(draft, read);
  });
const number = (put: (draft: Draft, value: number) => void): Take =>
  converted((value) => (/^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined), put);
const size = (put: (draft: Draft, bytes: number) => void): Take => converted(toBytes, put);
const each =
  (take: Take): Take =>
  (draft, value, at) => {
    if (!Array.isArray(value)) return draft.note(at, 'invalid_value');
    value.forEach((entry) => take(draft, entry, at));
  };
/** `A: b` or `- A=b`. */
const pairs =
  (take: (draft: Draft, pair: string, at: string) => void): Take =>
  (draft, value, at) => {
    if (!isFields(value)) return each(text(take))(draft, value, at);
    for (const [key, inner] of Object.entries(value)) {
      if (inner === null) take(draft, key, at);
      else text((_, read) => take(draft, `${key}=${read}`, at))(draft, inner, `${at}.${key}`);
    }
  };
/** A line that compose parts into words, or the words. */
const argv =
  (option: 'command' | 'entrypoint'): Take =>
  (draft, value, at) => {
    if (Array.isArray(value)) {
      const words = value.map((word) => toText(draft, word, at));
      if (words.every((word) => word !== undefined)) draft.option(option, words);
      return;
    }
    const line = toText(draft, value, at);
    if (line === undefined) return;
    const { words, rest } = toLineWords(line.trim().replaceAll('\n', ' '));
    if (rest !== null) draft.note(`${at}: ${line.slice(0, 80)}`, 'invalid_value');
    else draft.option(option, words);
  };

const KEYS: Readonly<Record<string, Take>> = {
  image: text((draft, value) => draft.put('image', value)),
  container_name: text((draft, value) => draft.put('name', value)),
  command: argv('command'),
  entrypoint: argv('entrypoint'),
  environment: pairs((draft, pair, at) => draft.variable(pair, at)),
  labels: pairs((draft, pair) => draft.label(pair)),
  ports: each((draft, value, at) => (isFields(value) ? readLongPort(draft, value, at) : text((_, port) => draft.port(port, at))(draft, value, at))), // prettier-ignore
  volumes: each((draft, value, at) => (isFields(value) ? readLongVolume(draft, value, at) : text((_, volume) => draft.volume(volume, at))(draft, value, at))), // prettier-ignore
  working_dir: text((draft, value) => draft.option('workingDir', value)),
  user: text((draft, value) => draft.option('user', value)),
  mem_limit: size((draft, bytes) => draft.put('memoryBytes', bytes)),
  memswap_limit: size((draft, bytes) => draft.option('memorySwapBytes', bytes)),
  shm_size: size((draft, bytes) => draft.option('shmBytes', bytes)),
  cpus: number((draft, value) => draft.put('cpus', value)),
  cpu_shares: number((draft, value) => draft.option('cpuShares', value)),
  cpu_quota: number((draft, value) => draft.cpuQuota('quotaUs', value)),
  cpu_period: number((draft, value) => draft.cpuQuota('periodUs', value)),
  cpuset: text((draft, value) => draft.option('cpuset', value)),
  pids_limit: number((draft, value) => draft.option('pids', value)),
  restart: text((draft, value, at) => draft.restart(value, at)),
  stdin_open: (draft, value) => draft.option('stdinOpen', value === true),
  read_only: (draft, value) => {
    if (value === true) draft.put('profile', 'strict');
  },
  healthcheck: (draft, value, at) => readHealth(draft, value, at),
  deploy: (draft, value, at) => readDeploy(draft, value, at),
  storage_opt: (draft, value, at) => {
    if (isFields(value) && Object.keys(value).join() === 'size')
      size((to, bytes) => to.put('diskBytes', bytes))(draft, value['size'], at); // prettier-ignore
    else draft.note(at, 'not_offered');
  },
  cap_drop: each(text((draft, value, at) => readPolicy(draft, value, at))),
  cap_add: each(text((draft, value, at) => readPolicy(draft, value, at))),
  security_opt: each(text((draft, value, at) => readPolicy(draft, value, at))),
};

function readPolicy(draft: Draft, value: string, at: string): void {
  if (!isOurPolicy(at.replace('_', '-'), value)) draft.note(`${at}: ${value}`, 'set_by_policy');
}

const reasons = (reason: Parameters<Draft['note']>[1], ...keys: string[]) => keys.map((key) => [key, reason] as const);
/** Known, and not for here. */
const REFUSED: Readonly<Record<string, Parameters<Draft['note']>[1]>> = Object.fromEntries([
  ...reasons('set_by_policy', 'privileged', 'devices', 'device_cgroup_rules', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup', 'cgroup_parent', 'runtime', 'sysctls', 'group_add', 'logging', 'ulimits', 'oom_kill_disable', 'oom_score_adj', 'volumes_from', 'credential_spec', 'isolation', 'blkio_config', 'provider', 'use_api_socket'), // prettier-ignore
  ...reasons('own_network', 'networks', 'network_mode', 'links', 'external_links', 'dns', 'dns_opt', 'dns_search', 'extra_hosts', 'mac_address'), // prettier-ignore
  ...reasons('host_file', 'env_file', 'label_file', 'extends', 'build', 'configs', 'secrets', 'develop'),
  ...reasons('not_offered', 'hostname', 'domainname', 'tty', 'init', 'platform', 'pull_policy', 'stop_signal', 'stop_grace_period', 'tmpfs', 'expose', 'depends_on', 'profiles', 'scale', 'gpus', 'mem_reservation', 'mem_swappiness', 'memswap_reservation', 'cpu_count', 'cpu_percent', 'cpu_rt_period', 'cpu_rt_runtime', 'annotations', 'attach', 'post_start', 'pre_stop', 'models'), // prettier-ignore
]);

function readLongPort(draft: Draft, port: Fields, at: string): void {
  const { target, published, host_ip: ip, protocol = 'tcp' } = port;
  const other = Object.keys(port).find((key) => !['target', 'published', 'host_ip', 'protocol', 'mode', 'name', 'app_protocol'].includes(key)); // prettier-ignore
  if (other !== undefined) draft.note(`${at}.${other}`, 'unknown');
  if (!isPlain(target) || !isPlain(protocol)) return draft.note(at, 'invalid_value');
  const host = isPlain(published) ? String(published) : '';
  const address = isPlain(ip) ? `${String(ip).includes(':') ? `[${String(ip)}]` : String(ip)}:` : '';
  const short = `${address}${host === '' && address === '' ? '' : `${host}:`}${String(target)}/${String(protocol)}`;
  text((_, read) => draft.port(read, at))(draft, short, at);
}

function readLongVolume(draft: Draft, volume: Fields, at: string): void {
  const { type = 'volume', source, target } = volume;
  if (type === 'bind') return draft.note(`${at}: ${String(source)}`, 'host_path');
  if (type !== 'volume' || !isPlain(target)) return draft.note(at, 'not_offered');
  const other = Object.keys(volume).find((key) => !['type', 'source', 'target'].includes(key));
  if (other !== undefined) draft.note(`${at}.${other}`, 'not_offered');
  const name = isPlain(source) ? String(source) : String(target);
  text((_, read) => draft.addVolume(name, read))(draft, target, at);
}

function readHealth(draft: Draft, value: unknown, at: string): void {
  if (!isFields(value)) return draft.note(at, 'invalid_value');
  if (value['disable'] === true) return draft.note(`${at}.disable`, 'not_offered');
  const duration = (name: string) => converted(toMilliseconds, (to, ms) => to.healthField(name, ms));
  const takes: Readonly<Record<string, Take>> = {
    test: readTest,
    interval: duration('intervalMs'),
    timeout: duration('timeoutMs'),
    start_period: duration('startPeriodMs'),
    retries: number((to, count) => to.healthField('retries', count)),
    disable: () => undefined,
  };
  for (const [key, inner] of Object.entries(value)) {
    const take = Object.hasOwn(takes, key) ? takes[key] : undefined;
    if (take) take(draft, inner, `${at}.${key}`);
    else draft.note(`${at}.${key}`, 'not_offered');
  }
}

/** `["CMD", …]`, `["CMD-SHELL", line]`, or a line for a shell. */
function readTest(draft: Draft, value: unknown, at: string): void {
  const parts = Array.isArray(value) ? value.map((part) => toText(draft, part, at)) : [toText(draft, value, at)];
  const words = parts.filter((part) => part !== undefined);
  if (words.length !== parts.length) return;
  const [kind = '', ...rest] = words;
  if (!Array.isArray(value)) draft.healthField('command', ['sh', '-c', kind]);
  else if (kind === 'CMD' && rest.length > 0) draft.healthField('command', rest);
  else if (kind === 'CMD-SHELL' && rest.length === 1) draft.healthField('command', ['sh', '-c', ...rest]);
  else draft.note(at, kind === 'NONE' ? 'not_offered' : 'invalid_value');
}

/** Limits only: how many there are and where is not for one container. */
function readDeploy(draft: Draft, value: unknown, at: string): void {
  if (!isFields(value)) return draft.note(at, 'invalid_value');
  for (const key of Object.keys(value)) if (key !== 'resources') draft.note(`${at}.${key}`, 'not_offered');
  const resources = value['resources'];
  if (!isFields(resources)) return;
  for (const key of Object.keys(resources)) if (key !== 'limits') draft.note(`${at}.resources.${key}`, 'not_offered');
  const limits = resources['limits'];
  if (!isFields(limits)) return;
  const takes: Readonly<Record<string, Take | undefined>> = { cpus: KEYS['cpus'], memory: KEYS['mem_limit'], pids: KEYS['pids_limit'] }; // prettier-ignore
  for (const [key, inner] of Object.entries(limits)) {
    const take = Object.hasOwn(takes, key) ? takes[key] : undefined;
    if (take) take(draft, inner, `${at}.resources.limits.${key}`);
    else draft.note(`${at}.resources.limits.${key}`, 'not_offered');
  }
}
