import { type BoltContainer, DeployInput, type FieldIssue } from '@bailiwick/contract';
import { toBytes } from './sizes.rules.js';
import { readVolume } from './volumes.rules.js';

/** The same deployment in our words, or where it is not one. */
export function fromBolt({ name, bolt_config }: BoltContainer): DeployInput | { issues: FieldIssue[] } {
  const { container, resources } = bolt_config;
  const issues: FieldIssue[] = [];
  const add = (path: string, message: string) =>
    issues.push({ path: `bolt_config.${path}`, code: 'invalid_value', message });
  const memoryBytes = resources.memory === undefined ? undefined : toBytes(resources.memory);
  if (resources.memory !== undefined && memoryBytes === undefined)
    add('resources.memory', 'Use a number and a unit, for example 512MB or 4GB.');
  const cpus = resources.cpu === undefined ? undefined : Number(resources.cpu);
  if (resources.cpu !== undefined && !(/^\d+(\.\d+)?$/.test(resources.cpu) && Number(resources.cpu) > 0))
    add('resources.cpu', 'Use a number of processors, for example 2 or 0.5.');
  const volumes = container.volumes.map((text, index) => {
    const volume = readVolume(text);
    const isWhole = !('reason' in volume) && !volume.readOnly && text.includes(':');
    if (!isWhole) add(`container.volumes.${index}`, 'Use name:/path. Folders of the host cannot be mounted.');
    return volume;
  });
  const read = DeployInput.safeParse({
    name,
    image: container.image,
    volumes: volumes.flatMap((volume) => ('reason' in volume ? [] : [{ name: volume.name, target: volume.target }])),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(cpus === undefined ? {} : { cpus }),
  });
  if (issues.length > 0) return { issues };
  if (read.success) return read.data;
  return {
    issues: read.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message })),
  };
}
