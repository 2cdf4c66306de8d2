import { describe, expect, it } from '@jest/globals';
import { anActor } from '../../../test/factories/actor.js';
import { assertHolds, offeredTo, withSight } from './tokens.rules.js';

describe('making a token', () => {
  it('lets nobody hand on what they do not hold, and names it', () => {
    expect(() => assertHolds(anActor(), ['containers.start', 'containers.create'])).not.toThrow();
    expect(() => assertHolds(anActor(), ['containers.start', 'audit.see'])).toThrow('audit.see');
    expect(() => assertHolds(anActor({ platformRole: 'viewer' }), ['containers.start'])).toThrow('containers.start');
  });

  it('offers what its person could hold on anything, and never the account', () => {
    expect(offeredTo(anActor())).toEqual(expect.arrayContaining(['containers.start', 'containers.create']));
    expect(offeredTo(anActor())).not.toContain('audit.see');
    expect(offeredTo(anActor({ platformRole: 'owner' }))).not.toContain('account.manage');
  });

  it('adds the sight of what is to be touched, once, and nothing else', () => {
    expect(withSight(['containers.start', 'containers.stop'])).toEqual([
      'containers.see',
      'containers.start',
      'containers.stop',
    ]);
    expect(withSight(['panel.log'])).toEqual(['panel.log']);
  });
});
