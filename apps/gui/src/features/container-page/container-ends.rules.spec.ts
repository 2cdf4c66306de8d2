import { describe, expect, it } from '@jest/globals';
import messages from '../../../messages/en/containers.json' with { type: 'json' };
import { endWord, ranForMs } from './container-ends.rules.ts';

const end = { exitCode: 0, oomKilled: false, asked: null };
const asked = { action: 'stop' as const, by: { id: 'usr_aaaaaaaaaaaaaaaa' as const, displayName: 'Ada' } };

describe('how a run ended', () => {
  it.each([
    [0, 'codes.0', 'stopped'],
    [1, 'other', 'bad'],
    [137, 'codes.137', 'bad'],
    [139, 'codes.139', 'bad'],
    [143, 'codes.143', 'bad'],
    [192, 'signal', 'bad'],
    [255, 'other', 'bad'],
    [null, 'unknown', 'unknown'],
  ] as const)('code %p is said as %s, as %s', (exitCode, key, icon) => {
    expect(endWord({ ...end, exitCode })).toMatchObject({ key, icon });
  });

  it('says that memory ran out before anything else, and takes what was asked for as no alarm', () => {
    expect(endWord({ exitCode: 137, oomKilled: true, asked })).toMatchObject({ key: 'outOfMemory', icon: 'bad' });
    expect(endWord({ ...end, exitCode: 137, asked })).toMatchObject({ key: 'codes.137', icon: 'stopped' });
  });

  it('has a word for each code it names', () => {
    const words = Object.keys(messages.ends.codes).map(Number);
    for (let code = 0; code < 256; code++)
      expect([code, endWord({ ...end, exitCode: code }).key === `codes.${code}`]).toEqual([code, words.includes(code)]);
  });
});

it('tells how long it ran only where somebody saw it start', () => {
  const endedAt = '2026-01-01T00:01:30.000Z';
  expect(ranForMs({ startedAt: '2026-01-01T00:00:00.000Z', endedAt })).toBe(90_000);
  expect(ranForMs({ startedAt: null, endedAt })).toBeNull();
});
