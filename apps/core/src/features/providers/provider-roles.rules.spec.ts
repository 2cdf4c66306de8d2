import { describe, expect, it } from '@jest/globals';
import { mapRoles } from './provider-roles.rules.js';

const ROLES = [
  { group: 'devs', platformRole: 'member', roleTag: 'developer' },
  { group: 'ops', platformRole: 'administrator' },
  { group: 'guests', platformRole: 'viewer' },
  { group: 'qa', roleTag: 'tester' },
] as const;
const mapping = { roles: ROLES, defaultRole: 'viewer' } as const;

describe('what groups make of somebody', () => {
  it('is the highest role any of them gives', () => {
    expect(mapRoles(mapping, ['guests', 'ops', 'devs'])).toMatchObject({ platformRole: 'administrator' });
    expect(mapRoles(mapping, ['guests', 'devs'])).toMatchObject({ platformRole: 'member' });
  });

  it('is the default where none gives any', () => {
    expect(mapRoles({ roles: ROLES, defaultRole: 'member' }, ['unknown'])).toEqual({
      platformRole: 'member',
      roleTag: null,
    });
  });

  it('is not higher than what a group says, although the default is', () => {
    expect(mapRoles({ roles: ROLES, defaultRole: 'member' }, ['guests'])).toMatchObject({ platformRole: 'viewer' });
  });

  it('is the first role tag in the order of the settings, else none', () => {
    expect(mapRoles(mapping, ['qa', 'devs'])).toMatchObject({ roleTag: 'developer' });
    expect(mapRoles(mapping, ['ops'])).toMatchObject({ roleTag: null });
  });

  it('never makes or unmakes an owner', () => {
    expect(mapRoles(mapping, ['ops'], 'owner')).toEqual({ roleTag: null });
    expect(mapRoles(mapping, [], 'owner')).toEqual({ roleTag: null });
  });

  it('says nothing of what the settings say nothing of', () => {
    expect(mapRoles({ roles: [], defaultRole: 'viewer' }, ['ops'], 'administrator')).toEqual({});
    expect(mapRoles({ roles: [{ group: 'qa', roleTag: 'tester' }], defaultRole: 'viewer' }, [], 'member')).toEqual({
      roleTag: null,
    });
  });
});
