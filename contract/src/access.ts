import * as z from 'zod';
import { Capability } from './capabilities.ts';

/** One rule the evaluator looked at, in the order of evaluation. */
export const RuleStep = z.object({
  rule: z.enum(['account', 'two_factor', 'token', 'viewer', 'ownership', 'staff', 'owner', 'default']),
  effect: z.enum(['allow', 'deny', 'none']),
  wins: z.boolean(),
});
export type RuleStep = z.infer<typeof RuleStep>;

/** The verdict on one capability for one target, with the rule that decided and every rule looked at. */
export const Decision = z.object({
  allowed: z.boolean(),
  capability: Capability,
  decidedBy: RuleStep.shape.rule,
  trace: z.array(RuleStep),
});
export type Decision = z.infer<typeof Decision>;
