import { describe, expect, it } from '@jest/globals';
import { CapabilityGroup, type Capability } from '@bailiwick/contract';
import {
  countsOf,
  differenceOf,
  groupsOf,
  isFoundBy,
  NOTHING_STAGED,
  type OfferedCapability,
  stage,
  wanted,
} from './role-editor.rules.ts';

const offer = (capability: Capability, group: CapabilityGroup): OfferedCapability => ({
  capability,
  group,
  risk: 'low',
  tenantOnly: false,
});
const OFFERED = [
  offer('containers.start', 'operate'),
  offer('containers.see', 'see'),
  offer('containers.logs', 'see'),
  offer('projects.create', 'administer'),
];
const role = (...capabilities: Capability[]) => ({ capabilities });

describe('the groups of a role', () => {
  it('stand in the order of the contract, without the empty ones', () => {
    const groups = groupsOf(OFFERED).map(({ group }) => group);
    expect(groups).toEqual(['see', 'operate', 'administer']);
    expect(groups).toEqual(CapabilityGroup.options.filter((group) => groups.includes(group)));
  });

  it('are counted by what it holds of what is offered', () => {
    expect(countsOf(role('containers.see', 'machines.see', 'projects.create'), OFFERED)).toEqual([
      { group: 'see', held: 1, of: 2 },
      { group: 'administer', held: 1, of: 1 },
    ]);
  });
});

describe('a staged edit', () => {
  it('is only what differs: setting something back is no change', () => {
    const on = stage(NOTHING_STAGED, role(), ['containers.see', 'containers.logs'], true);
    expect([...on]).toEqual([
      ['containers.see', true],
      ['containers.logs', true],
    ]);
    expect([...stage(on, role(), ['containers.see'], false)]).toEqual([['containers.logs', true]]);
  });

  it('keeps what the panel does not offer, and what somebody else added meanwhile', () => {
    const before = role('containers.see', 'machines.see');
    const staged = stage(stage(NOTHING_STAGED, before, ['containers.see'], false), before, ['containers.start'], true);
    expect(wanted(before, staged)).toEqual(['machines.see', 'containers.start']);
    expect(wanted(role('containers.see', 'machines.see', 'containers.logs', 'containers.start'), staged)).toEqual([
      'machines.see',
      'containers.logs',
      'containers.start',
    ]);
  });
});

it('the difference of two roles is told both ways', () => {
  expect(differenceOf(['containers.see', 'containers.logs'], ['containers.logs', 'containers.start'])).toEqual({
    added: ['containers.start'],
    removed: ['containers.see'],
  });
});

it('a capability is found by its name, its sentence and what it is called in the API', () => {
  const words = { name: 'Read logs', sentence: 'Read what it printed.', capability: 'containers.logs' };
  expect(['LOGS', 'printed read', 'containers.l', ''].map((q) => isFoundBy(words, q))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(isFoundBy(words, 'logs start')).toBe(false);
});
