import {
  AbsolutePath,
  type DeployInput,
  type DeployReview,
  findSizeBytes,
  type Preset,
  type PresetPort,
  type PresetQuestion,
  type Principal,
  type Project,
  type ProjectId,
  type TenantId,
  type VolumeId,
} from '@bailiwick/contract';
import {
  type AdvancedForm,
  besideOptions,
  checkAdvanced,
  NOTHING_ADVANCED,
  toRunOptions,
} from './advanced-options.rules.ts';

/** What the person typed, as typed: text stays text until it is sent. */
export interface DeployForm {
  name: string;
  /** One of those offered; null where it is in none. */
  project: ProjectId | null;
  answers: Record<string, string | boolean>;
  /** By `containerPort/protocol`; empty means any free port. */
  ports: Record<string, string>;
  /** By the preset's name for it: kept data to go on with; what is not here begins empty. */
  volumes: Record<string, VolumeId>;
  /** Where its managed workspace is to be; empty: none. */
  workspace: string;
  memoryMib: string;
  cpus: string;
  advanced: AdvancedForm;
  /** Who else reaches it from its beginning. */
  access: Gift[];
}

/** To whom, and as what; `name` and what they carry are for the screen only. */
export interface Gift {
  principal: Principal;
  name: string;
  carries: string | null;
  /** Null: by the role they carry. */
  role: string | null;
}

/** A field's address: `name`, `answers.<question>`, `ports.<port>/<protocol>`, `workspace`, `memoryMib`, `cpus`, `options.<field>`. */
export type FieldPath = string;
export interface FormIssue {
  code: FormIssueCode;
  params: Record<string, string | number>;
}
export type FormIssueCode =
  | 'required'
  | 'name'
  | 'pattern'
  | 'tooLong'
  | 'number'
  | 'size'
  | 'sizeAtLeast'
  | 'sizeAtMost'
  | 'atLeast'
  | 'atMost'
  | 'port'
  | 'portTwice'
  | 'nameTaken'
  | 'portTaken'
  | 'whole'
  | 'tooManyCores'
  | 'cpuset'
  | 'user'
  | 'path'
  | 'domainName'
  | 'launchUrl'
  | 'tagForm'
  | 'tagName'
  | 'envName'
  | 'refused';
export type FormIssues = Partial<Record<FieldPath, FormIssue>>;

type SizeQuestion = Extract<PresetQuestion, { type: 'size' }>;

const MIB = 1024 * 1024;
/** The contract's grammar; engines want two characters at least. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,62}$/;
const LEAST_MEMORY_MIB = 6;
const LEAST_CPUS = 0.01;
const MOST_CPUS = 256;
const FIRST_PORT = 1024;
const LAST_PORT = 65535;

export function portKey({ containerPort, protocol }: Pick<PresetPort, 'containerPort' | 'protocol'>): string {
  return `${containerPort}/${protocol}`;
}

/** The ports that no question asks for. */
export const unaskedPorts = ({ questions, config }: Preset): PresetPort[] =>
  config.ports.filter((port) => !questions.some((each) => each.type === 'port' && portKey(each) === portKey(port)));

/** Everything the preset knows is filled in, so that most deployments need no typing at all. */
export function startForm(preset: Preset, takenNames: readonly string[]): DeployForm {
  return {
    name: freeName(preset.name, takenNames),
    project: null,
    answers: Object.fromEntries(preset.questions.map((question) => [question.name, startAnswer(question)])),
    ports: Object.fromEntries(preset.config.ports.map((port) => [portKey(port), ''])),
    volumes: {},
    workspace: preset.config.workspace ?? '',
    memoryMib: String(Math.round(preset.config.memoryBytes / MIB)),
    cpus: String(preset.config.cpus),
    advanced: NOTHING_ADVANCED,
    access: [],
  };
}

