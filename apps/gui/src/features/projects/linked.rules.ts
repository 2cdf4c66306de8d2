import type { Linked } from '@bailiwick/contract';

export type LinkOutcome = Linked['items'][number]['outcome'];

const ORDER: readonly LinkOutcome[] = ['refused', 'missing', 'skipped', 'linked', 'unlinked'];
const DONE: ReadonlySet<LinkOutcome> = new Set(['linked', 'unlinked']);

/** What did not come about first. */
export const inOrderOfOutcome = (items: Linked['items']): Linked['items'] =>
  items.toSorted((one, other) => ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome));

export const countDone = (items: Linked['items']): number => items.filter(({ outcome }) => DONE.has(outcome)).length;
export const isAllDone = (items: Linked['items']): boolean => countDone(items) === items.length;
