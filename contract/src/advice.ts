import * as z from 'zod';
import { ContainerId, EnvironmentId } from './ids.ts';
import { Rights, Timestamp } from './wire.ts';

/** What of its limits does not fit, and in which direction. */
export const AdviceKind = z.enum(['memoryTooMuch', 'memoryTooLittle', 'cpusTooMany', 'cpusTooFew']);
export type AdviceKind = z.infer<typeof AdviceKind>;

/** One limit that would fit better. Memory in bytes, processors in cores. */
export const Advice = z.object({
  kind: AdviceKind,
  limit: z.number(),
  proposed: z.number(),
  /** What it used in 95 of 100 steps at most, and in all of them. */
  usual: z.number(),
  most: z.number(),
  /** How often memory ran out in that time. */
  oomKills: z.int(),
});
export type Advice = z.infer<typeof Advice>;

export const ContainerAdvice = z.object({
  containerId: ContainerId,
  name: z.string(),
  environmentId: EnvironmentId,
  /** For how long it was measured, of the last seven days. */
  measuredMs: z.int(),
  at: Timestamp,
  items: z.array(Advice).min(1),
  /** Whether its limits can be changed here: it was made here, or taken over. */
  changeable: z.boolean(),
  rights: Rights,
});
export type ContainerAdvice = z.infer<typeof ContainerAdvice>;
/** Of what the reader may see the use of. */
export const AdviceList = z.object({ items: z.array(ContainerAdvice) });
export type AdviceList = z.infer<typeof AdviceList>;
export const ListAdvice = z.strictObject({ container: ContainerId.optional() });
export type ListAdvice = z.infer<typeof ListAdvice>;
