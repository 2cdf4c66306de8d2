import { expect, it } from '@jest/globals';
import type { Linked } from '@bailiwick/contract';
import { countDone, inOrderOfOutcome, isAllDone, type LinkOutcome } from './linked.rules.ts';

const items = (...outcomes: LinkOutcome[]): Linked['items'] =>
  outcomes.map((outcome) => ({ id: 'ct_aaaaaaaaaaaaaaaa', outcome, name: outcome }));

it('what did not come about stands first, and is not counted as done', () => {
  const all = items('linked', 'skipped', 'refused', 'missing');
  expect(inOrderOfOutcome(all).map(({ outcome }) => outcome)).toEqual(['refused', 'missing', 'skipped', 'linked']);
  expect([countDone(all), isAllDone(all)]).toEqual([1, false]);
  expect([countDone(items('unlinked')), isAllDone(items('unlinked'))]).toEqual([1, true]);
});
