import { describe, expect, it } from '@jest/globals';
import errors from '../../../messages/en/errors.json' with { type: 'json' };
import { toWordParams } from './error-words.rules.ts';

/** Given by the hook beside the others, as a list of names. */
const GIVEN = [...Object.keys(toWordParams({}, 'en')), 'missing'];

describe('what is more than a quota lets be', () => {
  it('is said with its numbers, in the units people read', () => {
    const exceeded = [{ what: 'memoryBytes', limit: 2 ** 30, used: 0, wanted: 2 ** 31 }, { what: 'cpus' }];
    expect(toWordParams({ exceeded }, 'en')).toMatchObject({
      what: 'memoryBytes',
      limit: '1 GiB',
      used: '0 B',
      wanted: '2 GiB',
    });
    expect(toWordParams({ exceeded: [{ what: 'cpus', limit: 1.5, used: 1, wanted: 1 }] }, 'de').limit).toBe('1,5');
  });

  it('is nothing where nothing of the kind was sent', () => {
    for (const exceeded of [undefined, [], 'much', [null], [{ limit: 1 }]])
      expect(toWordParams({ exceeded }, 'en').what).toBe('none');
  });
});

describe('the sentences of failures', () => {
  it.each(Object.entries(errors))('%s asks for nothing that they are not given', (_, { text, hint }) => {
    const asked = [...`${text} ${hint}`.matchAll(/\{(\w+)(?:\}|, (?:select|plural|number))/g)].map(([, name]) => name);
    expect(asked.filter((name) => !GIVEN.includes(name ?? ''))).toEqual([]);
  });
});
