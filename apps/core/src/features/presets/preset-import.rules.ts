import {
  type FieldIssue,
  FLAG_DEFAULTS,
  FLAGS,
  type Flag,
  FolderInside,
  Preset,
  type PresetImport,
  PresetRoleTag,
  Protocol,
} from '@bailiwick/contract';
import * as z from 'zod';
import { isWithin, sharedFolders } from '../containers/shared-folders.rules.js';
import { issueWords } from '../../kernel/issue-words.rules.js';
import { toPresetName } from './presets.rules.js';

type Draft = Record<string, unknown>;
type Format = PresetImport['format'];
interface Read {
  readonly format: Format;
  readonly draft: Draft;
  readonly ignored: string[];
}

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const SECRET_NAME = /pass|secret|token|api_?key/i;
/** What a server wrote into it, which says nothing about what is deployed. */
const BOOKKEEPING = new Set(['saved_by', 'saved_at', 'source', 'created_at', 'updated_at', 'id']);

/** A preset of ours or of an older panel, and what of it means nothing here. */
export function readImport(document: Readonly<Record<string, unknown>>): PresetImport | { issues: FieldIssue[] } {
  const read =
    'docker_image' in document ? readTemplate(document) : isNebula(document) ? readNebula(document) : undefined;
  if (read && 'issues' in read) return read;
  const parsed = Preset.safeParse(read?.draft ?? document, { error: issueWords });
  if (!parsed.success) return { issues: toIssues(parsed.error) };
  return { format: read?.format ?? 'bailiwick', preset: parsed.data, ignored: read?.ignored ?? [] };
}

const isNebula = ({ config, permissions, ui }: Readonly<Record<string, unknown>>): boolean =>
  permissions !== undefined ||
  ui !== undefined ||
  (typeof config === 'object' &&
    config !== null &&
    ['ram', 'cpu_limit', 'project_protocol'].some((key) => key in config));

const toIssues = ({ issues }: z.ZodError): FieldIssue[] =>
  issues.map(({ path, code, message }) => ({ path: ['document', ...path].map(String).join('.'), code, message }));

const amount = z.coerce.number().min(0);
const word = z.string().catch('');
const NebulaConfig = z.looseObject({
  image: z.string(),
  ram: amount.optional(),
  swap: amount.optional(),
  shm: amount.optional(),
  disk: amount.optional(),
  cpu: amount.optional(),
  cpu_limit: amount.optional(),
  pids_limit: amount.optional(),
  ports: word.optional(),
  env: word.optional(),
  volumes: word.optional(),
  workspace_mount: word.optional(),
  explorer_root: word.optional(),
  console_cwd: word.optional(),
  project_protocol: word.optional(),
  install_command: word.optional(),
  command: word.optional(),
  restart: z.boolean().optional(),
});
const Nebula = z.looseObject({
  name: z.string(),
  title: word.optional(),
  description: word.optional(),
  config: NebulaConfig,
  permissions: z.record(z.string(), z.record(z.string(), z.boolean())).optional(),
  ui: z
    .looseObject({
      website_wizard: z
        .looseObject({
          enabled: z.boolean().optional(),
          type: word.optional(),
          label: word.optional(),
          preferred: z.boolean().optional(),
          internal_port: amount.optional(),
        })
        .optional(),
    })
    .optional(),
});

