import type { Configuration, DeployInput, SavedSettings } from '@bailiwick/contract';
import { stringify } from 'yaml';
import { COMPAT_CAPABILITIES } from '../../foundation/environments/docker-spec.rules.js';
import { isWorkspace, WORKSPACE } from '../../foundation/environments/workspace-name.rules.js';
import { quoted } from '../deploy-texts/line-words.rules.js';
import { toName } from '../deploy-texts/volumes.rules.js';

const ONE_LINE = ' \\\n  ';
/** Where people begin in it: ours alone to say. */
type Folders = Pick<DeployInput, 'explorerRoot' | 'consoleDirectory'>;

/** A compose file with this one service. Of secrets and variables only the names: their values are nobody's to copy. */
export function toCompose(name: string, configuration: Configuration): string {
  const { profile, health, cpuQuota } = configuration;
  const service = present({
    image: configuration.image,
    container_name: name,
    entrypoint: configuration.entrypoint?.map(dollars),
    command: configuration.command?.map(dollars),
    user: configuration.user,
    working_dir: configuration.workingDir,
    environment: some(configuration.envNames),
    ports: some(configuration.ports.map(toPort)),
    volumes: some(
      [...volumesOf(configuration).map((volume) => `${volume.name}:${volume.target}`), ...bindsOf(configuration)].map(
        dollars,
      ),
    ),
    mem_limit: configuration.memoryBytes,
    memswap_limit: configuration.memorySwapBytes,
    ...(cpuQuota === null
      ? { cpus: configuration.cpus }
      : { cpu_quota: cpuQuota.quotaUs, cpu_period: cpuQuota.periodUs }),
    cpu_shares: configuration.cpuShares,
    cpuset: configuration.cpuset,
    pids_limit: configuration.pids,
    shm_size: configuration.shmBytes,
    stdin_open: configuration.stdinOpen ? true : null,
    deploy: configuration.gpus === undefined ? null : graphics(configuration.gpus),
    restart: restartOf(configuration),
    healthcheck: health && {
      test: ['CMD', ...health.command.map(dollars)],
      interval: `${health.intervalMs}ms`,
      timeout: `${health.timeoutMs}ms`,
      retries: health.retries,
      start_period: `${health.startPeriodMs}ms`,
    },
    labels: some(Object.entries(configuration.labels).map(([label, value]) => dollars(`${label}=${value}`))),
    read_only: profile === 'strict' ? true : null,
    cap_drop: ['ALL'],
    cap_add: profile === 'compat' ? [...COMPAT_CAPABILITIES] : null,
    security_opt: ['no-new-privileges:true'],
  });
  const volumes = Object.fromEntries(volumesOf(configuration).map((volume) => [volume.name, {}]));
  const file = { services: { [name]: service }, ...(Object.keys(volumes).length > 0 ? { volumes } : {}) };
  return stringify(file, { lineWidth: 0, schema: 'core' });
}

/** One line for a shell, each word quoted where one would read something else. */
export function toDockerRun(name: string, configuration: Configuration): string {
  const { profile, health, cpuQuota, entrypoint } = configuration;
  const [program, ...given] = entrypoint ?? [];
  const flags: Array<[string, string | number | null]> = [
    ['--name', name],
    ['--restart', restartOf(configuration)],
    ...configuration.ports.map((port): [string, string] => ['-p', toPort(port)]),
    ...volumesOf(configuration).map((volume): [string, string] => ['-v', `${volume.name}:${volume.target}`]),
    ...bindsOf(configuration).map((bind): [string, string] => ['-v', bind]),
    ...configuration.envNames.map((variable): [string, string] => ['-e', variable]),
    ['--memory', configuration.memoryBytes],
    ['--memory-swap', configuration.memorySwapBytes],
    ['--cpus', cpuQuota === null ? configuration.cpus : null],
    ['--cpu-quota', cpuQuota?.quotaUs ?? null],
    ['--cpu-period', cpuQuota?.periodUs ?? null],
    ['--cpu-shares', configuration.cpuShares],
    ['--cpuset-cpus', configuration.cpuset],
    ['--pids-limit', configuration.pids],
    ['--shm-size', configuration.shmBytes],
    ['--gpus', configuration.gpus ?? null],
    ...(health === null ? [] : healthFlags(health)),
    ...Object.entries(configuration.labels).map(([label, value]): [string, string] => ['--label', `${label}=${value}`]),
    ['--cap-drop', 'ALL'],
    ...(profile === 'compat' ? COMPAT_CAPABILITIES.map((capability): [string, string] => ['--cap-add', capability]) : []), // prettier-ignore
    ['--user', configuration.user],
    ['--workdir', configuration.workingDir],
    ['--security-opt', 'no-new-privileges'],
    ['--entrypoint', program ?? null],
  ];
  const words = flags.flatMap(([flag, value]) => (value === null ? [] : [`${flag} ${quoted(String(value))}`]));
  const command = [...given, ...(configuration.command ?? [])].map(quoted);
  return [
    'docker run -d',
    ...words,
    ...(configuration.stdinOpen ? ['--interactive'] : []),
    ...(profile === 'strict' ? ['--read-only'] : []),
    [quoted(configuration.image), ...command].join(' '),
  ].join(ONE_LINE);
}

