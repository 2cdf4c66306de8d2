import { describe, expect, it } from '@jest/globals';
import { anActor } from '../../../test/factories/actor.js';
import { assertHolds, withSight } from './tokens.rules.js';

describe('making a token', () => {
  it('lets nobody hand on what they do not hold, and names it', () => {
    expect(() => assertHolds(anActor(), ['containers.start', 'containers.create'])).not.toThrow();
    expect(() => assertHolds(anActor(), ['containers.start', 'audit.see'])).toThrow('audit.see');
    expect(() => assertHolds(anActor({ platformRole: 'viewer' }), ['containers.start'])).toThrow('containers.start');
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
