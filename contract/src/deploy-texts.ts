import * as z from 'zod';
import { ContainerName } from './containers.ts';
import { DeployInput, ImageRef } from './presets.ts';

/** What somebody found elsewhere: a `docker run` line, a compose file, or what was exported here. */
export const DeployText = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(256 * 1024),
});
export type DeployText = z.infer<typeof DeployText>;

export const NotUnderstoodReason = z.enum([
  'unknown',
  'not_offered',
  'set_by_policy',
  'own_network',
  'host_path',
  'host_file',
  'invalid_value',
  'low_port',
  'no_value',
  'variable',
  'other_service',
]);
export type NotUnderstoodReason = z.infer<typeof NotUnderstoodReason>;

/** What it comes to here, and what of it does not. Nothing was run, and nothing was looked up. */
export const DeployReading = z.object({
  input: DeployInput,
  notUnderstood: z.array(z.object({ what: z.string(), reason: NotUnderstoodReason })),
});
export type DeployReading = z.infer<typeof DeployReading>;

/** A container as Bolt says it; units are `KB`, `MB`, `GB` of 1024 each. Its network is always that of one's own tenant. */
export const BoltContainer = z.strictObject({
  name: ContainerName,
  bolt_config: z.strictObject({
    container: z.strictObject({
      image: ImageRef,
      /** `name:/path` each. */
      volumes: z.array(z.string().max(1100)).max(20).default([]),
      network: z.string().max(128).optional(),
    }),
    resources: z
      .strictObject({ cpu: z.string().max(20).optional(), memory: z.string().max(30).optional() })
      .default({}),
  }),
});
export type BoltContainer = z.infer<typeof BoltContainer>;