function readNebula(document: Draft): Read | { issues: FieldIssue[] } {
  const parsed = Nebula.safeParse(document, { error: issueWords });
  if (!parsed.success) return { issues: toIssues(parsed.error) };
  const { name, title, description, config, permissions = {}, ui } = parsed.data;
  const wizard = ui?.website_wizard?.enabled === true ? ui.website_wizard : undefined;
  const ports = portsIn(config.ports ?? '', wizard?.internal_port);
  const volumes = volumesIn([
    ...linesOf(config.volumes).map((line) => line.split(':')[1] ?? line),
    config.workspace_mount ?? '',
  ]);
  const { env, questions } = environmentOf(Object.fromEntries(linesOf(config.env).map(splitOnce)));
  const explorerRoot = FolderInside.safeParse(config.explorer_root).data;
  const shared = sharedFolders({ image: config.image, workingDir: '', places: volumes.map(({ target }) => target) });
  const isShared = explorerRoot !== undefined && isWithin(explorerRoot, shared);
  const protocol = Protocol.safeParse(config.project_protocol).data ?? 'generic';
  const site = volumes.at(-1);
  const memory = Math.max(6, config.ram ?? 512);
  const draft = {
    ...headOf(name, title, description),
    categories: [wizard || protocol !== 'generic' ? 'web' : 'tool'],
    questions,
    roles: rolesIn(permissions),
    ...(wizard && site && wizard.internal_port !== undefined
      ? {
          website: {
            type: Protocol.safeParse(wizard.type).data ?? protocol,
            label: (wizard.label || title || name).slice(0, 40),
            containerPort: wizard.internal_port,
            volume: site.name,
            preferred: wizard.preferred ?? false,
          },
        }
      : {}),
    config: {
      image: config.image,
      protocol,
      ...shellOf('installCommand', config.install_command),
      ...shellOf('command', config.command),
      env,
      ports,
      volumes,
      ...(isShared ? { explorerRoot } : {}),
      ...(isSaid(config.console_cwd ?? '') ? { consoleDirectory: config.console_cwd } : {}),
      memoryBytes: memory * MIB,
      ...(config.swap === undefined ? {} : { memorySwapBytes: Math.max(memory, config.swap) * MIB }),
      ...(config.shm === undefined || config.shm < 1 ? {} : { shmBytes: config.shm * MIB }),
      cpus: config.cpu_limit || 1,
      ...(config.cpu ? { cpuShares: Math.min(262_144, Math.max(2, Math.round(config.cpu))) } : {}),
      ...(config.disk ? { diskBytes: Math.round(config.disk * GIB) } : {}),
      ...(config.pids_limit === undefined ? {} : { pids: Math.min(4096, Math.max(32, config.pids_limit)) }),
      restart: config.restart === false ? 'no' : 'always',
    },
  };
  const ignored = [
    ...unknownIn(document, Nebula),
    ...unknownIn(config, NebulaConfig, 'config.'),
    ...(isSaid(config.explorer_root ?? '') && !isShared ? ['config.explorer_root'] : []),
    ...unknownIn(ui ?? {}, z.object({ website_wizard: z.unknown() }), 'ui.'),
    ...(wizard && 'default_public_port' in wizard ? ['ui.website_wizard.default_public_port'] : []),
    ...Object.keys(permissions).flatMap((role) =>
      PresetRoleTag.safeParse(role).success ? [] : [`permissions.${role}`],
    ),
  ];
  return { format: 'nebula', draft, ignored };
}

const Template = z.looseObject({
  name: z.string(),
  docker_image: z.string(),
  description: word.optional(),
  default_ports: z.record(z.string(), z.coerce.number()).default({}),
  volume_mounts: z.record(z.string(), z.string()).default({}),
  environment_vars: z.record(z.string(), z.coerce.string()).default({}),
  cpu_limit: amount.default(1),
  memory_limit: amount.default(1024),
});

function readTemplate(document: Draft): Read | { issues: FieldIssue[] } {
  const parsed = Template.safeParse(document, { error: issueWords });
  if (!parsed.success) return { issues: toIssues(parsed.error) };
  const {
    name,
    docker_image: image,
    description,
    default_ports,
    volume_mounts,
    environment_vars,
    cpu_limit,
    memory_limit,
  } = parsed.data;
  const { env, questions } = environmentOf(environment_vars);
  const draft = {
    ...headOf(name, name, description),
    categories: ['tool'],
    questions,
    config: {
      image,
      env,
      ports: Object.entries(default_ports).map(([label, containerPort]) => ({
        containerPort,
        label: label.slice(0, 40),
        web: true,
      })),
      volumes: Object.entries(volume_mounts).map(([label, target], index) => ({
        name: volumeNameOf(label, index),
        target,
      })),
      memoryBytes: memory_limit * MIB,
      cpus: cpu_limit,
    },
  };
  return { format: 'docker-manager', draft, ignored: unknownIn(document, Template) };
}

