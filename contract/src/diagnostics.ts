import * as z from 'zod';
import { Alert } from './alerts.ts';
import { CoreLogEntry } from './logs.ts';
import { Environment } from './environments.ts';
import { Operation } from './operations.ts';
import { Timestamp } from './wire.ts';

const Counts = z.record(z.string(), z.int());

/** `GET /diagnostics`: what somebody who is to help wants to know, in one file, without a secret in it. */
export const Diagnostics = z.object({
  at: Timestamp,
  core: z.object({
    version: z.string(),
    startedAt: Timestamp,
    node: z.string(),
    platform: z.string(),
    memoryBytes: z.int(),
    /** Live connections that are open. */
    sockets: z.int(),
  }),
  /** By the variable's name: figures and switches as they are, of the rest only that it is set. */
  settings: z.record(z.string(), z.union([z.number(), z.boolean(), z.literal('set')])),
  database: z.object({ kind: z.string(), bytes: z.number(), writes: z.boolean() }),
  environments: z.array(Environment),
  /** How many containers are in each status, and operations under way in each state. */
  containers: Counts,
  operations: Counts,
  /** The newest that failed, with their steps. */
  failed: z.array(Operation.omit({ rights: true })),
  alerts: z.array(Alert.omit({ rights: true })),
  /** The newest entries of the core's own log; names of people and addresses may stand in them. */
  log: z.array(CoreLogEntry),
});
export type Diagnostics = z.infer<typeof Diagnostics>;
