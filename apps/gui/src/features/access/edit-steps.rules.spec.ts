import { describe, expect, it } from '@jest/globals';
import { aGrant, TANIA } from '../../../test/access.ts';
import { type AccessAction, givenTo, NO_EDIT } from './access-edit.rules.ts';
import { NO_STEPS, stepBack, takeStep } from './edit-steps.rules.ts';

const hers = aGrant({ role: 'operator' });
const saved = { grants: [hers], exceptions: [] };
const holder = {
  principal: hers.principal,
  name: 'Tania',
  start: { role: 'none', allow: [], deny: [], expiresAt: null },
};
const deny = (capability: 'containers.stop' | 'containers.start'): AccessAction => ({
  type: 'cells',
  holder,
  capabilities: [capability],
  setting: 'deny',
});

describe('the steps of an edit', () => {
  it('are taken back one by one, however many cells each changed', () => {
    const one = takeStep(saved, NO_STEPS, { type: 'role', holder, role: 'developer' });
    const two = takeStep(saved, one, {
      type: 'all',
      actions: [deny('containers.stop'), deny('containers.start')],
    });
    expect(givenTo(saved, two.edit, TANIA)?.deny).toEqual(['containers.stop', 'containers.start']);
    expect(givenTo(saved, stepBack(two).edit, TANIA)).toMatchObject({ role: 'developer', deny: [] });
    expect(stepBack(stepBack(two))).toEqual({ edit: NO_EDIT, earlier: [] });
    expect(stepBack(NO_STEPS)).toBe(NO_STEPS);
  });

  it('are gone with what is discarded or saved', () => {
    const steps = takeStep(saved, NO_STEPS, deny('containers.stop'));
    expect(takeStep(saved, steps, { type: 'discard' })).toBe(NO_STEPS);
  });
});
