import {
  AbsolutePath,
  Argv,
  type DeployInput,
  type HostBind,
  ImageRef,
  MIB,
  Preset,
  PresetVolume,
  type Protocol,
  type RunOptions,
} from '@bailiwick/contract';
import { type AdvancedForm, linesOf as argumentsIn, NOTHING_ADVANCED } from './advanced-options.rules.ts';
import { type DeployForm, portKey, toDeployInput } from './deploy-form.rules.ts';

/** An image of one's choice, as typed; the rest is asked like that of a preset. */
export interface ImageForm {
  image: string;
  /** `80` or `53/udp`, one a line. */
  ports: string;
  /** `name:/path`, one a line. */
  volumes: string;
  /** `/folder:/path` or `/folder:/path:rw`, one a line; staff's. */
  binds: string;
  profile: 'compat' | 'strict';
  protocol: Protocol;
  /** One argument a line. */
  installCommand: string;
}
export type ImageField = keyof ImageForm;

/** Of a pasted text. */
export type Kept = { readonly [Name in 'ports' | 'options' | 'installCommand']?: DeployInput[Name] | undefined };

/** What an image is deployed from: what was typed, and what a pasted text said that no field asks for. */
export interface ImageSource {
  readonly form: ImageForm;
  readonly kept: Kept;
}

export const NO_IMAGE: ImageForm = {
  image: '',
  ports: '',
  volumes: '',
  binds: '',
  profile: 'compat',
  protocol: 'generic',
  installCommand: '',
};
const PORT = /^(\d{1,5})(?:\/(tcp|udp))?$/;

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== ''); // prettier-ignore

/** The fields that are wrong, with the line that is. */
export function checkImageForm(form: ImageForm): Partial<Record<ImageField, string>> {
  const ports = linesOf(form.ports);
  const volumes = linesOf(form.volumes);
  const binds = linesOf(form.binds);
  const install = argumentsIn(form.installCommand);
  const wrongBind = binds.find((line, at) => !isBind(line) || binds.slice(0, at).some((other) => toBind(other)?.target === toBind(line)?.target)); // prettier-ignore
  const wrongPort = ports.find((line, at) => !isPort(line) || ports.slice(0, at).some((other) => keyOf(other) === keyOf(line))); // prettier-ignore
  const wrongVolume = volumes.find((line, at) => !isVolume(line) || volumes.slice(0, at).some((other) => toVolume(other).name === toVolume(line).name)); // prettier-ignore
  return {
    ...(ImageRef.safeParse(form.image.trim()).success ? {} : { image: form.image.trim() }),
    ...(wrongPort === undefined ? {} : { ports: wrongPort }),
    ...(wrongVolume === undefined ? {} : { volumes: wrongVolume }),
    ...(wrongBind === undefined ? {} : { binds: wrongBind }),
    ...(install.length === 0 || Argv.safeParse(install).success ? {} : { installCommand: install[0] ?? '' }),
  };
}

/** So that it is asked about like a preset, of which only its name stays behind. */
export function toPreset({ form }: ImageSource): Preset {
  const install = argumentsIn(form.installCommand);
  return Preset.parse({
    name: 'image',
    title: form.image.trim() || 'image',
    description: form.image.trim() || 'image',
    categories: ['tool'],
    config: {
      image: form.image.trim(),
      ports: linesOf(form.ports).map((line) => ({ ...toPort(line), label: keyOf(line) })),
      volumes: linesOf(form.volumes).map(toVolume),
      memoryBytes: 512 * MIB,
      cpus: 1,
      profile: form.profile,
      protocol: form.protocol,
      ...(install.length > 0 && { installCommand: install }),
    },
  });
}

/** The request; what a pasted text said and no field asks for goes along. */
export function toImageInput({ kept, form: image }: ImageSource, preset: Preset, form: DeployForm): DeployInput {
  const { preset: _name, cpus, ...rest } = toDeployInput(preset, form);
  const { config } = preset;
  const options: RunOptions = { ...kept.options, ...rest.options };
  const binds = linesOf(image.binds).flatMap((line) => toBind(line) ?? []);
  return {
    ...kept,
    ...rest,
    image: config.image,
    profile: config.profile,
    ...(config.protocol !== 'generic' && { protocol: config.protocol }),
    ...(config.installCommand && { installCommand: config.installCommand }),
    ports: config.ports.map((port) => {
      const asked = rest.ports.find((each) => portKey(each) === portKey(port));
      const ip = kept.ports?.find((each) => portKey(each) === portKey(port))?.ip;
      const { containerPort, protocol } = port;
      return { containerPort, protocol, ...(asked?.hostPort ? { hostPort: asked.hostPort } : {}), ...(ip ? { ip } : {}) }; // prettier-ignore
    }),
    volumes: config.volumes.map(({ name, target }) => ({ ...rest.volumes.find((each) => each.name === name), name, target })), // prettier-ignore
    ...(binds.length > 0 && { binds }),
    options,
    ...(options.cpuQuota || cpus === undefined ? {} : { cpus }),
  };
}

