import { describe, expect, it } from '@jest/globals';
import { toProviderRefusal } from './provider-refusal.rules.ts';
import { secondStepInFragment, toSecondStep } from './second-step.rules.ts';

const step = { challenge: 'abc', factors: ['code', 'recoveryCode'] };
const fragmentOf = (said: unknown) => `#second-step=${Buffer.from(JSON.stringify(said)).toString('base64url')}`;

describe('the second step', () => {
  it('is read from a refusal and from a fragment alike', () => {
    expect(toSecondStep({ ...step, seconds: 300 })).toEqual(step);
    expect(secondStepInFragment(fragmentOf({ ...step, seconds: 300 }))).toEqual(step);
  });

  it('offers no factor this panel does not know', () => {
    expect(toSecondStep({ challenge: 'abc', factors: ['smoke', 'passkey', 7] })).toEqual({
      challenge: 'abc',
      factors: ['passkey'],
    });
  });

  it.each([
    '',
    '#',
    '#second-step=',
    '#second-step=%%%',
    '#second-step=AAAA',
    '#other=e30',
    fragmentOf(null),
    fragmentOf({ challenge: 1, factors: [] }),
  ])('is not in %j', (fragment) => expect(secondStepInFragment(fragment)).toBeUndefined());
});

describe('a refusal in the address', () => {
  it('is one of those a provider’s sign-in ends with, else a failure of ours', () => {
    expect(toProviderRefusal(null)).toBeUndefined();
    expect(toProviderRefusal('provider_stranger')).toBe('provider_stranger');
    for (const other of ['', 'conflict', '__proto__']) expect(toProviderRefusal(other)).toBe('internal');
  });
});
