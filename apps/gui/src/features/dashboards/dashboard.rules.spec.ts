import { describe, expect, it } from '@jest/globals';
import { ContainerId, EnvironmentId, type Widget } from '@bailiwick/contract';
import { isChanged, moved, removed, resized, topOf, toWidget, WIDGET_KINDS } from './dashboard.rules.ts';

const WIDGETS: Widget[] = (['attention', 'alerts', 'hosts'] as const).map((kind) => ({ kind, width: 2, height: 1 }));
const kinds = (widgets: readonly Widget[]) => widgets.map(({ kind }) => kind);
const ONE = ContainerId.parse('ct_aaaaaaaaaaaaaaaa');
const HERE = EnvironmentId.parse('env_aaaaaaaaaaaaaaaa');
const CHOICE = { measure: 'cpu', range: '1h', containers: [ONE], environment: HERE } as const;

describe('the widgets of a dashboard', () => {
  it('are moved past each other, to the ends and no further', () => {
    expect(kinds(moved(WIDGETS, 0, 1))).toEqual(['alerts', 'attention', 'hosts']);
    expect(kinds(moved(WIDGETS, 2, -4))).toEqual(['hosts', 'attention', 'alerts']);
    expect(kinds(moved(WIDGETS, 0, 9))).toEqual(['alerts', 'hosts', 'attention']);
    expect(kinds(moved(WIDGETS, 7, 0))).toEqual(kinds(WIDGETS));
  });

  it('are made wider and higher, as far as a page reaches, one at a time', () => {
    expect(resized(WIDGETS, 1, { width: 9 }).map(({ width }) => width)).toEqual([2, 4, 2]);
    expect(resized(WIDGETS, 1, { width: -9, height: 9 })[1]).toMatchObject({ width: 1, height: 3 });
  });

  it('are removed one by one', () => expect(kinds(removed(WIDGETS, 1))).toEqual(['attention', 'hosts']));

  it.each([...WIDGET_KINDS])('can be %s once everything is chosen', (kind) => {
    expect(toWidget({ ...CHOICE, kind })).toMatchObject({ kind });
  });

  it('wait for what they are about', () => {
    const nothing = { ...CHOICE, containers: [], environment: null };
    expect(WIDGET_KINDS.filter((kind) => toWidget({ ...nothing, kind }) === null)).toEqual([
      'pinned',
      'containerChart',
      'hostChart',
    ]);
  });
});

describe('a dashboard', () => {
  it('is changed by its name, its widgets, their order and who may read it', () => {
    const before = { name: 'Mine', widgets: WIDGETS, shared: false };
    expect(isChanged(before, { ...before, name: ' Mine ' })).toBe(false);
    expect(isChanged(before, { ...before, name: 'Ours' })).toBe(true);
    expect(isChanged(before, { ...before, shared: true })).toBe(true);
    expect(isChanged(before, { ...before, widgets: WIDGETS.toReversed() })).toBe(true);
  });
});

describe('who uses most', () => {
  it('stands first; what uses nothing, or is not measured, does not stand there', () => {
    const usages = [
      { id: 'a', value: 1 },
      { id: 'b', value: 3 },
      { id: 'c', value: 0 },
      { id: 'd', value: null },
      { id: 'e', value: 2 },
    ];
    const top = topOf(usages, ({ value }) => value, 2);
    expect(top.map(({ usage }) => usage.id)).toEqual(['b', 'e']);
  });
});
