import { expect, it } from '@jest/globals';
import { usesIn } from './role-uses.rules.ts';

it('a refusal to delete a role tells who uses it, and any other refusal does not', () => {
  const refused = { message: 'In use.', requestId: 'req' };
  expect(usesIn({ ...refused, code: 'wrong_state', params: { people: 2, grants: 0 } })).toEqual({
    people: 2,
    grants: 0,
  });
  expect(usesIn({ ...refused, code: 'wrong_state' })).toBeNull();
  expect(usesIn({ ...refused, code: 'forbidden', params: { people: 2, grants: 0 } })).toBeNull();
});
