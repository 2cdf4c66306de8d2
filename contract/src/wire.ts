import * as z from 'zod';
import { Capability } from './capabilities.ts';

/** A moment on the wire: ISO-8601 in UTC with milliseconds. */
export const Timestamp = z.iso.datetime();
export type Timestamp = z.infer<typeof Timestamp>;

/** Why the panel shows an action disabled; the panel turns the code into a sentence. */
export const Why = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) });
export type Why = z.infer<typeof Why>;

/** What the asking actor may do with this object, and why not for what would be shown disabled. */
export const Rights = z.object({
  can: z.array(Capability),
  why: z.partialRecord(Capability, Why),
});
export type Rights = z.infer<typeof Rights>;

/** A list answer: `version` is what the ETag carries; `nextCursor` is absent on the last page. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), version: z.string(), nextCursor: z.string().optional() });

/** The key that makes a repeated POST have one effect for 24 h. */
export const IdempotencyKey = z.string().min(8).max(128);

export const Health = z.object({ status: z.enum(['ok', 'degraded']), version: z.string(), startedAt: Timestamp });
export type Health = z.infer<typeof Health>;
/** `GET /readyz`; 503 instead while the database takes no writes. */
export const Readiness = z.object({ database: z.literal('ok'), engines: z.enum(['ok', 'degraded']) });
export type Readiness = z.infer<typeof Readiness>;

/** `GET /openapi.json`: the OpenAPI 3.1 document of everything below `/api/v1`. */
export const ApiDocument = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) });
export type ApiDocument = z.infer<typeof ApiDocument>;
