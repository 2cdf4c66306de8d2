import { expect, it } from '@jest/globals';
import { isRightMissing } from './rights.rules.ts';

it('is a matter of rights where a rule refuses, and not where the thing itself does', () => {
  const rights = {
    can: ['containers.start' as const],
    why: {
      'containers.stop': { code: 'denied', params: {} },
      'containers.rename': { code: 'belongs_to_stack', params: { stack: 'shop' } },
    },
  };
  expect(isRightMissing(rights, 'containers.stop')).toBe(true);
  expect(isRightMissing(rights, 'containers.rename')).toBe(false);
  expect(isRightMissing(rights, 'containers.start')).toBe(false);
  expect(isRightMissing(rights, 'containers.inspect')).toBe(false);
});
