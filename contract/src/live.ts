import * as z from 'zod';
import { ErrorEnvelope } from './errors.ts';
import { ContainerId } from './ids.ts';

/** What a client can follow on the `/live` namespace. */
export const Topic = z.union([
  z.enum([
    'containers',
    'operations',
    'environments',
    'people',
    'tenants',
    'roles',
    'teams',
    'projects',
    'accessRequests',
    'usage',
    'hostUsage',
    'alerts',
    'engineEvents',
    'plugins',
  ]),
  z.templateLiteral(['operation:', z.string().regex(/^op_[a-z2-7]{16}$/)]),
  /** Says only that what holds on a container is otherwise now; `GET access/on` says what. */
  z.templateLiteral(['access:', z.string().regex(/^ct_[a-z2-7]{16}$/)]),
  /** What one container uses, every second; `usage` says it of all, more seldom. Items are `ContainerUsage`. */
  z.templateLiteral(['usage:', z.string().regex(/^ct_[a-z2-7]{16}$/)]),
]);
export type Topic = z.infer<typeof Topic>;

/** The one item of an `access:` topic; `version` is that of the answer of `GET access/on`. */
export const AccessMark = z.object({ id: ContainerId, version: z.string() });
export type AccessMark = z.infer<typeof AccessMark>;

/** Where a subscription stands: `epoch` names it, `seq` counts its changes without gaps. */
export const Position = z.strictObject({ epoch: z.string().max(64), seq: z.int().min(0) });
export type Position = z.infer<typeof Position>;

export const Join = z.strictObject({ topic: Topic, since: Position.optional() });
export type Join = z.infer<typeof Join>;

/** One change of one item, in order. `item` has the shape its list has; `remove` carries only the id. */
export const Change = z.object({
  topic: Topic,
  epoch: z.string(),
  seq: z.int(),
  type: z.enum(['upsert', 'remove']),
  id: z.string(),
  item: z.unknown().optional(),
});
export type Change = z.infer<typeof Change>;

/** The answer to a join: either exactly what was missed, or everything anew. */
export const Joined = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    epoch: z.string(),
    seq: z.int(),
    snapshot: z.array(z.unknown()).optional(),
    replay: z.array(Change).optional(),
  }),
  z.object({ ok: z.literal(false), error: ErrorEnvelope }),
]);
export type Joined = z.infer<typeof Joined>;

/** Sent when the right to a topic ended; the room has been left. */
export const Gone = z.object({ topic: Topic, reason: z.enum(['signed_out', 'rights_changed', 'not_found']) });
export type Gone = z.infer<typeof Gone>;

/**
 * `GET /events` as a plain WebSocket: with `topics` a `snapshot` of each, then every `change`, and `gone` before it
 * closes; without it `EngineEventFrame`s of what happens from now on.
 */
export const StreamEvents = z.strictObject({
  topics: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(Topic).min(1).max(8))
    .optional(),
});
export type StreamEvents = z.infer<typeof StreamEvents>;
export const EventStreamMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    data: z.object({ topic: Topic, epoch: z.string(), seq: z.int(), items: z.array(z.unknown()) }),
  }),
  z.object({ type: z.literal('change'), data: Change }),
  z.object({ type: z.literal('gone'), data: Gone }),
]);
export type EventStreamMessage = z.infer<typeof EventStreamMessage>;
