import * as z from 'zod';
import { Capability } from './capabilities.ts';
import { FieldChange } from './configurations.ts';
import { AlertId, ContainerId } from './ids.ts';
import { LogLine } from './logs.ts';
import { Timestamp } from './wire.ts';

const Figures = z.array(z.number().nullable());

/** What is kept of an end that nobody asked for. A part is null where it is not known, or withheld. */
export const BlackBox = z.object({
  alertId: AlertId,
  containerId: ContainerId,
  /** When it ended. */
  at: Timestamp,
  exitCode: z.int().nullable(),
  oomKilled: z.boolean(),
  /** What it might use then; each null without a limit. Processors in cores. */
  limits: z
    .object({ memoryBytes: z.number().nullable(), cpus: z.number().nullable(), pids: z.number().nullable() })
    .nullable(),
  /** The last lines of its log, without what it was told in confidence. `more`: there were others before them. */
  log: z.object({ lines: z.array(LogLine.pick({ at: true, stream: true, text: true })), more: z.boolean() }).nullable(),
  /** What it used before, in equal steps; null in a step in which nothing was measured. */
  figures: z.object({ from: Timestamp, stepMs: z.int(), cpus: Figures, memoryBytes: Figures }).nullable(),
  /** How its configuration differs from the one it last ran well with, and since when it had that. */
  changes: z.object({ number: z.int(), since: Timestamp, fields: z.array(FieldChange) }).nullable(),
  /** What the reader would need to be shown the rest. */
  withheld: z.array(Capability),
});
export type BlackBox = z.infer<typeof BlackBox>;
/** The newest first. */
export const BlackBoxList = z.object({ items: z.array(BlackBox) });
export type BlackBoxList = z.infer<typeof BlackBoxList>;
