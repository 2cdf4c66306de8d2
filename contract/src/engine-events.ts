import * as z from 'zod';
import { ContainerId, EnvironmentId } from './ids.ts';
import { Timestamp, listOf } from './wire.ts';

/** What an engine tells of a container; `died` is the end of a run, whoever ended it. */
export const EngineEventType = z.enum([
  'container.created',
  'container.started',
  'container.restarted',
  'container.paused',
  'container.unpaused',
  'container.killed',
  'container.stopped',
  'container.died',
  'container.oom',
  'container.healthy',
  'container.unhealthy',
  'container.updated',
  'container.renamed',
  'container.removed',
]);
export type EngineEventType = z.infer<typeof EngineEventType>;

/** One frame of `GET /events` as a plain WebSocket without `topics`: what happens from now on. */
export const EngineEventFrame = z.strictObject({
  type: EngineEventType,
  data: z.strictObject({ id: ContainerId, name: z.string() }),
});
export type EngineEventFrame = z.infer<typeof EngineEventFrame>;

/** One of the last hour. */
export const ToldEngineEvent = z.object({
  id: z.string(),
  ...EngineEventFrame.shape,
  at: Timestamp,
  environmentId: EnvironmentId,
  /** With which code a run ended; null where it is not told, and for everything that is no end. */
  exitCode: z.int().nullable(),
});
export type ToldEngineEvent = z.infer<typeof ToldEngineEvent>;

/** `GET /events`: of the last hour, as far as the core ran; the newest first. */
export const ListEngineEvents = z.strictObject({
  container: ContainerId.optional(),
  environment: EnvironmentId.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export type ListEngineEvents = z.infer<typeof ListEngineEvents>;

/** `since`: from when on everything is told; later than an hour ago where the core began to listen later. */
export const EngineEventList = z.object({ ...listOf(ToldEngineEvent).shape, since: Timestamp });
export type EngineEventList = z.infer<typeof EngineEventList>;
