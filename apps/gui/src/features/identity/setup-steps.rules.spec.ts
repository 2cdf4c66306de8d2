import { describe, expect, it } from '@jest/globals';
import { addressAfter, toLaterStep } from './setup-steps.rules.ts';

describe('the steps of the setup', () => {
  it('lead from the owner to the end, one after the other', () => {
    const seen = ['owner' as const, 'two-factor' as const, 'engine' as const, 'look' as const, 'start' as const];
    expect(seen.map(addressAfter)).toEqual([
      '/setup?step=two-factor',
      '/setup?step=engine',
      '/setup?step=look',
      '/setup?step=start',
      '/setup?step=done',
    ]);
  });

  it('are known by their names; the first is not to be gone back to', () => {
    expect(toLaterStep('look')).toBe('look');
    for (const other of ['owner', 'king', undefined, ['look']]) expect(toLaterStep(other)).toBeNull();
  });
});
