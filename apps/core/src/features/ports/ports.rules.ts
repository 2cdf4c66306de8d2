import { HostPort, type PresetPort } from '@bailiwick/contract';
import * as z from 'zod';

/** A port of a container and the one of the host it is published at. */
export const PlannedPort = z.object({
  containerPort: z.int(),
  protocol: z.enum(['tcp', 'udp']),
  hostPort: HostPort,
  ip: z.string(),
  web: z.boolean(),
});
export type PlannedPort = z.infer<typeof PlannedPort>;

export const portKey = ({ containerPort, protocol }: Pick<PresetPort, 'containerPort' | 'protocol'>): string =>
  `${containerPort}/${protocol}`;
