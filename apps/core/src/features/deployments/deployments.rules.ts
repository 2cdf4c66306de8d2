import {
  type ContainerId,
  type DeployInput,
  type FieldIssue,
  findSizeBytes,
  HostPort,
  type Preset,
  type PresetPort,
  type PresetQuestion,
} from '@bailiwick/contract';
import type { ContainerSpec } from '../../foundation/environments/engine.js';
import { fillIn, fitsPattern } from '../presets/presets.rules.js';
import { lacksCommand, protocolEnv, startOf } from './protocol-start.rules.js';
import type { DeploymentPlan } from './deployment-plan.js';
import { boundsDisk, retriesOf } from '../../foundation/environments/docker-spec.rules.js';
import { sharedFolders } from '../containers/shared-folders.rules.js';
import { offersConsole, workloadOf } from '../containers/workloads.rules.js';
import { portKey } from '../ports/ports.rules.js';

type Answer = DeployInput['answers'][string];

export interface Answers {
  /** Every question's answer as text; a secret nobody typed is missing. */
  readonly texts: Record<string, string>;
  readonly issues: FieldIssue[];
}

/** The answers a preset gets: what was typed, else its default. */
export function readAnswers({ questions }: Pick<Preset, 'questions'>, given: DeployInput['answers']): Answers {
  const texts: Record<string, string> = {};
  const issues: FieldIssue[] = [];
  const known = new Set(questions.map(({ name }) => name));
  for (const name of Object.keys(given))
    if (!known.has(name)) issues.push(issue(name, 'unknown_field', `There is no question ${name}.`));
  for (const question of questions) {
    const answer = given[question.name] ?? defaultOf(question);
    if (answer === undefined || answer === '') {
      if (question.type === 'port') continue;
      if (question.required && question.type !== 'secret')
        issues.push(issue(question.name, 'required', `${question.label} needs an answer.`));
      else if (question.type !== 'secret') texts[question.name] = '';
      continue;
    }
    const mistake = findMistake(question, answer);
    if (mistake) issues.push(issue(question.name, mistake.code, mistake.message));
    else if (question.type !== 'port') texts[question.name] = toText(question, answer);
  }
  return { texts, issues };
}

/** A size is told in bytes: programs do not agree on what a `g` is. */
const toText = ({ type }: PresetQuestion, answer: Answer): string =>
  String(type === 'size' ? (findSizeBytes(String(answer)) ?? answer) : answer);

/** The host ports that were answered, beside those that were asked for by number. */
export function wantedPorts(
  { questions }: Pick<Preset, 'questions'>,
  { answers, ports }: DeployInput,
): DeployInput['ports'] {
  const answered = questions.flatMap((question) => {
    const hostPort = HostPort.safeParse(answers[question.name]).data;
    if (question.type !== 'port' || hostPort === undefined) return [];
    const { containerPort, protocol } = question;
    return [{ containerPort, protocol, hostPort }];
  });
  const filled = ports.map((port) =>
    port.hostPort === undefined ? { ...port, ...answered.find((each) => portKey(each) === portKey(port)) } : port,
  );
  // One that is asked for in both ways, and the same, is asked for once.
  const isNew = (port: (typeof answered)[number]) =>
    !filled.some((known) => portKey(known) === portKey(port) && known.hostPort === port.hostPort);
  return [...filled, ...answered.filter(isNew)];
}

/** What was answered for a port is known once it is allocated. */
export const portTexts = (
  { questions }: Pick<Preset, 'questions'>,
  ports: ReadonlyArray<Pick<PresetPort, 'containerPort' | 'protocol'> & { hostPort: number }>,
): Record<string, string> =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const port = question.type === 'port' ? ports.find((each) => portKey(each) === portKey(question)) : undefined;
      return port ? [[question.name, String(port.hostPort)]] : [];
    }),
  );

