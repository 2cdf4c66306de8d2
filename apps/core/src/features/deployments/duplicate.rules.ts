import type { Configuration, ConfigurationField, DeployInput, FieldChange, Preset } from '@bailiwick/contract';
import { mountsOf, toOptions } from '../configurations/export.rules.js';
import { portKey } from '../ports/ports.rules.js';
import type { DeploymentPlan } from './deployment-plan.js';

/** How one container is made, and what somebody changed about it since it was deployed. */
export interface Original {
  readonly name: string;
  readonly configuration: Configuration;
  readonly diskBytes: number;
  readonly changed: readonly FieldChange[];
}

type Copy = Omit<DeployInput, 'envOf'>;

/** Whether the preset still makes what the original is: else the copy would be another program, or lack a port. */
export const fitsPreset = (
  { config }: Preset,
  { configuration: { image, ports, volumes }, changed }: Original,
): boolean =>
  config.image === image &&
  // Where the preset has a workspace by now, the copy would have one.
  (config.workspace === undefined || mountsOf({ volumes }).workspace !== undefined) &&
  // A protocol, or an installation, starts its program itself: what was said since is not what it was told.
  ((config.protocol === 'generic' && config.installCommand === undefined) || !changed.some(({ field }) => field === 'entrypoint' || field === 'command')) &&
  isSame(config.ports.map(portKey), ports.map(portKey)) &&
  // A workspace is there beside the preset's volumes, or instead of one.
  isSame(without(config.volumes, mountsOf({ volumes }).workspace), without(volumes, mountsOf({ volumes }).workspace)); // prettier-ignore

/** From the same preset: answered as then, and changed as since. What it makes up is made up anew. */
export function fromPreset({ questions }: Preset, { request }: DeploymentPlan, original: Original): Copy {
  const changed = new Set<string>(original.changed.map(({ field }) => field));
  const { workspace } = mountsOf(original.configuration);
  const chosen = Object.entries(optionsOf(original.configuration)).filter(([field]) => changed.has(field));
  const { env: _sealed, ...options } = request.options;
  return {
    preset: request.preset,
    name: original.name,
    answers: answersFor(questions, request),
    ports: [],
    volumes: [],
    ...(workspace === undefined ? {} : { workspace }),
    ...sizesOf(original),
    options: { ...options, ...Object.fromEntries(chosen) },
  };
}

/** What of the environment no preset says: what was chosen beside it, then or since. */
export function chosenVariables(
  { request }: DeploymentPlan,
  { changed, configuration: { envNames } }: Original,
): string[] {
  const { added = [], changed: set = [] } = variablesIn(changed);
  const chosen = new Set([...Object.keys(request.options.env ?? {}), ...added, ...set]);
  return envNames.filter((name) => chosen.has(name));
}

/** As an image of one's choice: all that it is made of. */
export function fromConfiguration({ configuration, ...original }: Original): Copy {
  return {
    image: configuration.image,
    profile: configuration.profile,
    name: original.name,
    answers: {},
    ports: configuration.ports.map(({ containerPort, protocol }) => ({ containerPort, protocol })),
    ...mountsOf(configuration),
    ...sizesOf({ configuration, ...original }),
    options: optionsOf(configuration),
  };
}

/** Closed is said as well: an image may be one whose input is open where nobody says. */
const optionsOf = (configuration: Configuration): DeployInput['options'] => ({
  ...toOptions(configuration),
  stdinOpen: configuration.stdinOpen,
});

function sizesOf({ configuration: { memoryBytes, cpus, cpuQuota }, diskBytes }: Original) {
  return {
    memoryBytes,
    ...(cpuQuota === null ? { cpus } : {}),
    ...(diskBytes > 0 ? { diskBytes } : {}),
  };
}

/** A host port that was answered is the original's, and what is not asked any more is answered no more. */
function answersFor(questions: Preset['questions'], { answers }: DeployInput): DeployInput['answers'] {
  const asked = new Set(questions.filter(({ type }) => type !== 'port').map(({ name }) => name));
  return Object.fromEntries(Object.entries(answers).filter(([name]) => asked.has(name)));
}

const variablesIn = (changed: readonly FieldChange[]): { added?: string[]; changed?: string[] } => {
  const to = changed.find(({ field }) => field === ('env' satisfies ConfigurationField))?.to;
  return typeof to === 'object' && to !== null ? to : {};
};

const without = (places: ReadonlyArray<{ target: string }>, workspace: string | undefined): string[] =>
  places.map(({ target }) => target).filter((target) => target !== workspace);

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((each) => others.includes(each));