export function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken);
  if (!names.has(wanted)) return wanted;
  let number = 2;
  while (names.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

export function checkForm(preset: Preset, form: DeployForm): FormIssues {
  const issues: FormIssues = {};
  const note = (path: FieldPath, issue: FormIssue | null) => {
    if (issue !== null) issues[path] = issue;
  };
  note('name', form.name === '' ? issue('required') : NAME.test(form.name) ? null : issue('name'));
  for (const question of preset.questions) {
    note(`answers.${question.name}`, checkAnswer(question, form.answers[question.name] ?? ''));
  }
  for (const port of preset.config.ports) note(`ports.${portKey(port)}`, checkPort(portKey(port), form.ports));
  note('workspace', checkPath(form.workspace));
  note('memoryMib', checkNumber(form.memoryMib, LEAST_MEMORY_MIB, undefined));
  note('cpus', checkNumber(form.cpus, LEAST_CPUS, MOST_CPUS));
  return { ...issues, ...checkAdvanced(form.advanced, Number(form.memoryMib)) };
}

/** The request for a form that has no issues. */
export function toDeployInput(preset: Preset, form: DeployForm): DeployInput {
  const options = toRunOptions(form.advanced, preset);
  return {
    preset: preset.name,
    name: form.name,
    ...(form.project === null ? {} : { project: form.project }),
    answers: Object.fromEntries(
      preset.questions.flatMap((question) => {
        const answer = toAnswer(question, form.answers[question.name] ?? '');
        return answer === undefined ? [] : [[question.name, answer]];
      }),
    ),
    ports: preset.config.ports.flatMap((port) => {
      const hostPort = form.ports[portKey(port)]?.trim() ?? '';
      return hostPort === ''
        ? []
        : [{ containerPort: port.containerPort, protocol: port.protocol, hostPort: Number(hostPort) }];
    }),
    volumes: preset.config.volumes.flatMap(({ name, target }) => {
      const volumeId = target === form.workspace.trim() ? undefined : form.volumes[name];
      return volumeId === undefined ? [] : [{ name, volumeId }];
    }),
    ...(form.workspace.trim() === '' ? {} : { workspace: form.workspace.trim() }),
    memoryBytes: Math.round(Number(form.memoryMib) * MIB),
    // A quota says how many processors that comes to.
    ...(options.cpuQuota ? {} : { cpus: Number(form.cpus) }),
    ...besideOptions(form.advanced),
    ...(form.access.length > 0 && { access: form.access.map(({ principal, role }) => ({ principal, role })) }),
    options,
  };
}

/** The next free port above the one that was typed and is taken, as the core found it; null where there is none. */
export function freeInstead(
  review: DeployReview | undefined,
  { protocol }: Pick<PresetPort, 'protocol'>,
  typed: string,
): number | null {
  const check = review?.checks.find(({ code }) => code === 'port_conflict');
  const { hostPort, protocol: ofWhich, suggested } = { ...check?.params };
  const isMeant = typed.trim() === String(hostPort) && ofWhich === protocol;
  return isMeant && typeof suggested === 'number' ? suggested : null;
}

/** Where somebody may bring a new container of the tenant they deploy in. */
export const projectsFor = (projects: readonly Project[], tenantId: TenantId): Project[] =>
  projects.filter(
    ({ tenant, rights, archivedAt }) =>
      tenant.id === tenantId && archivedAt === null && rights.can.includes('projects.link'),
  );

function startAnswer(question: PresetQuestion): string | boolean {
  switch (question.type) {
    case 'boolean':
      return question.default;
    case 'secret':
    case 'port':
      return '';
    case 'number':
      return question.default === undefined ? '' : String(question.default);
    case 'choice':
      return question.default ?? question.choices[0]?.value ?? '';
    case 'text':
    case 'size':
      return question.default ?? '';
  }
}

function checkAnswer(question: PresetQuestion, answer: string | boolean): FormIssue | null {
  if (typeof answer === 'boolean' || question.type === 'secret' || question.type === 'boolean') return null;
  // Its answer is the host port of that port, and looked at there.
  if (question.type === 'port') return null;
  if (answer.trim() === '') return question.required ? issue('required') : null;
  switch (question.type) {
    case 'number':
      return checkNumber(answer, question.min, question.max);
    case 'size':
      return checkSize(answer, question);
    case 'choice':
      return question.choices.some(({ value }) => value === answer) ? null : issue('required');
    case 'text':
      if (answer.length > question.maxLength) return issue('tooLong', { most: question.maxLength });
      return question.pattern === undefined || fits(question.pattern, answer) ? null : issue('pattern');
  }
}

function checkSize(text: string, { min, max }: Pick<SizeQuestion, 'min' | 'max'>): FormIssue | null {
  const bytes = findSizeBytes(text);
  if (bytes === undefined) return issue('size');
  if (min !== undefined && bytes < (findSizeBytes(min) ?? 0)) return issue('sizeAtLeast', { least: min });
  if (max !== undefined && bytes > (findSizeBytes(max) ?? Infinity)) return issue('sizeAtMost', { most: max });
  return null;
}

function checkPort(key: string, ports: DeployForm['ports']): FormIssue | null {
  const text = ports[key]?.trim() ?? '';
  if (text === '') return null;
  const port = Number(text);
  if (!Number.isInteger(port) || port < FIRST_PORT || port > LAST_PORT) {
    return issue('port', { first: FIRST_PORT, last: LAST_PORT });
  }
  const [, protocol] = key.split('/');
  const twice = Object.entries(ports).some(
    ([other, value]) => other !== key && other.endsWith(`/${protocol}`) && value.trim() === text,
  );
  return twice ? issue('portTwice', { port }) : null;
}

function checkPath(text: string): FormIssue | null {
  const place = text.trim();
  if (place === '') return null;
  return AbsolutePath.safeParse(place).success ? null : issue('path');
}

function checkNumber(text: string, least: number | undefined, most: number | undefined): FormIssue | null {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return issue('number');
  if (least !== undefined && value < least) return issue('atLeast', { least });
  if (most !== undefined && value > most) return issue('atMost', { most });
  return null;
}

function toAnswer(question: PresetQuestion, answer: string | boolean): string | number | boolean | undefined {
  if (question.type === 'number' && typeof answer === 'string') return answer === '' ? undefined : Number(answer);
  // An empty secret is generated, an empty optional answer is left out.
  return answer === '' ? undefined : answer;
}

/** A pattern the browser cannot read is left to the core, which checks every answer again. */
function fits(pattern: string, answer: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(answer);
  } catch {
    return true;
  }
}

export const issue = (code: FormIssueCode, params: FormIssue['params'] = {}): FormIssue => ({ code, params });