function findMistake(question: PresetQuestion, answer: Answer): { code: string; message: string } | undefined {
  switch (question.type) {
    case 'text':
      if (typeof answer !== 'string') return { code: 'invalid_type', message: `${question.label} is a text.` };
      if (hasControls(answer))
        return { code: 'invalid_characters', message: `${question.label} holds a control character.` };
      if (answer.length > question.maxLength)
        return { code: 'too_long', message: `${question.label} has at most ${question.maxLength} characters.` };
      if (question.pattern !== undefined && !fitsPattern(question.pattern, answer))
        return { code: 'pattern', message: `${question.label} has to match ${question.pattern}.` };
      return undefined;
    case 'secret':
      if (typeof answer !== 'string') return { code: 'invalid_type', message: `${question.label} is a text.` };
      return hasControls(answer)
        ? { code: 'invalid_characters', message: `${question.label} holds a control character.` }
        : undefined;
    case 'number':
      if (typeof answer !== 'number') return { code: 'invalid_type', message: `${question.label} is a number.` };
      if (question.min !== undefined && answer < question.min)
        return { code: 'too_small', message: `${question.label} is at least ${question.min}.` };
      if (question.max !== undefined && answer > question.max)
        return { code: 'too_big', message: `${question.label} is at most ${question.max}.` };
      return undefined;
    case 'choice':
      return question.choices.some(({ value }) => value === answer)
        ? undefined
        : { code: 'invalid_choice', message: `${question.label} is one of the choices.` };
    case 'port':
      return HostPort.safeParse(answer).success
        ? undefined
        : { code: 'invalid_port', message: `${question.label} is a port from 1024 to 65535.` };
    case 'size':
      return findSizeMistake(question, answer);
    case 'boolean':
      return typeof answer === 'boolean'
        ? undefined
        : { code: 'invalid_type', message: `${question.label} is yes or no.` };
  }
}

function findSizeMistake(
  { label, min, max }: Extract<PresetQuestion, { type: 'size' }>,
  answer: Answer,
): { code: string; message: string } | undefined {
  const bytes = typeof answer === 'string' ? findSizeBytes(answer) : undefined;
  if (bytes === undefined)
    return { code: 'invalid_size', message: `${label} is a number and a unit, for example 512m or 4g.` };
  if (min !== undefined && bytes < (findSizeBytes(min) ?? 0))
    return { code: 'too_small', message: `${label} is at least ${min}.` };
  if (max !== undefined && bytes > (findSizeBytes(max) ?? Infinity))
    return { code: 'too_big', message: `${label} is at most ${max}.` };
  return undefined;
}

const defaultOf = (question: PresetQuestion): Answer | undefined =>
  question.type === 'secret' || question.type === 'port' ? undefined : question.default;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const hasControls = (text: string): boolean => /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text);

const issue = (name: string, code: string, message: string): FieldIssue => ({ path: `answers.${name}`, code, message });

/** Ports that were asked for and are not there to be published, or not at that address, or twice. */
export function findPortIssues(
  config: Preset['config'],
  wanted: DeployInput['ports'],
  publishIp: string,
): FieldIssue[] {
  const known = new Set(config.ports.map(portKey));
  const seen = new Set<string>();
  return wanted.flatMap((port, index) => {
    const path = `ports.${index}`;
    const host = port.hostPort === undefined ? null : `host ${port.hostPort}/${port.protocol}`;
    const key = portKey(port);
    if (!known.has(key)) return [{ path, code: 'unknown_port', message: `The preset does not open ${key}.` }];
    if (port.ip !== undefined && port.ip !== publishIp && !isLoopback(port.ip))
      return [{ path: `${path}.ip`, code: 'ip_not_allowed', message: `Ports are published at ${publishIp} or 127.0.0.1.` }]; // prettier-ignore
    if (seen.has(key) || (host !== null && seen.has(host)))
      return [{ path, code: 'port_twice', message: `${key} is asked for twice.` }];
    seen.add(key);
    if (host !== null) seen.add(host);
    return [];
  });
}

const isLoopback = (ip: string): boolean => ip.startsWith('127.') || ip === '::1';

