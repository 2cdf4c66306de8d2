import type { DeployInput, DeployReview, Preset, ReviewCheck } from '@bailiwick/contract';
import { type FieldPath, portKey } from './deploy-form.rules.ts';
import { issuesOfRefusal } from './refused-fields.rules.ts';

/** What a person should know beside the form: no check twice, where the fields it is about say it themselves. */
export function checksBeside(
  input: DeployInput | null,
  { checks }: Pick<DeployReview, 'checks'>,
  isShown: (path: FieldPath) => boolean,
): ReviewCheck[] {
  const isSaid = ({ outcome, code, params }: ReviewCheck): boolean => {
    const paths = input === null || outcome !== 'blocked' ? [] : Object.keys(issuesOfRefusal(input, { code, params }));
    return paths.length > 0 && paths.every(isShown);
  };
  return checks.filter((check) => check.outcome !== 'ok' && !WAITS.has(check.code) && !isSaid(check));
}

/** True of most images, and no slip of who types: it waits for the review. */
const WAITS: ReadonlySet<string> = new Set(['runs_as_root']);

const FIELD = /^(?:name|project|workspace|memoryMib|cpus|access|(?:answers|ports|volumes|options)\..+)$/;
/** The fields of the long form. */
export const isInForm = (path: FieldPath): boolean => FIELD.test(path);

/** Those of the short way to a website. */
export function isAtDoor({ website, config }: Preset): (path: FieldPath) => boolean {
  const port = config.ports.find(({ containerPort }) => containerPort === website?.containerPort);
  const paths = ['name', `volumes.${website?.volume ?? ''}`, ...(port ? [`ports.${portKey(port)}`] : [])];
  return (path) => paths.includes(path);
}
