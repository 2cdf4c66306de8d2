import * as z from 'zod';
import { ErrorEnvelope } from './errors.ts';
import { ContainerId, EnvironmentId, OperationId, TenantId, UserId } from './ids.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

export const OperationState = z.enum(['queued', 'running', 'cancelling', 'done', 'failed', 'cancelled']);
export type OperationState = z.infer<typeof OperationState>;
export const StepState = z.enum(['pending', 'running', 'done', 'failed', 'skipped']);
export type StepState = z.infer<typeof StepState>;

export const OperationError = ErrorEnvelope.pick({ code: true, message: true, hint: true, params: true, raw: true });
export type OperationError = z.infer<typeof OperationError>;

export const OperationStep = z.object({
  name: z.string(),
  state: StepState,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  /** 0 to 100, or null where the length of the work is not known. */
  percent: z.number().nullable(),
  /** What is being done, as a code with params the panel turns into words. */
  note: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
  attempts: z.int(),
});
export type OperationStep = z.infer<typeof OperationStep>;

export const Operation = z.object({
  id: OperationId,
  /** `noun.verb`, for example `containers.deploy`. */
  name: z.string(),
  state: OperationState,
  tenantId: TenantId,
  environmentId: EnvironmentId.nullable(),
  target: z.object({ containerId: ContainerId.nullable(), label: z.string() }),
  startedBy: z.object({ id: UserId, displayName: z.string() }),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  steps: z.array(OperationStep),
  error: OperationError.nullable(),
  /** The name of the step that failed. */
  failedStep: z.string().nullable(),
  /** What the operation leaves behind for the reader; its shape belongs to `name`. */
  result: z.unknown().nullable(),
  rights: Rights,
});
export type Operation = z.infer<typeof Operation>;
export const OperationList = listOf(Operation);
export type OperationList = z.infer<typeof OperationList>;
/** `202`: the work goes on; follow it by its id. */
export const Accepted = z.object({ operation: Operation });
export type Accepted = z.infer<typeof Accepted>;

export const ListOperations = z.strictObject({
  state: z.enum(['active', 'finished', 'failed']).optional(),
  container: ContainerId.optional(),
  environment: EnvironmentId.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListOperations = z.infer<typeof ListOperations>;
