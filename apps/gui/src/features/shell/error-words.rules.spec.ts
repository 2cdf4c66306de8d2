import { describe, expect, it } from '@jest/globals';
import errors from '../../../messages/en/errors.json' with { type: 'json' };
import { toWordParams } from './error-words.rules.ts';

/** Given by the hook beside the others, as a list of names. */
const GIVEN = [...Object.keys(toWordParams({})), 'missing'];

describe('the sentences of failures', () => {
  it.each(Object.entries(errors))('%s asks for nothing that they are not given', (_, { text, hint }) => {
    const asked = [...`${text} ${hint}`.matchAll(/\{(\w+)(?:\}|, (?:select|plural|number))/g)].map(([, name]) => name);
    expect(asked.filter((name) => !GIVEN.includes(name ?? ''))).toEqual([]);
  });
});
