import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { issueWords } from './issue-words.rules.js';

const Tea = z.strictObject({
  name: z.string().min(1).max(5).optional(),
  cups: z.int().min(1).max(10).optional(),
  sort: z.enum(['green', 'black']).optional(),
  tags: z.array(z.string()).min(1).optional(),
  notes: z.record(z.string().regex(/^[a-z]+$/, 'Use small letters.'), z.string()).optional(),
  form: z.discriminatedUnion('type', [z.object({ type: z.literal('leaf') }), z.object({ type: z.literal('bag') })]).optional(), // prettier-ignore
  code: z.string().regex(/^x$/, 'Say x.').optional(),
});
const said = (value: unknown, schema: z.ZodType = Tea) =>
  schema.safeParse(value, { error: issueWords }).error?.issues.map(({ message }) => message);

describe('what is wrong with a value', () => {
  it.each([
    [{ name: 5 }, 'This takes a text and is a number.'],
    [{ name: '' }, 'This may not be empty.'],
    [{ name: 'darjeeling' }, 'This takes at most 5 characters.'],
    [{ cups: 0 }, 'This takes at least 1.'],
    [{ cups: 11 }, 'This takes at most 10.'],
    [{ cups: '2' }, 'This takes a number and is a text.'],
    [{ cups: 1.5 }, 'This takes a whole number and is a number with a fraction.'],
    [{ sort: 'red' }, 'This takes one of green, black.'],
    [{ tags: [] }, 'This takes at least 1 entry.'],
    [{ tags: null }, 'This takes a list in [ ] and is null.'],
    [{ notes: { A: '' } }, 'This name cannot be used. Use small letters.'],
    [{ form: { type: 'dust' } }, 'This takes one of leaf, bag.'],
    [{ form: [] }, 'This takes fields in { } and is a list in [ ].'],
    [{ milk: true, sugar: 1 }, 'There is no field milk, sugar here.'],
  ])('in %j is said in a sentence, with what would be right', (value, sentence) => {
    expect(said(value)).toEqual([sentence]);
  });

  it('is what the format would be', () => {
    expect(said({ at: 'nowhere' }, z.object({ at: z.url() }))).toEqual(['This takes an address such as https://example.org.']); // prettier-ignore
  });

  it('is what is missing', () => {
    expect(said({}, z.object({ name: z.string() }))).toEqual(['This is missing. It takes a text.']);
  });

  it('stays as the schema says it where it says it', () => expect(said({ code: 'y' })).toEqual(['Say x.']));

  it('never repeats what was typed', () => {
    for (const field of Object.keys(Tea.shape)) expect(String(said({ [field]: 'hunter2' }))).not.toContain('hunter2');
  });
});
