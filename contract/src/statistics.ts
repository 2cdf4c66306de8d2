import * as z from 'zod';
import { ContainerStatus } from './containers.ts';
import { ContainerId, UserId } from './ids.ts';
import { Timestamp } from './wire.ts';

/** How many people a top list names, and how many containers are told as the newest. */
export const TOP_PEOPLE = 10;
export const NEWEST_CONTAINERS = 10;

const Owner = z.object({ id: UserId, displayName: z.string() });

/** What one container takes. */
export const ContainerTaking = z.object({
  id: ContainerId,
  name: z.string(),
  status: ContainerStatus,
  owner: Owner.nullable(),
  /** Null while it does not run or was not measured yet. */
  memoryBytes: z.number().nullable(),
  /** Null without a limit. */
  memoryLimitBytes: z.number().nullable(),
  /** Of the memory of its host, 0 to 1; null where one of the two is not known. */
  hostShare: z.number().nullable(),
  /** What its own layer of files takes; null where that was not measured yet. */
  diskBytes: z.number().nullable(),
  /** What its volumes hold; null where its engine does not say, or it has none. */
  volumeBytes: z.number().nullable(),
  /** Where its workspace is on the host; null without one. */
  workspace: z.string().nullable(),
});
export type ContainerTaking = z.infer<typeof ContainerTaking>;

/** `GET /statistics`: the whole installation in figures, for staff. */
export const Statistics = z.object({
  at: Timestamp,
  people: z.object({ total: z.int(), active: z.int() }),
  /** `failing`: ended by an error or for want of memory, unhealthy, or starting over and over; the rest is stopped. */
  containers: z.object({ total: z.int(), running: z.int(), stopped: z.int(), failing: z.int() }),
  /** Operations that wait for their turn, that work, and that are being taken back. */
  operations: z.object({ queued: z.int(), running: z.int(), cancelling: z.int() }),
  presets: z.object({ total: z.int(), withVolumes: z.int() }),
  /** Who owns most containers, the most first. */
  topPeople: z.array(Owner.extend({ containers: z.int(), running: z.int(), memoryBytes: z.number() })),
  /** The youngest first. */
  newest: z.array(
    z.object({
      id: ContainerId,
      name: z.string(),
      status: ContainerStatus,
      owner: Owner.nullable(),
      createdAt: Timestamp,
    }),
  ),
  /** The most memory first. */
  takings: z.array(ContainerTaking),
});
export type Statistics = z.infer<typeof Statistics>;
