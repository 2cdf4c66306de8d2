import { isDeepStrictEqual } from 'node:util';
import type { FieldIssue, Preset, PresetUpdate } from '@bailiwick/contract';
import { type Made, toMade, WrittenSpec } from '../configurations/configurations.rules.js';
import type { NewerPreset } from '../configurations/newer-presets.service.js';
import type { WantedPort } from '../ports/port-allocator.service.js';
import { portKey } from '../ports/ports.rules.js';
import { fillIn, placeholdersIn } from '../presets/presets.rules.js';
import type { DeploymentPlan } from './deployment-plan.js';
import { withWorkspace } from './deployment-source.rules.js';
import { portTexts, readAnswers, toSpec } from './deployments.rules.js';

type Config = Preset['config'];

interface Look {
  readonly plan: DeploymentPlan;
  readonly applied: Made;
  readonly preset: Preset;
  readonly digest: string;
  /** For a secret that is new. */
  readonly generate: (length: number) => string;
}

export type Merged = Omit<NewerPreset, 'update' | 'deployed'> & {
  readonly notTaken: PresetUpdate['notTaken'];
  readonly deployed: DeploymentPlan;
};

const FIELDS = ['image', 'entrypoint', 'command', 'user', 'memoryBytes', 'memorySwapBytes', 'cpus', 'pids', 'shmBytes', 'restart', 'health'] as const; // prettier-ignore
/** Stands for a secret that cannot be told from how the container is made: whatever holds it stays. */
const UNKNOWN = '\u0000';

/**
 * What the preset says now where the container is still as the preset said then; whatever was decided otherwise, when
 * it was deployed or since, stays. Undefined where nothing would be different.
 */
export function mergePreset(look: Look): Merged | undefined {
  const { plan, applied, preset, digest } = look;
  const { texts, issues } = readAnswers(preset, typedFor(preset, plan));
  const ports = { ...portTexts(preset, applied.spec.ports), ...portsThen(preset, plan) };
  const answers = { ...withoutSecret(preset, texts), ...ports };
  const known = secretsIn(plan, applied.env);
  const { config } = withWorkspace({ ...preset, preset: { name: preset.name, digest } }, plan.request);
  const before = made(plan, plan.config, { ...plan.answers, ...known });
  const next = made(plan, config, { ...answers, ...known, ...newSecrets(look) });
  const after = {
    spec: mergeSpec(applied.spec, before.spec, next.spec),
    env: mergeEnv(applied.env, before.env, next.env),
  };
  const published = mergePorts(applied.spec.ports, plan.config, config);
  if (
    issues.length === 0 &&
    published === null &&
    isDeepStrictEqual(after, { spec: applied.spec, env: { ...applied.env } })
  )
    return undefined;
  const secretNames = preset.questions.filter(({ type }) => type === 'secret').map(({ name }) => name);
  const request = { ...plan.request, answers: typedFor(preset, plan) };
  const deployed = {
    ...plan,
    preset: { name: preset.name, digest },
    config,
    answers,
    secretNames,
    request,
  };
  return {
    after,
    ports: published,
    issues: issues.map(asChange),
    notTaken: notTaken(plan.config, config),
    deployed,
  };
}

/** What was typed then, for what is asked still. */
function typedFor({ questions }: Preset, { request }: DeploymentPlan): DeploymentPlan['request']['answers'] {
  const asked = new Set(questions.map(({ name }) => name));
  return Object.fromEntries(Object.entries(request.answers).filter(([name]) => asked.has(name)));
}

/** What it was told of its ports: that they were moved since is no change of the preset. */
const portsThen = ({ questions }: Preset, { answers }: DeploymentPlan): Record<string, string> =>
  Object.fromEntries(
    questions.flatMap(({ name, type }) =>
      type === 'port' && answers[name] !== undefined ? [[name, answers[name]]] : [],
    ),
  );

const withoutSecret = ({ questions }: Preset, texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([name]) => questions.some((each) => each.name === name && each.type !== 'secret'))); // prettier-ignore

