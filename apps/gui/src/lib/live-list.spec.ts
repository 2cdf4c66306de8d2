import { describe, expect, it, jest } from '@jest/globals';
import { LiveList } from './live-list.ts';

interface Row {
  id: string;
  name: string;
}
const epoch = 'e1';
const upsert = (seq: number, id: string) => ({ epoch, seq, type: 'upsert' as const, id });
const atOnce = (work: () => void) => work();
const aList = (soon = atOnce) => {
  const list = new LiveList<Row>([], soon);
  list.reset([{ id: 'a', name: 'alpha' }], { epoch, seq: 4 });
  return list;
};

describe('a live list', () => {
  it('shows what the page was rendered with until the first snapshot', () => {
    expect(new LiveList([{ id: 'a', name: 'alpha' }]).items()).toEqual([{ id: 'a', name: 'alpha' }]);
  });

  it('applies the next change and moves its position', () => {
    const list = aList();
    expect(list.apply(upsert(5, 'b'), { id: 'b', name: 'beta' })).toBe(true);
    expect(list.items().map((row) => row.name)).toEqual(['alpha', 'beta']);
    expect(list.since).toEqual({ epoch, seq: 5 });
  });

  it('removes what is gone', () => {
    const list = aList();
    expect(list.apply({ epoch, seq: 5, type: 'remove', id: 'a' }, undefined)).toBe(true);
    expect(list.items()).toEqual([]);
  });

  it('ignores a change it already has', () => {
    const list = aList();
    expect(list.apply(upsert(4, 'a'), { id: 'a', name: 'stale' })).toBe(true);
    expect(list.get('a')?.name).toBe('alpha');
  });

  it.each([
    ['a hole in the sequence', upsert(6, 'b')],
    ['another epoch', { ...upsert(5, 'b'), epoch: 'e2' }],
  ])('refuses %s and stays as it was', (_what, change) => {
    const list = aList();
    expect(list.apply(change, { id: 'b', name: 'beta' })).toBe(false);
    expect(list.items()).toHaveLength(1);
    expect(list.since?.seq).toBe(4);
  });

  it('refuses changes before the first snapshot', () => {
    expect(new LiveList<Row>().apply(upsert(1, 'a'), { id: 'a', name: 'alpha' })).toBe(false);
  });

  it('tells only the row that changed', () => {
    const list = aList();
    const a = jest.fn();
    const b = jest.fn();
    list.subscribeItem('a', a);
    list.subscribeItem('b', b);
    list.apply(upsert(5, 'b'), { id: 'b', name: 'beta' });
    expect(a).not.toHaveBeenCalled();
    expect(b).toHaveBeenCalledTimes(1);
  });

  it('tells a burst once for each row, when the page is drawn next', () => {
    const frames: Array<() => void> = [];
    const list = aList((work) => void frames.push(work));
    const [whole, a, b] = [jest.fn(), jest.fn(), jest.fn()];
    list.subscribe(whole);
    list.subscribeItem('a', a);
    list.subscribeItem('b', b);
    for (let seq = 5; seq < 15; seq += 1) list.apply(upsert(seq, 'a'), { id: 'a', name: `now ${seq}` });
    list.apply(upsert(15, 'b'), { id: 'b', name: 'beta' });
    expect(list.get('a')?.name).toBe('now 14');
    expect(a).not.toHaveBeenCalled();
    expect(frames).toHaveLength(1);
    frames[0]?.();
    expect([whole, a, b].map((listener) => listener.mock.calls.length)).toEqual([1, 1, 1]);
    list.apply(upsert(16, 'b'), { id: 'b', name: 'gamma' });
    expect(frames).toHaveLength(2);
  });

  it('keeps one array until something changes, so that React can compare it', () => {
    const list = aList();
    const before = list.items();
    expect(list.items()).toBe(before);
    list.apply(upsert(5, 'a'), { id: 'a', name: 'new' });
    expect(list.items()).not.toBe(before);
  });

  it('stops telling whoever left', () => {
    const list = aList();
    const listener = jest.fn();
    list.subscribe(listener)();
    list.subscribeItem('a', listener)();
    list.apply(upsert(5, 'a'), { id: 'a', name: 'new' });
    expect(listener).not.toHaveBeenCalled();
  });
});