/** The engine wants two characters; a longer name is the contract's business. */
export const findNameIssue = (name: string): FieldIssue | undefined =>
  name.length < 2 ? { path: 'name', code: 'too_short', message: 'Use at least 2 characters.' } : undefined;

export const volumeName = (tenantSlug: string, containerId: ContainerId, name: string): string =>
  `bw_${tenantSlug}_${containerId.slice(3, 13)}_${name}`;

/** What of a plan the container is made from. */
export type Making = Pick<
  DeploymentPlan,
  | 'name'
  | 'config'
  | 'answers'
  | 'ports'
  | 'volumes'
  | 'workspace'
  | 'network'
  | 'memoryBytes'
  | 'cpus'
  | 'diskBytes'
  | 'request'
>;

/** Everything that is mounted. */
export const placesOf = ({
  volumes,
  workspace,
}: Pick<DeploymentPlan, 'volumes' | 'workspace'>): DeploymentPlan['volumes'] =>
  workspace === null ? volumes : [...volumes, workspace];

/** The body of the create: preset, answers and secrets together for the first and only time. */
export function toSpec(
  plan: Making,
  secrets: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
  storageDriver: string,
): ContainerSpec {
  const { config, memoryBytes } = plan;
  const { options } = plan.request;
  const answers = { ...plan.answers, ...secrets };
  const swap = (config.memorySwapBytes ?? config.memoryBytes) - config.memoryBytes;
  const health = config.health
    ? { ...config.health, command: config.health.command.map((part) => fillIn(part, answers)) }
    : null;
  const command = options.command ?? config.command?.map((part) => fillIn(part, answers)) ?? null;
  const start = startOf({
    protocol: config.protocol,
    folder: options.workingDir ?? plan.workspace?.target ?? plan.volumes[0]?.target ?? '/app',
    installCommand: plan.request.installCommand ?? config.installCommand?.map((part) => fillIn(part, answers)) ?? [],
    command,
  });
  return {
    name: plan.name,
    image: config.image,
    entrypoint: start?.entrypoint ?? options.entrypoint ?? null,
    command: start?.command ?? command,
    env: {
      ...protocolEnv(config.protocol),
      ...Object.fromEntries(Object.entries(config.env).map(([name, value]) => [name, fillIn(value, answers)])),
      ...envIn(secrets),
    },
    user: userOf(plan.request, config),
    workingDir: options.workingDir ?? null,
    ports: plan.ports.map(({ ip, hostPort, containerPort, protocol }) => ({ ip, hostPort, containerPort, protocol })),
    volumes: placesOf(plan),
    ...(plan.request.binds?.length ? { binds: plan.request.binds } : {}),
    ...(plan.request.gpus === undefined ? {} : { gpus: plan.request.gpus }),
    network: plan.network,
    memoryBytes,
    memorySwapBytes: options.memorySwapBytes ?? memoryBytes + swap,
    cpus: plan.cpus,
    cpuQuota: options.cpuQuota ?? null,
    cpuShares: options.cpuShares ?? config.cpuShares ?? null,
    cpuset: options.cpuset ?? null,
    pids: options.pids ?? config.pids,
    shmBytes: options.shmBytes ?? config.shmBytes ?? null,
    diskBytes: plan.diskBytes > 0 && boundsDisk(storageDriver) ? plan.diskBytes : null,
    restart: restartOf(plan),
    health: options.health ?? health,
    profile: config.profile,
    stdinOpen: options.stdinOpen ?? offersConsole(workloadOf(config.image)),
    labels,
    tags: options.labels ?? {},
  };
}

const ENV = 'env:';
/** What people put into the environment is kept with the secrets: who knows what is in it. */
export const sealedEnv = ({ env = {} }: DeployInput['options']): Record<string, string> =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [`${ENV}${name}`, value]));
export const envIn = (secrets: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(secrets).flatMap(([name, value]) => (name.startsWith(ENV) ? [[name.slice(ENV.length), value]] : [])),
  );
/** The same without what is in it: only which there are. */
export const withoutEnv = (options: DeployInput['options']): DeployInput['options'] =>
  options.env === undefined
    ? options
    : { ...options, env: Object.fromEntries(Object.keys(options.env).map((name) => [name, ''])) };

