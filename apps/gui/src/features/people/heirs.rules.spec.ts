import { expect, it } from '@jest/globals';
import { aUser } from '../../../test/people.ts';
import { heirsOf } from './heirs.rules.ts';

it('offers everybody else who is active, those of the same tenant first', () => {
  const user = aUser();
  const far = aUser({ id: 'usr_bbbbbbbbbbbbbbbb', tenant: { id: 'ten_bbbbbbbbbbbbbbbb', slug: 'beta', name: 'Beta' } });
  const near = aUser({ id: 'usr_cccccccccccccccc' });
  const disabled = aUser({ id: 'usr_dddddddddddddddd', active: false });
  expect(heirsOf(user, [far, user, disabled, near])).toEqual([near, far]);
});
