import { describe, expect, it } from '@jest/globals';
import { formatBytes, formatDuration } from './format.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1536, '1.5 KiB'],
    [512 * 1024 ** 2, '512 MiB'],
    [4 * 1024 ** 3, '4 GiB'],
    [0.5, '1 B'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });

  it.each([
    [340, '340 ms'],
    [4_200, '4.2 sec'],
    [185_000, '3 min 5 sec'],
    [7_380_000, '2 hr 3 min'],
  ])('writes a duration of %d ms as %s', (duration, text) => {
    expect(formatDuration(duration, 'en')).toBe(text);
  });

  it('follows the locale', () => {
    expect(formatBytes(1536, 'de')).toBe('1,5 KiB');
  });
});
