import {
  AbsolutePath,
  type DeployInput,
  ImageRef,
  MIB,
  Preset,
  PresetVolume,
  type RunOptions,
} from '@bailiwick/contract';
import { NOTHING_ADVANCED } from './advanced-options.rules.ts';
import { type DeployForm, portKey, toDeployInput } from './deploy-form.rules.ts';

/** An image of one's choice, as typed; the rest is asked like that of a preset. */
export interface ImageForm {
  image: string;
  /** `80` or `53/udp`, one a line. */
  ports: string;
  /** `name:/path`, one a line. */
  volumes: string;
  profile: 'compat' | 'strict';
}
export type ImageField = keyof ImageForm;

/** What an image is deployed from: what was typed, and what a pasted text said that no field asks for. */
export interface ImageSource {
  readonly form: ImageForm;
  readonly kept: Partial<DeployInput>;
}

export const NO_IMAGE: ImageForm = { image: '', ports: '', volumes: '', profile: 'compat' };
const PORT = /^(\d{1,5})(?:\/(tcp|udp))?$/;

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== ''); // prettier-ignore

/** The fields that are wrong, with the line that is. */
export function checkImageForm(form: ImageForm): Partial<Record<ImageField, string>> {
  const ports = linesOf(form.ports);
  const volumes = linesOf(form.volumes);
  const wrongPort = ports.find((line, at) => !isPort(line) || ports.slice(0, at).some((other) => keyOf(other) === keyOf(line))); // prettier-ignore
  const wrongVolume = volumes.find((line, at) => !isVolume(line) || volumes.slice(0, at).some((other) => toVolume(other).name === toVolume(line).name)); // prettier-ignore
  return {
    ...(ImageRef.safeParse(form.image.trim()).success ? {} : { image: form.image.trim() }),
    ...(wrongPort === undefined ? {} : { ports: wrongPort }),
    ...(wrongVolume === undefined ? {} : { volumes: wrongVolume }),
  };
}

/** So that it is asked about like a preset, of which only its name stays behind. */
export function toPreset({ form }: ImageSource): Preset {
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
    },
  });
}

/** The request; what a pasted text said and no field asks for goes along. */
export function toImageInput({ kept }: ImageSource, preset: Preset, form: DeployForm): DeployInput {
  const { preset: _name, cpus, ...rest } = toDeployInput(preset, form);
  const { config } = preset;
  const options: RunOptions = { ...kept.options, ...rest.options };
  return {
    ...kept,
    ...rest,
    image: config.image,
    profile: config.profile,
    ports: config.ports.map((port) => {
      const asked = rest.ports.find((each) => portKey(each) === portKey(port));
      const ip = kept.ports?.find((each) => portKey(each) === portKey(port))?.ip;
      const { containerPort, protocol } = port;
      return { containerPort, protocol, ...(asked?.hostPort ? { hostPort: asked.hostPort } : {}), ...(ip ? { ip } : {}) }; // prettier-ignore
    }),
    volumes: config.volumes.map(({ name, target }) => ({ ...rest.volumes.find((each) => each.name === name), name, target })), // prettier-ignore
    options,
    // A quota says how many processors that comes to.
    ...(options.cpuQuota || cpus === undefined ? {} : { cpus }),
  };
}

/** A pasted text as the form shows it; what has no field of its own is kept beside it. */
export function fromReading(input: DeployInput): { source: ImageSource; fill: (fresh: DeployForm) => DeployForm } {
  const { entrypoint, command, env, labels, memorySwapBytes, shmBytes, cpuShares, cpuset, pids, restart, ...others } = input.options; // prettier-ignore
  const inLines = (words: readonly string[] | undefined) => words?.every((word) => word !== '' && !/\n|\s$/.test(word)) ?? true; // prettier-ignore
  const pairs = Object.entries(env ?? {});
  const envFits = pairs.every(([, value]) => !/\n|\s$/.test(value));
  const toLines = (words: readonly string[] | undefined) => (inLines(words) ? (words ?? []).join('\n') : '');
  const mib = (bytes: number | undefined) => (bytes === undefined ? '' : String(Math.round(bytes / MIB)));
  const options: RunOptions = {
    ...others,
    ...(entrypoint && !inLines(entrypoint) ? { entrypoint } : {}),
    ...(command && !inLines(command) ? { command } : {}),
    ...(env && !envFits ? { env } : {}),
  };
  const source: ImageSource = {
    form: {
      image: input.image ?? '',
      ports: input.ports.map(portKey).join('\n'),
      volumes: input.volumes.map(({ name, target }) => `${name}:${target ?? ''}`).join('\n'),
      profile: input.profile ?? 'compat',
    },
    kept: {
      ports: input.ports,
      options,
      ...(input.diskBytes === undefined ? {} : { diskBytes: input.diskBytes }),
    },
  };
  const fill = (fresh: DeployForm): DeployForm => ({
    ...fresh,
    name: input.name,
    memoryMib: mib(input.memoryBytes) || fresh.memoryMib,
    cpus: input.cpus === undefined ? fresh.cpus : String(input.cpus),
    ports: Object.fromEntries(input.ports.map((port) => [portKey(port), port.hostPort?.toString() ?? ''])),
    advanced: {
      ...NOTHING_ADVANCED,
      entrypoint: toLines(entrypoint),
      command: toLines(command),
      env: envFits ? pairs.map(([name, value]) => `${name}=${value}`).join('\n') : '',
      tags: Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`).join('\n'), // prettier-ignore
      swapMib: mib(memorySwapBytes),
      shmMib: mib(shmBytes),
      cpuShares: cpuShares?.toString() ?? '',
      cpuset: cpuset ?? '',
      pids: pids?.toString() ?? '',
      restart: restart?.name ?? '',
      retries: restart?.maximumRetryCount?.toString() ?? '',
    },
  });
  return { source, fill };
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
function isVolume(line: string): boolean {
  const { name, target } = toVolume(line);
  return PresetVolume.shape.name.safeParse(name).success && AbsolutePath.safeParse(target).success && target !== '/';
}
