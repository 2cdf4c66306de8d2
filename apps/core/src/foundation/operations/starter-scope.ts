import { Capability, TokenTarget } from '@bailiwick/contract';
import * as z from 'zod';
import type { Actor } from '../access/actor.js';

/** What a token was made for, where an operation was asked for with one: it works no further either. */
export const StarterScope = z.object({ capabilities: z.array(Capability), targets: z.array(TokenTarget) });
export type StarterScope = z.infer<typeof StarterScope>;

export const scopeOf = (actor: Actor): StarterScope | null =>
  actor.credential === 'personal_token'
    ? { capabilities: [...actor.scope.capabilities], targets: [...actor.scope.targets] }
    : null;
