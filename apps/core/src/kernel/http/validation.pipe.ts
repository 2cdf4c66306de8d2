import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type * as z from 'zod';
import { invalid } from '../errors.js';
import { toFieldIssues } from '../field-issues.js';
import { issueWords } from '../issue-words.rules.js';

/** Parses every argument that declares a schema (`@Body({ schema })`); a wrong field answers 400 with its path. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { schema }: ArgumentMetadata & { schema?: unknown }): unknown {
    if (!isZod(schema)) return value;
    const parsed = schema.safeParse(value ?? {}, { error: issueWords });
    if (parsed.success) return parsed.data;
    throw invalid(toFieldIssues(parsed.error));
  }
}

const isZod = (schema: unknown): schema is z.ZodType =>
  typeof schema === 'object' && schema !== null && 'safeParse' in schema;
