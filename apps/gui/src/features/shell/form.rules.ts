import type { ErrorEnvelope } from '@bailiwick/contract';
import { wrongFields } from './field-issues.ts';

/** Why a field cannot be sent as it is: it does not read right, or somebody else has it. */
export type FieldProblem = 'format' | 'taken';
export type FieldProblems<Field extends string> = Partial<Record<Field, FieldProblem>>;
export type FieldRules<Field extends string> = Record<Field, (value: string) => boolean>;

export function problemsIn<Field extends string>(
  values: Record<Field, string>,
  rules: FieldRules<Field>,
  fields: readonly Field[],
): FieldProblems<Field> {
  return marked(
    fields.filter((field) => !rules[field](values[field])),
    'format',
  );
}

/** The fields a refusal is about; none where it is about the whole. */
export function problemsOf<Field extends string>(error: ErrorEnvelope, fields: readonly Field[]): FieldProblems<Field> {
  switch (error.code) {
    case 'name_taken':
      return marked(
        named(fields, TAKEN[error.params?.['email'] === undefined ? 'name' : 'email']).slice(0, 1),
        'taken',
      );
    case 'weak_password':
      return marked(named(fields, ['password']), 'format');
    case 'invalid_request':
      return marked(named(fields, wrongFields(error)), 'format');
    default:
      return {};
  }
}

/** What a form may call the name that is taken: the first of these it has. */
const TAKEN = { name: ['username', 'slug', 'name'], email: ['email'] };

const named = <Field extends string>(fields: readonly Field[], names: readonly string[]): Field[] =>
  names.flatMap((name) => fields.filter((field) => field === name));

function marked<Field extends string>(fields: readonly Field[], problem: FieldProblem): FieldProblems<Field> {
  const problems: FieldProblems<Field> = {};
  for (const field of fields) problems[field] = problem;
  return problems;
}
