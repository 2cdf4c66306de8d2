import type { DeployInput, DeployReview, FieldIssue } from '@bailiwick/contract';
import { advancedField } from './advanced-options.rules.ts';
import { type FieldPath, type FormIssues, issue, portKey } from './deploy-form.rules.ts';

const MIB = 1024 * 1024;

/** Where in the form the core's refusal belongs; empty when no field is to blame. */
export function issuesOfRefusal(
  input: DeployInput,
  refusal: { code: string; params?: Record<string, unknown> | undefined },
): FormIssues {
  const { code, params = {} } = refusal;
  if (code === 'name_taken') return { name: issue('nameTaken', { name: input.name }) };
  if (code === 'port_conflict') {
    const port = Number(params['port'] ?? params['hostPort']);
    return Object.fromEntries(
      input.ports
        .filter(({ hostPort }) => hostPort === port || Number.isNaN(port))
        .map((wanted) => [
          `ports.${portKey(wanted)}`,
          { code: 'portTaken', params: { port: wanted.hostPort ?? port } },
        ]),
    );
  }
  if (code === 'memory_exceeds_host') {
    return { memoryMib: issue('atMost', { most: Math.floor(Number(params['hostMemoryBytes']) / MIB) }) };
  }
  if (code === 'cpus_exceed_host' && input.options.cpuQuota)
    return { 'options.quotaMs': issue('tooManyCores', { most: Number(params['hostCpus']) }) };
  if (code === 'cpus_exceed_host') return { cpus: issue('atMost', { most: Number(params['hostCpus']) }) };
  const listed: unknown = params['issues'];
  const issues = isList(listed) ? listed.filter(isFieldIssue) : [];
  if (issues.length === 0 && code === 'invalid_name') return { name: issue('name') };
  return Object.fromEntries(
    issues.map((found) => [toFieldPath(found.path, input), { code: 'refused', params: { message: found.message } }]),
  );
}

/** The checks of a review that belong to a field. */
export function issuesOfReview(input: DeployInput, review: DeployReview): FormIssues {
  return Object.fromEntries(
    review.checks
      .filter(({ outcome }) => outcome === 'blocked')
      .flatMap(({ code, params }) => Object.entries(issuesOfRefusal(input, { code, params }))),
  );
}

/** `ports.0.hostPort` is the first port that was sent; the form knows it by what it publishes. */
function toFieldPath(path: string, input: DeployInput): FieldPath {
  const [head, second] = path.split('.');
  if (head === 'memoryBytes') return 'memoryMib';
  const advanced = advancedField(path);
  if (head === 'options' || advanced !== undefined) return `options.${advanced ?? second}`;
  if (head === 'access') return head;
  if (head === 'volumes') return `volumes.${input.volumes[Number(second)]?.name ?? second}`;
  if (head !== 'ports') return head === 'answers' ? `answers.${second}` : path;
  const port = input.ports[Number(second)];
  return port === undefined ? path : `ports.${portKey(port)}`;
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isFieldIssue = (value: unknown): value is FieldIssue =>
  isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';
