import { ContainerId } from '@bailiwick/contract';
import * as z from 'zod';

const Sizes = z.object({ memoryBytes: z.number(), cpus: z.number() });
const HostPorts = z.array(z.object({ protocol: z.enum(['tcp', 'udp']), port: z.int() }));

/** What every change of a container needs to know to come through or to leave nothing behind; the configuration to come stands in the book under the operation's id. */
const Change = z.object({
  containerId: ContainerId,
  /** The saved change this makes true; null where it came otherwise. */
  savedAt: z.number().nullable(),
  /** What quotas count, before and after. */
  sizes: z.object({ before: Sizes, after: Sizes }),
  /** Host ports taken for it, and those it gives back. */
  ports: z.object({ taken: HostPorts, freed: HostPorts }),
  /** What was asked for, so that it can be asked for again. */
  request: z.object({ number: z.int().optional(), preset: z.string().optional(), remake: z.boolean() }),
  /** What the row says of its deployment once this came through; null where that stays. */
  deployed: z.record(z.string(), z.unknown()).nullable().default(null),
});
export type Change = z.infer<typeof Change>;

/** Made anew beside the one that runs, which goes only when the new one stands. */
export const RemakePlan = Change.extend({
  name: z.string(),
  /** Under which name and preset it was signed when it was deployed. */
  signed: z.object({ name: z.string(), preset: z.string().nullable() }),
  oldEngineId: z.string(),
  wasRunning: z.boolean(),
  /** Both cannot run at once: the old one stops before the new one starts. */
  exclusive: z.boolean(),
  /** Volumes nobody named, whose files stay with the container. */
  anonymous: z.array(z.object({ name: z.string(), target: z.string() })),
  /** Networks it was joined to besides its own. */
  networks: z.array(z.string()),
});
export type RemakePlan = z.infer<typeof RemakePlan>;

/** On the container as it is. */
export const UpdatePlan = Change.extend({ name: z.string(), engineId: z.string(), from: z.int() });
export type UpdatePlan = z.infer<typeof UpdatePlan>;
