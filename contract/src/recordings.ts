import * as z from 'zod';
import { ContainerId, TerminalId, UserId } from './ids.ts';
import { listOf, Timestamp } from './wire.ts';

/** What a terminal showed, kept as an asciicast (version 2): what was said and how large it was, never what was typed. */
export const Recording = z.object({
  /** That of its terminal. */
  id: TerminalId,
  containerId: ContainerId,
  root: z.boolean(),
  openedBy: z.object({ id: UserId, name: z.string() }),
  startedAt: Timestamp,
  /** Null while its terminal is open. */
  endedAt: Timestamp.nullable(),
  bytes: z.int(),
  /** There was more than is kept. */
  cut: z.boolean(),
});
export type Recording = z.infer<typeof Recording>;
export const RecordingList = listOf(Recording);
export type RecordingList = z.infer<typeof RecordingList>;
