import * as z from 'zod';
import { ContainerId } from './ids.ts';

/** How many containers a person has at hand at most. */
export const MOST_PINS = 24;

/** `GET` and `PUT /me/pins`: what somebody wants at hand, in their order. */
export const Pins = z.strictObject({
  containers: z
    .array(ContainerId)
    .max(MOST_PINS)
    .refine((ids) => new Set(ids).size === ids.length, 'names one twice'),
});
export type Pins = z.infer<typeof Pins>;
