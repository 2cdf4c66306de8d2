import { describe, expect, it } from '@jest/globals';
import { expiryOf, findReachable, groupByNoun, splitByTargets, toggle } from './token.rules.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const inHours = (hours: number) => ({ expiresAt: new Date(now + hours * 3_600_000).toISOString() });

describe('a token', () => {
  it('is expired at its end, marked two weeks before, and not sooner', () => {
    expect(expiryOf(inHours(0), now)).toEqual({ state: 'expired' });
    expect(expiryOf(inHours(1), now)).toEqual({ state: 'soon', days: 0 });
    expect(expiryOf(inHours(24 * 14 - 1), now)).toEqual({ state: 'soon', days: 13 });
    expect(expiryOf(inHours(24 * 14), now)).toEqual({ state: 'later' });
  });

  it('is told by what it is about, in the order the core gives', () => {
    expect(groupByNoun(['containers.see', 'operations.see', 'containers.stop'])).toEqual([
      { noun: 'containers', capabilities: ['containers.see', 'containers.stop'] },
      { noun: 'operations', capabilities: ['operations.see'] },
    ]);
  });
});

describe('choosing what a token reaches', () => {
  const web = { id: 'ct_aaaaaaaaaaaaaaaa', kind: 'container', name: 'web', detail: 'nginx:stable' } as const;
  const acme = { id: 'ten_aaaaaaaaaaaaaaaa', kind: 'tenant', name: 'Acme Works', detail: 'acme' } as const;

  it('finds things by every word, wherever it stands', () => {
    expect(findReachable([acme, web], 'NGINX we')).toEqual([web]);
    expect(findReachable([acme, web], 'acme web')).toEqual([]);
    expect(findReachable([acme, web], ' ')).toEqual([acme, web]);
  });

  it('tells what a few things do not give: whatever is about no container and no tenant', () => {
    expect(splitByTargets(['containers.see', 'people.see', 'people.create', 'audit.see'])).toEqual({
      within: ['containers.see'],
      beyond: ['people', 'audit'],
    });
  });
});

describe('choosing what a token may do', () => {
  it('takes the sight of a thing with what is done to it, and keeps it as long as that is chosen', () => {
    const started = toggle(new Set(), ['containers.start'], true);
    expect([...started]).toEqual(['containers.start', 'containers.see']);
    expect(toggle(started, ['containers.see'], false)).toEqual(started);
    expect(toggle(started, ['containers.start'], false)).toEqual(new Set(['containers.see']));
  });

  it('adds nothing where nothing can be seen', () => {
    expect([...toggle(new Set(), ['panel.log'], true)]).toEqual(['panel.log']);
  });

  it('takes a whole group at once, and gives it back', () => {
    const all = toggle(new Set(), ['containers.see', 'containers.start'], true);
    expect(all).toEqual(new Set(['containers.see', 'containers.start']));
    expect(toggle(all, ['containers.see', 'containers.start'], false)).toEqual(new Set());
  });
});
