import { describe, expect, it } from '@jest/globals';
import { type Asked, anAsk, mayBeMade } from '../../../test/access/delegation.js';
import { Dice } from '../../../test/access/dice.js';
import { plan } from '../../../test/access/planning.js';
import { aWorld } from '../../../test/access/world.js';
import { isAppError } from '../../kernel/errors.js';

const PAIRS = 100_000;
const SEED = 40_000_000;
const GRANTS = 10;

describe('handing on, beside a slow model of what is promised', () => {
  it(`is let through exactly when it is within what is held and may be handed on, in ${PAIRS} random pairs`, () => {
    const made = new Map<string, number>();
    for (let seed = SEED; seed < SEED + PAIRS; seed++) {
      const asked = anAsk(new Dice(seed + PAIRS), aWorld(seed, GRANTS));
      const answer = answerTo(asked);
      if (answer === 'same') continue;
      const expected = mayBeMade(asked) ? 'made' : 'refused';
      // Only then: an expectation costs more than the question.
      if (answer !== expected) expect({ seed, ...asked, world: null, answer }).toEqual({ answer: expected });
      const counted = `${asked.change.op} ${answer}`;
      made.set(counted, (made.get(counted) ?? 0) + 1);
    }
    // Nothing was proved about what never happened.
    const ops = ['grant', 'lend', 'revoke', 'exception'];
    const seldom = ops.flatMap((op) => [`${op} made`, `${op} refused`]).filter((one) => (made.get(one) ?? 0) < PAIRS / 200); // prettier-ignore
    expect(seldom).toEqual([]);
  }, 180_000);
});

/** What the rules say; `same` where there is nothing to change. */
function answerTo(asked: Asked): 'made' | 'refused' | 'same' {
  try {
    plan(asked);
    return 'made';
  } catch (error) {
    if (isAppError(error, 'wrong_state')) return 'same';
    if (isAppError(error, 'forbidden') || isAppError(error, 'invalid_request')) return 'refused';
    if (isAppError(error, 'two_factor_enrolment_required')) return 'refused';
    throw error;
  }
}
