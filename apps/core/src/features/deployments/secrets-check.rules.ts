import { isNamedLikeSecret, type ReviewCheck, type RunOptions } from '@bailiwick/contract';
import { isWeak } from '../../foundation/identity/passwords.rules.js';
import type { DeploymentSource } from './deployment-source.rules.js';

const SHORTEST = 12;
/** A place where one is kept, or a switch about one. */
const NO_SECRET = /_FILE$|_PATH$|^(?:yes|no|true|false|on|off|[01])$/i;

/** Which of the secrets that were typed are guessed first: by name only. It is told, and nobody is held back. */
export function secretsCheck(
  { questions }: Pick<DeploymentSource, 'questions'>,
  answers: Readonly<Record<string, string>>,
  env: RunOptions['env'] = {},
): ReviewCheck {
  const asked = questions.filter(({ type, name }) => type === 'secret' && isGuessed(answers[name] ?? ''));
  const named = Object.entries(env).filter(
    ([name, value]) => isNamedLikeSecret(name) && !NO_SECRET.test(value) && isGuessed(value),
  );
  const names = [...asked.map(({ label }) => label), ...named.map(([name]) => name)];
  return names.length > 0
    ? { check: 'secrets', outcome: 'warning', code: 'secrets_weak', params: { names } }
    : { check: 'secrets', outcome: 'ok', code: 'secrets_fine', params: {} };
}

/** What nobody typed is generated, or is none. */
const isGuessed = (text: string): boolean => text !== '' && (text.length < SHORTEST || isWeak(text, ''));