/** As a preset alone would make it, but for where it is. */
function made(plan: DeploymentPlan, config: Config, answers: Readonly<Record<string, string>>): Made {
  const { installCommand: _asked, ...request } = plan.request;
  const alone = { ...plan, config, answers: {}, memoryBytes: config.memoryBytes, cpus: config.cpus, ports: [], request: { ...request, options: {} } }; // prettier-ignore
  return toMade(toSpec(alone, withUnknown(config, answers), {}, ''));
}

/** Every placeholder has a value, so that none is empty where nobody knows it. */
const withUnknown = (config: Config, answers: Readonly<Record<string, string>>): Record<string, string> => {
  const texts = [...Object.values(config.env), ...(config.command ?? []), ...(config.installCommand ?? []), ...(config.health?.command ?? [])]; // prettier-ignore
  const names = texts.flatMap(placeholdersIn);
  return { ...Object.fromEntries(names.map((name) => [name, UNKNOWN])), ...answers };
};

/** The secrets of the deployment, read from the variables they were put into. */
function secretsIn({ config, secretNames, answers }: DeploymentPlan, env: Made['env']): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, template] of Object.entries(config.env)) {
    const [secret, ...others] = placeholdersIn(template).filter((each) => secretNames.includes(each));
    const value = env[name];
    if (secret === undefined || others.length > 0 || value === undefined) continue;
    const [head = '', tail = ''] = fillIn(template, { ...answers, [secret]: UNKNOWN }).split(UNKNOWN);
    const fits = value.startsWith(head) && value.endsWith(tail) && value.length >= head.length + tail.length;
    if (fits) found[secret] ??= value.slice(head.length, value.length - tail.length);
  }
  return found;
}

const newSecrets = ({ plan, preset, generate }: Look): Record<string, string> =>
  Object.fromEntries(
    preset.questions.flatMap((question) =>
      question.type === 'secret' && !plan.secretNames.includes(question.name)
        ? [[question.name, generate(question.length)]]
        : [],
    ),
  );

function mergeSpec(applied: WrittenSpec, before: WrittenSpec, next: WrittenSpec): WrittenSpec {
  const taken = FIELDS.filter(
    (field) =>
      !isDeepStrictEqual(before[field], next[field]) &&
      isDeepStrictEqual(applied[field], before[field]) &&
      !JSON.stringify(next[field]).includes(JSON.stringify(UNKNOWN).slice(1, -1)) &&
      // A quota is a number of processors somebody chose.
      (field !== 'cpus' || applied.cpuQuota === null),
  );
  const spec = WrittenSpec.parse({ ...applied, ...Object.fromEntries(taken.map((field) => [field, next[field]])) });
  return { ...spec, memorySwapBytes: Math.max(spec.memorySwapBytes, spec.memoryBytes) };
}

function mergeEnv(applied: Made['env'], before: Made['env'], next: Made['env']): Record<string, string> {
  const merged = { ...applied };
  for (const name of new Set([...Object.keys(before), ...Object.keys(next)])) {
    const value = next[name];
    if (before[name] === value || applied[name] !== before[name] || value?.includes(UNKNOWN)) continue;
    if (value === undefined) delete merged[name];
    else merged[name] = value;
  }
  return merged;
}

function mergePorts(applied: WrittenSpec['ports'], before: Config, next: Config): WantedPort[] | null {
  const [old, now, has] = [before.ports, next.ports, applied].map((ports) => new Set(ports.map(portKey)));
  const added = next.ports.filter((port) => !old?.has(portKey(port)) && !has?.has(portKey(port)));
  const kept = applied.filter((port) => !old?.has(portKey(port)) || now?.has(portKey(port)));
  if (added.length === 0 && kept.length === applied.length) return null;
  return [...kept, ...added.map(({ containerPort, protocol }) => ({ containerPort, protocol, hostPort: null }))];
}

/** What a container is given once, when it is deployed. */
function notTaken(before: Config, next: Config): PresetUpdate['notTaken'] {
  return (['volumes', 'profile', 'workspace', 'explorerRoot', 'consoleDirectory'] as const).filter(
    (field) => !isDeepStrictEqual(before[field], next[field]),
  );
}

const asChange = ({ path, ...issue }: FieldIssue): FieldIssue => ({ path: `change.${path}`, ...issue });
