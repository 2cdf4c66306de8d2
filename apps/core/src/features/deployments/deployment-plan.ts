import { AbsolutePath, ContainerId, DeployInput, Preset } from '@bailiwick/contract';
import * as z from 'zod';
import { PlannedPort } from '../ports/ports.rules.js';

/** Everything a deploy needs to know, settled when it was accepted; a preset that changes later changes nothing here. */
export const DeploymentPlan = z.object({
  containerId: ContainerId,
  name: z.string(),
  /** Null where an image was chosen instead. */
  preset: z.object({ name: z.string(), digest: z.string() }).nullable(),
  config: Preset.shape.config,
  /** As text, without the secret ones. */
  answers: z.record(z.string(), z.string()),
  /** Answers that are kept sealed and never here. */
  secretNames: z.array(z.string()),
  /** Of these, the ones made for the person and shown once. */
  generated: z.array(z.object({ name: z.string(), label: z.string() })),
  ports: z.array(PlannedPort),
  volumes: z.array(z.object({ name: z.string(), target: AbsolutePath })),
  workspace: z.object({ name: z.string(), target: AbsolutePath }).nullable().default(null),
  network: z.string(),
  memoryBytes: z.number(),
  cpus: z.number(),
  /** 0 where none was named. */
  diskBytes: z.number().default(0),
  /** What was asked for, so that it can be asked for again; secrets left out. */
  request: DeployInput,
});
export type DeploymentPlan = z.infer<typeof DeploymentPlan>;