/** A policy without a count is the engine's own idea of it, but a container that fails for ever is not tried for ever. */
function restartOf({ config, request: { options } }: Making): ContainerSpec['restart'] {
  const { name, maximumRetryCount } = {
    maximumRetryCount: undefined,
    ...(options.restart ?? { name: config.restart }),
  };
  return { name, maximumRetryCount: maximumRetryCount ?? retriesOf(name) };
}

/** How many processors it may use, for whoever counts them: a quota says how long in each period. */
export const cpusOf = ({ cpus, options }: Pick<DeployInput, 'cpus' | 'options'>, config: Preset['config']): number =>
  options.cpuQuota ? options.cpuQuota.quotaUs / options.cpuQuota.periodUs : (cpus ?? config.cpus);

/** The number it runs as, whoever chose it; null where its image decides. */
export const userOf = ({ options }: Pick<DeployInput, 'options'>, config: Preset['config']): string | null =>
  options.user ?? config.user ?? null;

/** How much it may write beside its volumes; 0 where nobody says. */
export const diskOf = ({ diskBytes }: Pick<DeployInput, 'diskBytes'>, config: Preset['config']): number =>
  diskBytes ?? config.diskBytes ?? 0;

type Folders = Pick<DeployInput, 'explorerRoot' | 'consoleDirectory'>;
/** Where people begin in its files and commands: as somebody chose, else as its preset says. */
export function foldersOf(chosen: Folders, config: Preset['config']): Folders {
  const { explorerRoot = config.explorerRoot, consoleDirectory = config.consoleDirectory } = chosen;
  return {
    ...(explorerRoot === undefined ? {} : { explorerRoot }),
    ...(consoleDirectory === undefined ? {} : { consoleDirectory }),
  };
}

/** Everything it will share with who may see files and not everything. */
export const sharedBy = (config: Preset['config'], { workspace, options }: DeployInput): readonly string[] =>
  sharedFolders({
    image: config.image,
    workingDir: options.workingDir ?? '',
    places: [...config.volumes.map(({ target }) => target), ...(workspace === undefined ? [] : [workspace])],
  });

/** What does not fit together. */
export function findOptionIssues(config: Preset['config'], input: DeployInput): FieldIssue[] {
  const { options } = input;
  const memoryBytes = input.memoryBytes ?? config.memoryBytes;
  const found: FieldIssue[] = [];
  const add = (path: string, code: string, message: string) => found.push({ path: `options.${path}`, code, message });
  const installCommand = input.installCommand ?? config.installCommand ?? [];
  const command = options.command ?? config.command ?? null;
  if (options.entrypoint && startOf({ protocol: config.protocol, folder: '/', installCommand, command }))
    add('entrypoint', 'protocol_says', 'A protocol starts its program itself. Name a command instead.');
  if (lacksCommand({ protocol: config.protocol, installCommand, command }))
    add('command', 'required', 'Say what is to be started after the installation.');
  if (options.memorySwapBytes !== undefined && options.memorySwapBytes < memoryBytes)
    add('memorySwapBytes', 'too_small', 'Memory and swap together are at least the memory.');
  if (options.shmBytes !== undefined && options.shmBytes > memoryBytes)
    add('shmBytes', 'too_big', 'Shared memory is part of the memory: it is at most as much.');
  if (options.cpuQuota && input.cpus !== undefined)
    add('cpuQuota', 'both', 'Name a number of processors or a quota, not both.');
  return found;
}

/** What is not to be repeated of what a container is told. */
export const confidencesIn = (secrets: Readonly<Record<string, string>>): string[] =>
  Object.entries(secrets)
    .filter(([name, secret]) => secret.length >= (name.startsWith(ENV) ? SHORTEST_CONFIDENCE : 1))
    .map(([, secret]) => secret);
/** What is shorter in an environment is a switch or a number, and would black out half of a log. */
const SHORTEST_CONFIDENCE = 8;
