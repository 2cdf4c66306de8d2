import { type DeployInput, isNamedLikeSecret, type Preset, type PresetQuestion } from '@bailiwick/contract';
import type { AdvancedField } from './advanced-options.rules.ts';
import { portKey } from './deploy-form.rules.ts';

type Config = Preset['config'];
/** What a preset has no word for, or what is that one deployment's. */
export type LeftOut = AdvancedField | 'binds' | 'access' | 'project' | 'volumes';

export interface SavedPreset {
  readonly preset: Preset;
  readonly leftOut: readonly LeftOut[];
}

const SECRET_LENGTH = 24;
const LONGEST_QUESTION = 40;
const LONGEST_LABEL = 80;

/** What is on the form as a preset: no value of a variable comes along, it is asked for; what is a secret is generated. */
export function toSavedPreset(preset: Preset, input: DeployInput): SavedPreset {
  const { options } = input;
  const names = [...new Set([...Object.keys(options.env ?? {}), ...(input.envOf?.names ?? [])])];
  const asked = questionsFor(names, preset.questions);
  const { command, user, memorySwapBytes, shmBytes, cpuShares, pids, restart, health, cpuQuota } = options;
  const memoryBytes = input.memoryBytes ?? preset.config.memoryBytes;
  const cpus = cpuQuota ? cpuQuota.quotaUs / cpuQuota.periodUs : (input.cpus ?? preset.config.cpus);
  return {
    preset: {
      ...withoutLostWebsite(preset, input),
      name: nameOf(input.name),
      title: input.name,
      selfService: false,
      questions: [...preset.questions.map((question) => answered(question, input.answers)), ...asked.questions],
      config: {
        ...preset.config,
        ...swapOf(preset.config, memoryBytes),
        env: { ...preset.config.env, ...asked.env },
        ports: preset.config.ports.map((port) => suggesting(port, input.ports)),
        memoryBytes,
        cpus,
        ...(command && { command: command.map(withoutPlaces) }),
        ...(input.installCommand && { installCommand: input.installCommand.map(withoutPlaces) }),
        ...(user !== undefined && { user }),
        ...(memorySwapBytes !== undefined && { memorySwapBytes }),
        ...(shmBytes !== undefined && { shmBytes }),
        ...(cpuShares !== undefined && { cpuShares }),
        ...(pids !== undefined && { pids }),
        ...(input.diskBytes !== undefined && { diskBytes: input.diskBytes }),
        ...(input.explorerRoot !== undefined && { explorerRoot: input.explorerRoot }),
        ...(input.consoleDirectory !== undefined && { consoleDirectory: input.consoleDirectory }),
        ...(restart && { restart: restart.name }),
        ...placesOf(preset.config, input),
        ...(health && { health: { ...health, command: health.command.map(withoutPlaces) } }),
      },
    },
    leftOut: leftOutOf(input),
  };
}

/** Where its folders are; a workspace is there instead of a volume. */
function placesOf({ volumes }: Config, { workspace, explorerRoot, consoleDirectory }: DeployInput): Partial<Config> {
  return {
    ...(workspace !== undefined && { workspace, volumes: volumes.filter(({ target }) => target !== workspace) }),
    ...(explorerRoot !== undefined && { explorerRoot }),
    ...(consoleDirectory !== undefined && { consoleDirectory }),
  };
}

/** A website needs the volume with its files. */
function withoutLostWebsite(preset: Preset, input: DeployInput): Preset {
  const { website, ...rest } = preset;
  const { volumes = preset.config.volumes } = placesOf(preset.config, input);
  return volumes.some(({ name }) => name === website?.volume) ? preset : rest;
}

/** Beside more memory, as much swap as before. */
function swapOf({ memorySwapBytes, memoryBytes: before }: Config, memoryBytes: number): Partial<Config> {
  return memorySwapBytes === undefined ? {} : { memorySwapBytes: memorySwapBytes - before + memoryBytes };
}

function suggesting(port: Config['ports'][number], asked: DeployInput['ports']): Config['ports'][number] {
  const { hostPort, web = port.web } = asked.find((each) => portKey(each) === portKey(port)) ?? {};
  return { ...port, web, ...(hostPort !== undefined && { suggestedHostPort: hostPort }) };
}

/** What was answered is what the next one begins with; a secret begins with nothing. */
function answered(question: PresetQuestion, answers: DeployInput['answers']): PresetQuestion {
  const answer = answers[question.name];
  switch (question.type) {
    case 'text':
    case 'choice':
    case 'size':
      return typeof answer === 'string' ? { ...question, default: answer } : question;
    case 'number':
      return typeof answer === 'number' ? { ...question, default: answer } : question;
    case 'boolean':
      return typeof answer === 'boolean' ? { ...question, default: answer } : question;
    case 'secret':
    case 'port':
      return question;
  }
}

function questionsFor(variables: readonly string[], before: readonly PresetQuestion[]) {
  const taken = new Set(before.map(({ name }) => name));
  const questions: PresetQuestion[] = [];
  const env: Config['env'] = {};
  for (const variable of variables) {
    const name = questionName(variable, taken);
    taken.add(name);
    const base = { name, label: variable.slice(0, LONGEST_LABEL) };
    questions.push(
      isNamedLikeSecret(variable)
        ? { ...base, type: 'secret', required: false, length: SECRET_LENGTH }
        : { ...base, type: 'text', required: true, maxLength: 4096 },
    );
    env[variable] = `{{${name}}}`;
  }
  return { questions, env };
}

/** `MYSQL_ROOT_PASSWORD` is asked for as `mysqlRootPassword`. */
function questionName(variable: string, taken: ReadonlySet<string>): string {
  const words = variable.toLowerCase().split('_').filter((word) => word !== ''); // prettier-ignore
  const joined = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const wanted = (/^[a-z]/.test(joined) ? joined : `of${joined}`).slice(0, LONGEST_QUESTION - 3);
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}${number}`)) number += 1;
  return `${wanted}${number}`;
}

/** What was typed stays what it is: it is no place for an answer. */
const withoutPlaces = (text: string): string => text.replaceAll('{{', '{ {');

const nameOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 42);

function leftOutOf(input: DeployInput): LeftOut[] {
  const { options } = input;
  const said: ReadonlyArray<readonly [LeftOut, unknown]> = [
    ['entrypoint', options.entrypoint],
    ['workingDir', options.workingDir],
    ['tags', options.labels],
    ['cpuset', options.cpuset],
    ['retries', options.restart?.maximumRetryCount],
    ['gpus', input.gpus],
    ['domainName', input.domainName],
    ['launchUrl', input.launchUrl],
    ['binds', input.binds],
    ['volumes', input.volumes.some(({ volumeId }) => volumeId !== undefined) || undefined],
    ['access', input.access],
    ['project', input.project],
  ];
  return said.flatMap(([field, value]) => (value === undefined ? [] : [field]));
}
