import type { FieldIssue } from '@bailiwick/contract';
import type * as z from 'zod';

/** What a schema found wrong, by the path of each field. */
export function toFieldIssues(error: z.core.$ZodError): FieldIssue[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join('.'),
          code: 'unknown_field',
          message: `There is no field ${key}.`,
        }))
      : [{ path: issue.path.join('.'), code: issue.code, message: issue.message }],
  );
}
