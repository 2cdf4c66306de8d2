import { type Capability, type Rights, Rule } from '@bailiwick/contract';

/** Whether a rule of access stands in the way, and not the state of the thing: only then there is something to explain. */
export function isRightMissing({ can, why }: Rights, capability: Capability): boolean {
  const code = why[capability]?.code;
  return !can.includes(capability) && Rule.safeParse(code).success;
}
