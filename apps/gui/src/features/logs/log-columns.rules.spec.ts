import { describe, expect, it } from '@jest/globals';
import { columnsKey, MOST_COLUMNS, readColumns, withColumn, writeColumns } from './log-columns.rules.ts';

describe('the columns of a log', () => {
  it('are kept for the logs they were chosen for, in whatever order those stand', () => {
    const key = columnsKey(['ct_b', 'ct_a']);
    expect(key).toBe(columnsKey(['ct_a', 'ct_b']));
    const kept = { [key]: ['price', 'customer.name'], ct_c: ['x'] };
    expect(readColumns(writeColumns(kept))).toEqual(kept);
    expect(writeColumns({ ct_c: [] })).toBe('{}');
  });

  it('are none where what is kept is not ours', () => {
    for (const text of [null, '', 'x', '[]', '7', '{"a":"b"}', '{"a":[1]}', '{"a":[""]}'])
      expect(readColumns(text)).toEqual({});
  });

  it('are remembered of the logs they were chosen for last', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`ct_${at}`, ['x']]));
    expect(Object.keys(readColumns(writeColumns(many))).slice(0, 1)).toEqual(['ct_50']);
  });

  it('come last, go again, and are not too many', () => {
    expect(withColumn(['a'], 'b')).toEqual(['a', 'b']);
    expect(withColumn(['a', 'b'], 'a')).toEqual(['b']);
    const all = Array.from({ length: MOST_COLUMNS }, (_, at) => `${at}`);
    expect(withColumn(all, 'more')).toBe(all);
    expect(withColumn(all, '3')).toHaveLength(MOST_COLUMNS - 1);
    expect(withColumn([], 'x'.repeat(300))).toEqual([]);
  });
});
