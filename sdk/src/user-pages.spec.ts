import { describe, expect, it } from '@jest/globals';
import type { SyncedUser, UserPage } from './definition.js';
import { pagesOf } from './user-pages.js';

const people = (count: number): SyncedUser[] =>
  Array.from({ length: count }, (_, at) => ({ username: `person${at}`, tenant: 'default' }));
const asked = (limit = 0, cursor = '', signal = new AbortController().signal) => ({
  dryRun: true,
  options: {},
  limit,
  cursor,
  signal,
});
const read = async (pages: AsyncIterable<UserPage>) => {
  const all: UserPage[] = [];
  for await (const page of pages) all.push(page);
  return { names: all.flatMap(({ users }) => users.map(({ username }) => username)), last: all.at(-1) };
};

describe('users in pages', () => {
  it('are all there, and the cursor begins at the first again', async () => {
    const { names, last } = await read(pagesOf(people(1201), asked()));
    expect(names).toHaveLength(1201);
    expect(last).toMatchObject({ cursor: '', total: 1201 });
  });

  it('end at the limit and go on from the cursor', async () => {
    const first = await read(pagesOf(people(5), asked(2)));
    expect(first.names).toEqual(['person0', 'person1']);
    const second = await read(pagesOf(people(5), asked(2, first.last?.cursor)));
    expect(second.names).toEqual(['person2', 'person3']);
    const third = await read(pagesOf(people(5), asked(2, second.last?.cursor)));
    expect(third.names).toEqual(['person4']);
    expect(third.last?.cursor).toBe('');
  });

  it('begin at the first for a cursor nobody gave', async () => {
    expect((await read(pagesOf(people(2), asked(0, 'x')))).names).toHaveLength(2);
  });

  it('stop when nobody waits any longer', async () => {
    const abort = new AbortController();
    abort.abort();
    expect((await read(pagesOf(people(5), asked(0, '', abort.signal)))).names).toEqual([]);
  });
});
