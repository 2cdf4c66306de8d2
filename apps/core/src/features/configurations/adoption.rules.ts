import type { NotTakenOver } from '@bailiwick/contract';
import * as z from 'zod';
import { isOwnName, toEngine } from '../../foundation/environments/docker-spec.rules.js';
import type { ContainerSpec, EngineInspection } from '../../foundation/environments/engine.js';
import { isTag, OWN_LABEL } from '../../foundation/environments/reserved-labels.rules.js';
import { type AppError, conflict, isAppError } from '../../kernel/errors.js';
import { type Made, toMade } from './configurations.rules.js';

const DEFAULT_NETWORK = 'bridge';
const FIRST_PORT = 1024;
const MOST_PIDS = 4096;
/** The engine names a volume nobody named by 64 hexadecimal digits. */
const ANONYMOUS = /^[0-9a-f]{64}$/;
const USER = /^\d{1,9}(:\d{1,9})?$/;

export interface Adopted {
  readonly made: Made;
  readonly notTakenOver: NotTakenOver[];
}

interface Around {
  /** Where it would be, once it is made anew. */
  readonly network: string;
  /** What a container without limits may take. */
  readonly host: { readonly memoryBytes: number; readonly cpus: number };
}

/** How a container is made that somebody made outside, in our words, and what of it they do not say. */
export function toAdopted(inspection: EngineInspection, { network, host }: Around): Adopted {
  const { making, limits, restartPolicy: restart } = inspection;
  const memoryBytes = limits.memoryBytes ?? host.memoryBytes;
  const spec: Omit<ContainerSpec, 'labels'> = {
    name: inspection.name,
    image: inspection.image,
    entrypoint: someOf(inspection.entrypoint),
    command: someOf(inspection.command),
    env: Object.fromEntries(inspection.env.map(toPair)),
    user: USER.test(inspection.user) ? inspection.user : null,
    workingDir: inspection.workingDir || null,
    ports: portsOf(inspection),
    volumes: inspection.mounts.flatMap(({ type, name, target }) =>
      isOwn({ type, name }) && name ? [{ name, target }] : [],
    ),
    network,
    memoryBytes,
    memorySwapBytes: Math.max(making.memorySwapBytes ?? swapOf(limits.memoryBytes, memoryBytes), memoryBytes),
    cpus: making.cpuQuota ? making.cpuQuota.quotaUs / making.cpuQuota.periodUs : (limits.cpus ?? host.cpus),
    cpuQuota: making.cpuQuota,
    cpuShares: making.cpuShares,
    cpuset: making.cpuset,
    pids: limits.pids ?? MOST_PIDS,
    shmBytes: making.shmBytes,
    diskBytes: null,
    restart: { name: nameOf(restart.name), maximumRetryCount: restart.maximumRetryCount },
    health: making.health,
    profile: 'compat',
    stdinOpen: inspection.stdinOpen,
    tags: Object.fromEntries(Object.entries(inspection.labels).filter(([name]) => isTag(name))),
  };
  return { made: toMade(spec), notTakenOver: [...missing(inspection), ...refused(spec)] };
}

/** What an engine says of memory and swap together where nobody did. */
const swapOf = (limit: number | null, memoryBytes: number): number => (limit === null ? memoryBytes : 2 * limit);
const someOf = (words: readonly string[]): readonly string[] | null => (words.length > 0 ? words : null);
const RESTART = z.enum(['no', 'always', 'unless-stopped', 'on-failure']).catch('no');
const nameOf = (name: string) => RESTART.parse(name);
const toPair = (line: string): [string, string] => {
  const at = line.indexOf('=');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
};
const isOwn = ({ type, name }: { type: string; name: string | null }): boolean =>
  type === 'volume' && name !== null && isOwnName(name);

/** One the engine chose is the one it has now. */
function portsOf({ portRules, ports }: EngineInspection): ContainerSpec['ports'] {
  return portRules.flatMap(({ ip, hostPort, containerPort, protocol }) => {
    const published = ports.find((port) => port.containerPort === containerPort && port.protocol === protocol);
    const at = hostPort || (published?.hostPort ?? 0);
    if (protocol === 'sctp' || at < FIRST_PORT) return [];
    return [{ ip: ip || '0.0.0.0', hostPort: at, containerPort, protocol }];
  });
}

function missing(inspection: EngineInspection): NotTakenOver[] {
  const { mounts, labels, user, limits, making, networks } = inspection;
  const published = portsOf(inspection);
  const lost = inspection.portRules.filter(
    (rule) => !published.some((port) => port.containerPort === rule.containerPort && port.protocol === rule.protocol),
  );
  const foreign = mounts.filter(({ type, name }) => !isOwn({ type, name }) && !(type === 'volume' && name !== null && ANONYMOUS.test(name))); // prettier-ignore
  return [
    // Where on the host a folder lies is not for everybody who sees how it is made.
    ...foreign.map(({ type, name, target }) => needed(`${type} ${name === null ? '' : `${name}:`}${target}`)),
    ...lost.map(({ hostPort, containerPort, protocol }) =>
      needed(`port ${hostPort ?? 0}:${containerPort}/${protocol}`),
    ),
    ...(USER.test(user) || user === '' ? [] : [other(`user ${user}`)]),
    ...(limits.pids === null ? [other(`no limit of processes`)] : []),
    ...(networks.includes(DEFAULT_NETWORK) ? [other(`network ${DEFAULT_NETWORK}`)] : []),
    ...making.beyond.map(other),
    ...Object.keys(labels).filter((name) => !isTag(name) && !OWN_LABEL.test(name)).map((name) => other(`label ${name}`)), // prettier-ignore
  ];
}

/** What an engine is never asked by us, whoever asks. */
function refused(spec: Omit<ContainerSpec, 'labels'>): NotTakenOver[] {
  try {
    toEngine({ ...spec, labels: {} });
    return [];
  } catch (error) {
    if (!isAppError(error, 'engine_refused')) throw error;
    const field = error.params?.['field'];
    return [needed(typeof field === 'string' ? field : spec.name)];
  }
}

const needed = (what: string): NotTakenOver => ({ what, needed: true });
const other = (what: string): NotTakenOver => ({ what, needed: false });

/** What a row says of a container that was taken over, until it is made anew. */
const AdoptedRow = z.object({
  notTakenOver: z.array(z.object({ what: z.string(), needed: z.boolean() })).nullish(),
});
export const notTakenOverIn = (configuration: unknown): NotTakenOver[] =>
  AdoptedRow.safeParse(configuration).data?.notTakenOver ?? [];

/** 409 where it could not be made again as it is. */
export function assertRemakable(name: string, configuration: unknown): void {
  const what = neededIn(configuration);
  if (what.length > 0) throw notRemakable(name, what);
}
export const neededIn = (configuration: unknown): string[] =>
  notTakenOverIn(configuration).flatMap(({ what, needed: isNeeded }) => (isNeeded ? [what] : []));

const notRemakable = (name: string, what: readonly string[]): AppError =>
  conflict('wrong_state', `${name} was made outside with ${what.join(', ')}. It cannot be made anew here.`, {
    hint: 'What changes on the container as it runs can be changed. For all else deploy it anew.',
    params: { reason: 'not_taken_over', what },
  });
