import { describe, expect, it } from '@jest/globals';
import { inOrder, isKept, momentOf, nextToShrink, outdated, overfull, parseSegmentName, type Segment, SEGMENT_BYTES, toSegmentName } from './segments.rules.js'; // prettier-ignore

const segment = (number: number, more: Partial<Segment> = {}): Segment => ({
  number,
  fromMs: number * 1000,
  packed: true,
  bytes: 100,
  begunAtMs: number * 1000,
  writtenAtMs: number * 1000,
  ...more,
});

describe('the pieces of a kept log', () => {
  it('say in their names where they stand, and nothing else is one', () => {
    for (const packed of [true, false])
      expect(parseSegmentName(toSegmentName(segment(12, { packed })))).toEqual({ number: 12, fromMs: 12_000, packed });
    for (const name of ['', '1-2.jsonl', '00000001-0000000000001.jsonl.gz.part', '../00000001-0000000000001.jsonl'])
      expect(parseSegmentName(name)).toBeUndefined();
  });

  it('stand in their order, the packed one for its twin that a killed core left', () => {
    const { segments, superfluous } = inOrder([segment(3), segment(1, { packed: false }), segment(2), segment(1)]);
    expect(segments.map(({ number, packed }) => [number, packed])).toEqual([[1, true], [2, true], [3, true]]); // prettier-ignore
    expect(superfluous).toEqual([segment(1, { packed: false })]);
  });

  it('go from the oldest on, as far as they are too many, and leave room for what is being written', () => {
    const segments = [1, 2, 3, 4].map((number) => segment(number, { bytes: SEGMENT_BYTES }));
    expect(overfull(segments, 6 * SEGMENT_BYTES)).toEqual([]);
    expect(overfull(segments, 4 * SEGMENT_BYTES)).toEqual(segments.slice(0, 2));
  });

  it('go where they are too old, but for the newest', () => {
    const segments = [1, 2, 3].map((number) => segment(number));
    expect(outdated(segments, 2500)).toEqual(segments.slice(0, 2));
    expect(outdated(segments, 99_000)).toEqual(segments.slice(0, 2));
  });

  it('begin at the moment their first row tells', () => {
    expect(momentOf(['{"type":"gap"}', '{"type":"event","at":"2026-01-01T00:00:00.5Z"}'])).toBe(1_767_225_600_500);
    expect(momentOf(['{"type":"gap"}'])).toBeUndefined();
  });
});

describe('all kept logs together', () => {
  const folder = (id: string, bytes: number, isGone: boolean, writtenAtMs = 0) => ({ id, bytes, isGone, writtenAtMs });

  it('give way where they are too much: those of what is gone first, the longest silent of them, then the largest', () => {
    const folders = [
      folder('a', 50, false),
      folder('b', 30, true, 2),
      folder('c', 20, true, 1),
      folder('d', 60, false),
    ];
    expect(nextToShrink(folders, 160)).toBeUndefined();
    expect(nextToShrink(folders, 159)?.id).toBe('c');
    expect(
      nextToShrink(
        [folders[0], folders[3]].flatMap((each) => each ?? []),
        100,
      )?.id,
    ).toBe('d');
  });

  it('are kept of nobody, of all, or of some tenants', () => {
    expect([isKept(['off'], 'acme'), isKept(['all'], 'acme'), isKept(['all'], undefined)]).toEqual([false, true, true]);
    expect([isKept(['acme', 'default'], 'acme'), isKept(['acme'], 'default'), isKept(['acme'], undefined)]).toEqual([true, false, false]); // prettier-ignore
  });
});
