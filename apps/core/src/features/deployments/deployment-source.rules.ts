import type { DeployInput, FieldIssue, Preset } from '@bailiwick/contract';
import type { HostPathMistake } from '../../foundation/environments/host-path.rules.js';
import { isMountable, isPlainPath, isRoot } from '../../foundation/environments/docker-spec.rules.js';

const MIB = 1024 * 1024;

/** What a deployment is made from: a preset of the catalogue, or what somebody said about an image of their choice. */
export interface DeploymentSource {
  readonly preset: { readonly name: string; readonly digest: string } | null;
  readonly questions: Preset['questions'];
  readonly config: Preset['config'];
  /** What roles mean on the container. */
  readonly roles: Preset['roles'];
}

/** An image on its own: no questions, and small where nobody says how big. */
export const sourceOfImage = (
  image: string,
  { ports, volumes, profile = 'compat', protocol = 'generic' }: DeployInput,
): DeploymentSource => ({
  preset: null,
  questions: [],
  roles: {},
  config: {
    image: withTag(image),
    env: {},
    protocol,
    ports: ports.map((port) => ({
      containerPort: port.containerPort,
      protocol: port.protocol,
      web: port.web ?? false,
      label: '',
    })),
    volumes: volumes.flatMap(({ name, target }) => (target === undefined ? [] : [{ name, target }])),
    memoryBytes: 512 * MIB,
    cpus: 1,
    pids: 256,
    restart: 'unless-stopped',
    profile,
  },
});

/** Where its workspace is: as somebody chose, else as its preset says. */
export const workspaceOf = (
  { config }: Pick<DeploymentSource, 'config'>,
  { workspace = config.workspace }: Pick<DeployInput, 'workspace'>,
): Pick<DeployInput, 'workspace'> => (workspace === undefined ? {} : { workspace });

/** A workspace takes the place of what a preset would put there. */
export function withWorkspace(
  source: DeploymentSource,
  { workspace }: Pick<DeployInput, 'workspace'>,
): DeploymentSource {
  if (workspace === undefined || source.preset === null) return source;
  const volumes = source.config.volumes.filter(({ target }) => plain(target) !== plain(workspace));
  return { ...source, config: { ...source.config, volumes } };
}

/** Said in full, so that an engine cannot take a name for the beginning of an image's id. */
const withTag = (image: string): string => (/(:[^/]+|@.+)$/.test(image) ? image : `${image}:latest`);

/** What somebody chose that does not go with what it is made from. */
export function findSourceIssues({ preset, config }: DeploymentSource, input: DeployInput): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const add = (path: string, code: string, message: string) => issues.push({ path, code, message });
  if (preset !== null) {
    if (input.protocol !== undefined) add('protocol', 'preset_says', 'A preset says how it is started.');
    if (input.installCommand !== undefined) add('installCommand', 'preset_says', 'A preset says how it is installed.');
    if (input.profile !== undefined) add('profile', 'preset_says', 'A preset says how hard it is locked in.');
    issues.push(...findKeptIssues(config, input.volumes));
    input.ports.forEach(({ web }, index) => {
      if (web !== undefined) add(`ports.${index}.web`, 'preset_says', 'A preset says what opens in a browser.');
    });
  } else issues.push(...findVolumeIssues(input.volumes));
  const { workspace } = input;
  if (workspace !== undefined && !isMountable(workspace))
    add('workspace', 'engine_folder', `Nothing can be put at ${workspace}.`);
  else if (workspace !== undefined && config.volumes.some(({ target }) => plain(target) === plain(workspace)))
    add('workspace', 'volume_twice', `There is something at ${workspace} already.`);
  issues.push(...findBindIssues(config, input));
  const { user, workingDir } = input.options;
  if (workingDir !== undefined && !isPlainPath(workingDir))
    add('options.workingDir', 'engine_folder', `Nothing starts in ${workingDir}.`);
  if (user !== undefined && isRoot(user) && config.profile === 'strict')
    add('options.user', 'root', 'Under the strict profile nothing runs as root. Name another number.');
  return issues;
}

/** Of a preset's own places, those that are to go on with kept data. */
function findKeptIssues({ volumes: places }: Preset['config'], wanted: DeployInput['volumes']): FieldIssue[] {
  return wanted.flatMap(({ name, target, volumeId }, index) => {
    const path = `volumes.${index}`;
    if (target !== undefined || volumeId === undefined)
      return [{ path, code: 'preset_says', message: 'A preset says which volumes it has.' }];
    if (!places.some((place) => place.name === name))
      return [{ path, code: 'unknown_volume', message: `The preset has no volume ${name}.` }];
    return wanted.slice(0, index).some((other) => other.name === name || other.volumeId === volumeId)
      ? [{ path, code: 'volume_twice', message: `${name} is asked for twice.` }]
      : [];
  });
}

function findVolumeIssues(volumes: DeployInput['volumes']): FieldIssue[] {
  return volumes.flatMap(({ name, target, volumeId }, index) => {
    const path = `volumes.${index}`;
    const others = volumes.slice(0, index);
    if (target === undefined) return [{ path: `${path}.target`, code: 'required', message: 'Say where it is to be.' }];
    if (!isMountable(target))
      return [{ path: `${path}.target`, code: 'engine_folder', message: `Nothing can be put at ${target}.` }];
    if (others.some((other) => other.name === name || (volumeId !== undefined && other.volumeId === volumeId)))
      return [{ path, code: 'volume_twice', message: `${name} is named twice.` }];
    if (others.some((other) => plain(other.target) === plain(target)))
      return [{ path, code: 'volume_twice', message: `There is something at ${target} already.` }];
    return [];
  });
}

/** Each at a place of its own in the container. */
function findBindIssues({ volumes }: Preset['config'], { binds = [], workspace }: DeployInput): FieldIssue[] {
  const places = [
    ...volumes.map(({ target }) => plain(target)),
    ...(workspace === undefined ? [] : [plain(workspace)]),
  ];
  return binds.flatMap(({ target }, index) => {
    const path = `binds.${index}.target`;
    if (!isMountable(target)) return [{ path, code: 'engine_folder', message: `Nothing can be put at ${target}.` }];
    const others = [...places, ...binds.slice(0, index).map((bind) => plain(bind.target))];
    return others.includes(plain(target))
      ? [{ path, code: 'volume_twice', message: `There is something at ${target} already.` }]
      : [];
  });
}

const WHY: Readonly<Record<HostPathMistake, string>> = {
  not_plain: 'is no plain absolute path: use letters, digits and . _ @ + = ~ - between slashes',
  protected: 'runs the host, the engine or this panel, and is not handed out',
};
export const hostPathIssue = (path: string, source: string, mistake: HostPathMistake): FieldIssue => ({
  path,
  code: `host_path_${mistake}`,
  message: `${source} ${WHY[mistake]}.`,
});

const plain = (target: string | undefined): string => `/${(target ?? '').split('/').filter(Boolean).join('/')}`;
