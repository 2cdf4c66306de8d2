import { describe, expect, it } from '@jest/globals';
import { TriggerWatch } from './log-triggers.rules.ts';

const line = (text: string, cursor = '1') => ({ text, cursor, at: '2026-11-28T00:00:00Z' });
const foundIn = (patterns: string[], ...texts: string[]) => {
  const watch = new TriggerWatch(patterns);
  texts.forEach((text, at) => watch.look(line(text, String(at))));
  return watch.found.map(({ index, cursor }) => [index, cursor]);
};

describe('what a preset finds worth telling', () => {
  it('is found in the newest line that says it, whatever its colours', () => {
    expect(
      foundIn(['EULA', 'Done \\([0-9.]+s\\)!'], 'agree to the \u001b[31mEU\u001b[0mLA', 'x', 'Done (1.2s)!', 'EULA'),
    ).toEqual([
      [1, '2'],
      [0, '3'],
    ]);
    expect(foundIn([], 'EULA')).toEqual([]);
  });

  it('is looked for at the beginning of a line only', () => {
    expect(foundIn(['late'], `${'x'.repeat(290)}late`, `${'x'.repeat(400)}late`)).toEqual([[0, '0']]);
  });

  it('is not looked for where that could take for ever', () => {
    expect(foundIn(['a*b*c*d*', 'a*b*c*', '\\*\\*\\*\\*x', '[*+]{1,}[*+*]y'], 'abcd ****x ++y')).toEqual([
      [1, '0'],
      [2, '0'],
      [3, '0'],
    ]);
    const startedAt = performance.now();
    expect(foundIn(['.*.*.*=$', '('], 'x'.repeat(500), 'y'.repeat(500))).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });

  it('is looked for no more once it took too long', () => {
    let now = 0;
    const watch = new TriggerWatch(['slow'], () => (now += 30));
    watch.look(line('slow'));
    expect(watch.found).toHaveLength(1);
    const slower = new TriggerWatch(['slow'], () => (now += 60));
    slower.look(line('fast'));
    slower.look(line('slow'));
    expect(slower.found).toEqual([]);
  });
});