/** What deploys the same here, or on another panel. A variable is empty: fill it in. */
export function toDeployJson(name: string, configuration: Configuration, folders: Folders = {}): string {
  const { cpuQuota, envNames } = configuration;
  const env = envNames.length > 0 ? { env: Object.fromEntries(envNames.map((variable) => [variable, ''])) } : {};
  const input = {
    name,
    image: configuration.image,
    profile: configuration.profile,
    ports: configuration.ports,
    ...mountsOf(configuration),
    ...hostOf(configuration),
    ...folders,
    memoryBytes: configuration.memoryBytes,
    ...(cpuQuota === null ? { cpus: configuration.cpus } : {}),
    options: { ...toOptions(configuration), ...env },
  };
  return `${JSON.stringify(input, null, 2)}\n`;
}

/** What it has of the host itself, as far as that is anybody's to know. */
export const hostOf = ({ binds = [], gpus }: Configuration): Pick<DeployInput, 'binds' | 'gpus'> => {
  const known = binds.flatMap(({ source, ...bind }) => (source === null ? [] : [{ source, ...bind }]));
  return { ...(known.length > 0 ? { binds: known } : {}), ...(gpus === undefined ? {} : { gpus }) };
};

const graphics = (count: number) => ({
  resources: { reservations: { devices: [{ driver: 'nvidia', count, capabilities: ['gpu'] }] } },
});

/** Everything that is chosen when it is deployed, its environment aside. */
export const toOptions = (configuration: Configuration): DeployInput['options'] =>
  present({
    entrypoint: configuration.entrypoint,
    command: configuration.command,
    user: configuration.user,
    workingDir: configuration.workingDir,
    labels: Object.keys(configuration.labels).length > 0 ? configuration.labels : null,
    memorySwapBytes: configuration.memorySwapBytes,
    cpuShares: configuration.cpuShares,
    cpuQuota: configuration.cpuQuota,
    cpuset: configuration.cpuset,
    pids: configuration.pids,
    shmBytes: configuration.shmBytes,
    health: configuration.health,
    stdinOpen: configuration.stdinOpen ? true : null,
    restart: toRestart(configuration),
  });

type Present<Fields> = { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
const present = <Fields extends object>(fields: Fields): Present<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Present<Fields>;
const some = <Item>(items: readonly Item[]): readonly Item[] | null => (items.length > 0 ? items : null);
/** A single dollar would be filled in from somebody's environment. */
const dollars = (text: string): string => text.replaceAll('$', '$$$$');

/** As a deployment says it. */
export const foldersIn = ({ explorerRoot, consoleDirectory }: SavedSettings): Folders =>
  present({ explorerRoot, consoleDirectory });

/** What is to be mounted: a workspace is made for whoever deploys, one more that was taken over is a volume elsewhere. */
export function mountsOf({ volumes }: Pick<Configuration, 'volumes'>): Pick<DeployInput, 'volumes' | 'workspace'> {
  const workspace = volumes.find(({ name }) => isWorkspace(name));
  const others = volumesOf({ volumes: volumes.filter((volume) => volume !== workspace) });
  return { volumes: others, ...(workspace ? { workspace: workspace.target } : {}) };
}

const volumesOf = ({ volumes }: Pick<Configuration, 'volumes'>) =>
  volumes.map(({ name, target }) => ({ name: isWorkspace(name) ? WORKSPACE : toName(name), target }));

/** Those whose place on the host is anybody's to know. */
const bindsOf = ({ binds = [] }: Pick<Configuration, 'binds'>): string[] =>
  binds.flatMap(({ source, target, readOnly }) =>
    source === null ? [] : `${source}:${target}${readOnly ? ':ro' : ''}`,
  );

const toPort = ({ ip, hostPort, containerPort, protocol }: Configuration['ports'][number]): string =>
  `${ip.includes(':') ? `[${ip}]` : ip}:${hostPort}:${containerPort}/${protocol}`;

const restartOf = ({ restart: { name, maximumRetryCount } }: Configuration): string =>
  name === 'on-failure' ? `${name}:${maximumRetryCount}` : name;
const toRestart = ({ restart: { name, maximumRetryCount } }: Configuration) =>
  name === 'on-failure' ? { name, maximumRetryCount } : { name };

/** Docker hands it to a shell, so a program of several words is quoted for one. */
function healthFlags({ command, ...health }: NonNullable<Configuration['health']>): Array<[string, string | number]> {
  const [shell, flag, line, ...more] = command;
  const isLine = shell === 'sh' && flag === '-c' && line !== undefined && more.length === 0;
  return [
    ['--health-cmd', isLine ? line : command.map(quoted).join(' ')],
    ['--health-interval', `${health.intervalMs}ms`],
    ['--health-timeout', `${health.timeoutMs}ms`],
    ['--health-retries', health.retries],
    ['--health-start-period', `${health.startPeriodMs}ms`],
  ];
}
