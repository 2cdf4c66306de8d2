import { describe, expect, it } from '@jest/globals';
import { toEffect } from './two-factor-policy.rules.ts';

const settings = {
  requiredFor: ['owner', 'viewer'] as const,
  without: { owner: 0, administrator: 1, member: 12, viewer: 3 },
};
const effect = (...roles: ('owner' | 'administrator' | 'member' | 'viewer')[]) =>
  toEffect({ ...settings, requiredFor: [...settings.requiredFor] }, new Set(roles));

describe('who needs two-factor sign-in', () => {
  it('tells how many would be sent to set it up, and only of the roles that are new', () => {
    expect(effect('owner', 'viewer', 'member', 'administrator')).toEqual({
      sent: 13,
      lifted: 0,
      added: ['member', 'administrator'],
    });
  });

  it('tells how many would be let off', () => {
    expect(effect('owner')).toEqual({ sent: 0, lifted: 3, added: [] });
  });

  it('is nothing where nothing is changed', () => {
    expect(effect('viewer', 'owner')).toEqual({ sent: 0, lifted: 0, added: [] });
  });
});
