import * as z from 'zod';
import { RunCommand } from './commands.ts';
import { CommandId, ContainerId, UserId } from './ids.ts';
import { listOf, Timestamp } from './wire.ts';

/** The same words as for a command that is waited for. */
export const StartBackgroundCommand = RunCommand;
export type StartBackgroundCommand = z.infer<typeof StartBackgroundCommand>;

/** By itself, with its exit code; because somebody cancelled it, its time was up or its container ended; or nobody knows. */
export const BackgroundOutcome = z.enum(['exited', 'cancelled', 'overtime', 'container_ended', 'lost']);
export type BackgroundOutcome = z.infer<typeof BackgroundOutcome>;

/** A command that runs on by itself in a container, and what it says is kept. */
export const BackgroundCommand = z.object({
  id: CommandId,
  containerId: ContainerId,
  command: z.string(),
  startedBy: z.object({ id: UserId, name: z.string() }),
  startedAt: Timestamp,
  /** Null while it runs. */
  endedAt: Timestamp.nullable(),
  outcome: BackgroundOutcome.nullable(),
  exitCode: z.int().nullable(),
  /** Since when what it says is not heard any more: the core or its connection ended, or nothing more could be written. */
  unheardSince: Timestamp.nullable(),
});
export type BackgroundCommand = z.infer<typeof BackgroundCommand>;
export const BackgroundCommandList = listOf(BackgroundCommand);
export type BackgroundCommandList = z.infer<typeof BackgroundCommandList>;

export const ReadCommandLog = z.strictObject({
  /** Bytes of it that are known already. */
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
export type ReadCommandLog = z.infer<typeof ReadCommandLog>;

/** A piece of what it said. Its beginning and its end are kept: where `from` is more than was asked for, what is between is not. */
export const CommandLogPiece = z.object({
  from: z.int(),
  text: z.string(),
  /** Where the next one begins. */
  next: z.int(),
  /** How much it said so far. */
  total: z.int(),
});
export type CommandLogPiece = z.infer<typeof CommandLogPiece>;
