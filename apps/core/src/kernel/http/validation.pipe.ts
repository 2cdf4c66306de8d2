import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { FieldIssue } from '@bailiwick/contract';
import type * as z from 'zod';
import { invalid } from '../errors.js';

/** Parses every argument that declares a schema (`@Body({ schema })`); a wrong field answers 400 with its path. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { schema }: ArgumentMetadata & { schema?: unknown }): unknown {
    if (!isZod(schema)) return value;
    const parsed = schema.safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    throw invalid(toFieldIssues(parsed.error));
  }
}

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

const isZod = (schema: unknown): schema is z.ZodType =>
  typeof schema === 'object' && schema !== null && 'safeParse' in schema;
