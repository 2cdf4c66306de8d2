import { describe, expect, it } from '@jest/globals';
import { wordOf } from './container-activity.rules.ts';

describe('the activity of a container', () => {
  it('has words for what it knows and none for the rest', () => {
    expect(wordOf('containers.kill')).toBe('kill');
    expect(wordOf('toString')).toBeUndefined();
  });
});
