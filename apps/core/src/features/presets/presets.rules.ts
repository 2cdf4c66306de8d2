import { runInNewContext } from 'node:vm';
import {
  type Capability,
  type FieldIssue,
  findSizeBytes,
  FolderInside,
  Preset,
  type PresetQuestion,
  type Rights,
} from '@bailiwick/contract';
import { allows, decidingRule, onTenant } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { isMountable, isRoot } from '../../foundation/environments/docker-spec.rules.js';
import { findFolderIssues } from '../container-settings/container-settings.rules.js';
import { sharedFolders } from '../containers/shared-folders.rules.js';
import { toFieldIssues } from '../../kernel/field-issues.js';
import { issueWords } from '../../kernel/issue-words.rules.js';

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** What a file of the folder says, whoever asks. `digest` is null where it cannot be read. */
export type FolderEntry =
  | { state: 'ready'; preset: Preset; digest: string }
  | { state: 'broken'; file: string; reason: string; digest: string | null; text: string };

/** What one file of the folder says; a mistake is told, never hidden. */
export function toEntry(file: string, text: string, digest: string): FolderEntry {
  const broken = (reason: string): FolderEntry => ({ state: 'broken', file, reason, digest, text });
  const read = readJson(text);
  if ('reason' in read) return broken(read.reason);
  const parsed = Preset.safeParse(read.value, { error: issueWords });
  if (!parsed.success) return broken(describe(toFieldIssues(parsed.error)));
  const reason =
    file === `${parsed.data.name}.json`
      ? findMistake(parsed.data)
      : `name: the file must be called ${parsed.data.name}.json`;
  return reason === undefined ? { state: 'ready', preset: parsed.data, digest } : broken(reason);
}

/** Members deploy what is for self-service; whoever may deploy anything, everything. */
export const mayDeploy = (actor: Actor, { selfService }: Pick<Preset, 'selfService'>): boolean =>
  allows(actor, 'containers.create', null) &&
  (selfService || allows(actor, 'containers.createAny', onTenant(actor.tenantId)));

/** What somebody may do with it, and why not; a file that is broken is mended or deleted, not deployed. */
export function presetRights(actor: Actor, preset: Preset | undefined, { archived }: { archived: boolean }): Rights {
  const edits: Capability[] = ['presets.update', 'presets.delete'];
  const can = edits.filter((capability) => allows(actor, capability, null));
  if (preset === undefined) return { can, why: {} };
  if (archived) return { can, why: { 'containers.create': { code: 'archived', params: {} } } };
  if (mayDeploy(actor, preset)) return { can: ['containers.create', ...can], why: {} };
  const why = allows(actor, 'containers.create', null)
    ? { code: 'not_self_service', params: { capability: 'containers.createAny' } }
    : { code: decidingRule(actor, 'containers.create', null), params: {} };
  return { can, why: { 'containers.create': why } };
}

const NAME_LENGTH = 42;
/** A name as a file of the folder has it: nothing of a path is left. Undefined where nothing is. */
export function toPresetName(name: string): string | undefined {
  const token = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, NAME_LENGTH)
    .replace(/-+$/, '');
  return token === '' ? undefined : token;
}

/** Names in `{{…}}` of a text. */
export const placeholdersIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');

/** Answers put where the preset asks for them. */
export const fillIn = (text: string, answers: Readonly<Record<string, string>>): string =>
  text.replaceAll(PLACEHOLDER, (_, name: string) => answers[name] ?? '');