/** A pasted text as the form shows it; what has no field of its own is kept beside it. */
export function fromReading(input: DeployInput): { source: ImageSource; fill: (fresh: DeployForm) => DeployForm } {
  const { entrypoint, command, user, workingDir, env, labels, memorySwapBytes, shmBytes, cpuShares, cpuset, cpuQuota, pids, restart, health, ...others } = input.options; // prettier-ignore
  const { installCommand } = input;
  const pairs = Object.entries(env ?? {});
  const envFits = pairs.every(([, value]) => !/\n|\s$/.test(value));
  const options: RunOptions = {
    ...others,
    ...(entrypoint && !inLines(entrypoint) ? { entrypoint } : {}),
    ...(command && !inLines(command) ? { command } : {}),
    ...(env && !envFits ? { env } : {}),
    ...(health && !inLines(health.command) ? { health } : {}),
  };
  const source: ImageSource = {
    form: {
      image: input.image ?? '',
      ports: input.ports.map(portKey).join('\n'),
      volumes: input.volumes.map(({ name, target }) => `${name}:${target ?? ''}`).join('\n'),
      binds: (input.binds ?? []).map(({ source, target, readOnly }) => `${source}:${target}${readOnly ? '' : ':rw'}`).join('\n'), // prettier-ignore
      profile: input.profile ?? 'compat',
      protocol: input.protocol ?? 'generic',
      installCommand: toLines(installCommand),
    },
    kept: {
      ports: input.ports,
      options,
      ...(installCommand && !inLines(installCommand) ? { installCommand } : {}),
      ...(input.envOf === undefined ? {} : { envOf: input.envOf }),
    },
  };
  const fill = (fresh: DeployForm): DeployForm => ({
    ...fresh,
    name: input.name,
    workspace: input.workspace ?? '',
    memoryMib: mib(input.memoryBytes) || fresh.memoryMib,
    cpus: input.cpus === undefined ? fresh.cpus : String(input.cpus),
    ports: Object.fromEntries(input.ports.map((port) => [portKey(port), port.hostPort?.toString() ?? ''])),
    advanced: {
      ...NOTHING_ADVANCED,
      entrypoint: toLines(entrypoint),
      command: toLines(command),
      user: user ?? '',
      workingDir: workingDir ?? '',
      env: envFits ? pairs.map(([name, value]) => `${name}=${value}`).join('\n') : '',
      tags: Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`).join('\n'), // prettier-ignore
      swapMib: mib(memorySwapBytes),
      shmMib: mib(shmBytes),
      diskMib: mib(input.diskBytes),
      gpus: input.gpus?.toString() ?? '',
      cpuShares: cpuShares?.toString() ?? '',
      cpuset: cpuset ?? '',
      quotaMs: cpuQuota ? String(cpuQuota.quotaUs / 1000) : '',
      periodMs: cpuQuota ? String(cpuQuota.periodUs / 1000) : '',
      pids: pids?.toString() ?? '',
      restart: restart?.name ?? '',
      retries: restart?.maximumRetryCount?.toString() ?? '',
      ...toHealthFields(health),
      domainName: input.domainName ?? '',
      launchUrl: input.launchUrl ?? '',
      explorerRoot: input.explorerRoot ?? '',
      consoleDirectory: input.consoleDirectory ?? '',
    },
  });
  return { source, fill };
}

/** Whether each stays what it is when it is a line. */
const inLines = (words: readonly string[]): boolean => words.every((word) => word !== '' && !/\n|\s$/.test(word));
const toLines = (words: readonly string[] | undefined): string => (words && inLines(words) ? words.join('\n') : '');
const mib = (bytes: number | undefined): string => (bytes === undefined ? '' : String(Math.round(bytes / MIB)));

function toHealthFields(health: RunOptions['health']): Partial<AdvancedForm> {
  if (!health || !inLines(health.command)) return {};
  return {
    healthCommand: toLines(health.command),
    intervalS: String(health.intervalMs / 1000),
    timeoutS: String(health.timeoutMs / 1000),
    healthRetries: String(health.retries),
    startPeriodS: String(health.startPeriodMs / 1000),
  };
}

const isPort = (line: string): boolean => {
  const port = Number(PORT.exec(line)?.[1]);
  return port >= 1 && port <= 65_535;
};
function toPort(line: string): { containerPort: number; protocol: 'tcp' | 'udp' } {
  const [, port = '', protocol] = PORT.exec(line) ?? [];
  return { containerPort: Number(port), protocol: protocol === 'udp' ? 'udp' : 'tcp' };
}
const keyOf = (line: string): string => portKey(toPort(line));

function toVolume(line: string): { name: string; target: string } {
  const at = line.indexOf(':');
  return { name: line.slice(0, at), target: line.slice(at + 1) };
}
const BIND = /^(\/[^:]*):(\/[^:]*)(:ro|:rw)?$/;
/** Which folders of the host may be named, the core says. */
function toBind(line: string): HostBind | undefined {
  const [, source, target, mode] = BIND.exec(line) ?? [];
  return source === undefined || target === undefined ? undefined : { source, target, readOnly: mode !== ':rw' };
}
const isBind = (line: string): boolean => AbsolutePath.safeParse(toBind(line)?.target).success;

function isVolume(line: string): boolean {
  const { name, target } = toVolume(line);
  return PresetVolume.shape.name.safeParse(name).success && AbsolutePath.safeParse(target).success && target !== '/';
}
