import type { SyncedUser, UserPage, UserSync } from './definition.js';

const PAGE = 500;
/** As many as one run takes. */
const MOST = 10_000;

/** Hands on a list in pages, to the limit; the cursor is how many were handed on before. */
export async function* pagesOf(
  users: Iterable<SyncedUser> | AsyncIterable<SyncedUser>,
  { limit, cursor, signal }: UserSync,
): AsyncGenerator<UserPage> {
  const begin = Number.parseInt(cursor, 10) || 0;
  const end = begin + (limit > 0 ? Math.min(limit, MOST) : MOST);
  let page: SyncedUser[] = [];
  let position = 0;
  for await (const user of users) {
    if (signal.aborted) return;
    if (position === end) {
      yield { users: page, cursor: String(end) };
      return;
    }
    if (position >= begin) page.push(user);
    position += 1;
    if (page.length === PAGE) {
      yield { users: page, cursor: String(position) };
      page = [];
    }
  }
  // All of them: the next run begins at the first again.
  yield { users: page, cursor: '', total: position };
}