/** A group that repeats can take for ever on a hostile answer: such patterns are refused. */
export const isBoundedPattern = (pattern: string): boolean => !/\)[*+{]/.test(pattern);

const MATCH_WITHIN_MS = 50;
/** The time is that of the wall: on a busy host somebody else may have had all of it, hardly three times in a row. */
const MATCH_TRIES = 3;

/** Whether all of a text is what the pattern says, as the form asks it too. One that takes for ever fits nothing: it is stopped. */
export function fitsPattern(pattern: string, text: string): boolean {
  const place = { pattern: `^(?:${pattern})$`, text };
  for (let tries = 0; tries < MATCH_TRIES; tries += 1) {
    try {
      return runInNewContext('new RegExp(pattern).test(text)', place, { timeout: MATCH_WITHIN_MS }) === true;
    } catch (error) {
      if (!isTimeUp(error)) throw error;
    }
  }
  return false;
}

const isTimeUp = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** What is wrong with one that has the right form. */
export function findMistake(preset: Preset): string | undefined {
  const { questions, config } = preset;
  const names = questions.map(({ name }) => name);
  const twice = twiceIn(names);
  if (twice !== undefined) return `questions: ${twice} is asked twice`;
  for (const question of questions) {
    const mistake = findQuestionMistake(question, config);
    if (mistake !== undefined) return `questions.${question.name}: ${mistake}`;
  }
  const { env, command = [], installCommand = [], health } = config;
  const texts = [...Object.values(env), ...command, ...installCommand, ...(health?.command ?? [])];
  const unknown = texts.flatMap(placeholdersIn).find((name) => !names.includes(name));
  if (unknown !== undefined) return `config: {{${unknown}}} is asked nowhere`;
  const ports = config.ports.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`);
  const port = twiceIn(ports);
  if (port !== undefined) return `config.ports: ${port} is listed twice`;
  const volume =
    twiceIn(config.volumes.map((each) => each.name)) ?? twiceIn(config.volumes.map(({ target }) => target));
  if (volume !== undefined) return `config.volumes: ${volume} is listed twice`;
  if (config.user !== undefined && config.profile === 'strict' && isRoot(config.user))
    return 'config.user: under the strict profile nothing runs as root';
  const folder = findWorkspaceMistake(config) ?? findFolderMistake(config);
  if (folder !== undefined) return folder;
  const { memoryBytes, memorySwapBytes = memoryBytes } = config;
  if (memorySwapBytes < memoryBytes)
    return 'config.memorySwapBytes: is memory and swap together, so at least memoryBytes';
  return findTriggerMistake(preset) ?? findWebsiteMistake(preset);
}

function findWorkspaceMistake({ workspace, volumes }: Preset['config']): string | undefined {
  if (workspace === undefined) return undefined;
  if (!isMountable(workspace)) return `config.workspace: nothing can be put at ${workspace}`;
  const volume = volumes.find(({ target }) => FolderInside.safeParse(target).data === workspace);
  return volume && `config.workspace: the volume ${volume.name} is at ${workspace} already`;
}

function findFolderMistake({
  image,
  volumes,
  workspace,
  explorerRoot,
  consoleDirectory,
}: Preset['config']): string | undefined {
  const places = [...volumes.map(({ target }) => target), ...(workspace === undefined ? [] : [workspace])];
  const shared = sharedFolders({ image, workingDir: '', places });
  const [issue] = findFolderIssues({ explorerRoot, consoleDirectory }, shared);
  return issue && `config.${issue.path}: ${issue.message}`;
}

const twiceIn = (texts: readonly string[]): string | undefined =>
  texts.find((text, index) => texts.indexOf(text) !== index);

function findTriggerMistake({ logTriggers }: Preset): string | undefined {
  for (const { label, pattern } of logTriggers) {
    if (!isPattern(pattern)) return `logTriggers.${label}: pattern is not a regular expression`;
    if (!isBoundedPattern(pattern)) return `logTriggers.${label}: pattern repeats a group, which can take for ever`;
  }
  return undefined;
}

function findWebsiteMistake({ website, config }: Preset): string | undefined {
  if (website === undefined) return undefined;
  if (
    !config.ports.some(({ containerPort, protocol }) => containerPort === website.containerPort && protocol === 'tcp')
  )
    return `website.containerPort: ${website.containerPort}/tcp is not among config.ports`;
  if (!config.volumes.some(({ name }) => name === website.volume))
    return `website.volume: ${website.volume} is not among config.volumes`;
  return undefined;
}

function findQuestionMistake(question: PresetQuestion, { ports }: Preset['config']): string | undefined {
  switch (question.type) {
    case 'text':
      if (question.pattern === undefined) return undefined;
      if (!isPattern(question.pattern)) return 'pattern is not a regular expression';
      if (!isBoundedPattern(question.pattern)) return 'pattern repeats a group, which can take for ever';
      if (question.default !== undefined && !fitsPattern(question.pattern, question.default))
        return 'default does not match pattern';
      return undefined;
    case 'choice':
      if (question.default === undefined || question.choices.some(({ value }) => value === question.default))
        return undefined;
      return 'default is not one of the choices';
    case 'number':
      return question.min !== undefined && question.max !== undefined && question.min > question.max
        ? 'min is larger than max'
        : undefined;
    case 'port':
      return ports.some(
        ({ containerPort, protocol }) => containerPort === question.containerPort && protocol === question.protocol,
      )
        ? undefined
        : `${question.containerPort}/${question.protocol} is not among config.ports`;
    case 'size':
      return findSizeMistake(question);
    case 'boolean':
    case 'secret':
      return undefined;
  }
}

function findSizeMistake({ default: text, min, max }: Extract<PresetQuestion, { type: 'size' }>): string | undefined {
  const [least, most] = [findSizeBytes(min ?? '0') ?? 0, findSizeBytes(max ?? '') ?? Infinity];
  if (least > most) return 'min is larger than max';
  const bytes = findSizeBytes(text ?? '');
  return bytes !== undefined && (bytes < least || bytes > most) ? 'default is out of its bounds' : undefined;
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false; // that is the answer
  }
}

function readJson(text: string): { value: unknown } | { reason: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    return { reason: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

const MOST_SAID = 3;
/** Which fields are wrong and what would be right in each, as far as somebody reads on. */
function describe(issues: readonly FieldIssue[]): string {
  const said = issues.slice(0, MOST_SAID).map(({ path, message }) => `${path || 'file'}: ${message}`);
  const more = issues.length - said.length;
  return [...said, ...(more > 0 ? [`${more} more.`] : [])].join(' ');
}