/** Fields that said something and are not read. */
function unknownIn(value: Draft, { shape }: { shape: object }, base = ''): string[] {
  return Object.entries(value)
    .filter(([key, said]) => !(key in shape) && !BOOKKEEPING.has(key) && isSaid(said))
    .map(([key]) => `${base}${key}`);
}
const isSaid = (value: unknown): boolean =>
  value !== null && value !== '' && !(typeof value === 'object' && Object.keys(value).length === 0);

const headOf = (name: string, title: string | undefined, description: string | undefined) => ({
  name: toPresetName(name) ?? name,
  title: (title || name).slice(0, 80),
  description: (description || title || name).slice(0, 400),
});

const linesOf = (text = ''): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
const splitOnce = (line: string): [string, string] => {
  const at = line.indexOf('=');
  return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1)];
};

/** `8080:80, 53:53/udp`; a host port below 1024 is not suggested. */
const portsIn = (text: string, web: number | undefined): Draft[] =>
  text.split(',').flatMap((part): Draft[] => {
    const [, host, container, protocol = 'tcp'] = /^\s*(?:(\d+):)?(\d+)(?:\/(tcp|udp))?\s*$/.exec(part) ?? [];
    if (container === undefined) return part.trim() === '' ? [] : [{ containerPort: part.trim(), label: part.trim() }];
    const suggested = Number(host);
    return [
      {
        containerPort: Number(container),
        protocol,
        label: `Port ${container}`,
        ...(suggested >= 1024 ? { suggestedHostPort: suggested } : {}),
        web: web === Number(container),
      },
    ];
  });

/** Named after the end of its path. The folder of the host it was bound to is not ours to name. */
const volumesIn = (targets: readonly string[]) =>
  [...new Set(targets.map((target) => target.replace(/:(ro|rw)$/, '').trim()).filter((target) => target !== ''))].map(
    (target, index) => ({ name: volumeNameOf(target.split('/').at(-1) ?? '', index), target }),
  );
const volumeNameOf = (label: string, index: number): string =>
  `${(toPresetName(label) ?? 'data').slice(0, 26)}${index === 0 ? '' : `-${index + 1}`}`;

/** What is secret is asked for and generated: no password comes along. */
function environmentOf(values: Readonly<Record<string, string>>) {
  const secrets = Object.keys(values).filter((name) => SECRET_NAME.test(name));
  const questions = secrets.map((name, index) => ({
    name: `secret${index + 1}`,
    label: name.slice(0, 80),
    type: 'secret',
    required: false,
  }));
  const env = Object.entries(values).map(([name, value]): [string, string] => {
    const at = secrets.indexOf(name);
    return [name, at < 0 ? value.replaceAll('{{', '{ {') : `{{secret${at + 1}}}`];
  });
  return { env: Object.fromEntries(env), questions };
}

/** A flag that is left out means what it means everywhere. */
const rolesIn = (permissions: Readonly<Record<string, Readonly<Record<string, boolean>>>>) =>
  Object.fromEntries(
    PresetRoleTag.options.flatMap((role) => {
      const said = permissions[role];
      if (!said) return [];
      const flags = Object.keys(FLAGS) as Flag[];
      return [
        [role, Object.fromEntries(flags.map((flag, at) => [flag, said[flag] ?? FLAG_DEFAULTS[role]?.[at] ?? false]))],
      ];
    }),
  );

const shellOf = (field: string, line: string | undefined): Draft =>
  line === undefined || line.trim() === '' ? {} : { [field]: ['sh', '-c', line.trim()] };
