import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import type * as z from 'zod';

export const RETURNS = 'bailiwick:returns';

/** What a route answers when all is well: JSON of a schema, plain text, bytes, or nothing. */
export interface Reply {
  readonly status: number;
  readonly content: z.ZodType | 'text/plain' | 'application/octet-stream' | null;
}

// Kept as plain metadata: the packages that describe the API weigh 12 MB and are loaded when somebody asks for it.
const reply = (status: number, content: Reply['content']): MethodDecorator =>
  applyDecorators(HttpCode(status), SetMetadata(RETURNS, { status, content } satisfies Reply));

/** The reply of a route: its status and its shape in the API description. */
export const Returns = (schema: z.ZodType, status = 200): MethodDecorator => reply(status, schema);

/** Text as a file, streamed. */
export const ReturnsText = (): MethodDecorator => reply(200, 'text/plain');

/** Bytes as a file, streamed. */
export const ReturnsBytes = (): MethodDecorator => reply(200, 'application/octet-stream');

/** 302: for browsers that were sent here, not for programs. */
export const ReturnsRedirect = (): MethodDecorator => reply(302, null);

/** 204. */
export const ReturnsNothing = (): MethodDecorator => reply(204, null);
