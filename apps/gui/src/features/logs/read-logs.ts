import 'server-only';
import { type ErrorEnvelope, KeptLogItem, KeptLogPage, type LogFrameRow, LogPage } from '@bailiwick/contract';
import { readCore } from '../../lib/core.ts';
import { readContainer } from '../container-page/read-container.ts';
import { justAfter } from './log-url.rules.ts';
import { MOST_SOURCES, type ViewedLog } from './together.rules.ts';

const TAIL = '200';
const AROUND_TAIL = '500';
const MOST_TAIL = '2000';
/** Lines between a moment before the log began and its newest ones were not read. */
const NOT_READ: LogFrameRow = { type: 'gap', lines: null, reason: 'unknown' };

type Read = { ok: true; log: ViewedLog } | { ok: false; error: ErrorEnvelope };

type ReadRows =
  | { ok: true; value: Pick<ViewedLog, 'rows' | 'more'> }
  | Extract<Awaited<ReturnType<typeof readContainer>>, { ok: false }>;
type Asking = (query: Record<string, string>) => Promise<ReadRows>;

/** Each log as far as it can be read, as it stood at a moment or as it stands now; where the container is gone, what was kept. */
export async function readLogs(ids: readonly string[], moment: string | null) {
  const wanted = [...new Set(ids)].slice(0, MOST_SOURCES);
  const read = await Promise.all(wanted.map((id) => readLog(id, moment)));
  const logs = read.flatMap((each) => (each.ok ? [each.log] : []));
  const error = read.flatMap((each) => (each.ok ? [] : [each.error])).at(0);
  return { logs, lost: read.length - logs.length, error };
}

async function readLog(id: string, moment: string | null): Promise<Read> {
  const at = encodeURIComponent(id);
  const container = await readContainer(id);
  if (!container.ok) return container.error.code === 'not_found' ? readKept(at, moment) : container;
  const page = await readRows(moment, async (query) => {
    const read = await readCore(`/containers/${at}/logs?${new URLSearchParams(query)}`, LogPage);
    if (!read.ok) return read;
    const { lines, more } = read.value;
    return { ok: true, value: { rows: lines.map((line) => ({ type: 'line' as const, ...line })), more } };
  });
  if (!page.ok) return page;
  const { id: known, name, rights } = container.value;
  return { ok: true, log: { id: known, name, rights, kept: false, ...page.value } };
}

async function readKept(at: string, moment: string | null): Promise<Read> {
  const item = await readCore(`/kept-logs/${at}`, KeptLogItem);
  if (!item.ok) return item;
  const page = await readRows(moment, (query) =>
    readCore(`/kept-logs/${at}/lines?${new URLSearchParams(query)}`, KeptLogPage),
  );
  if (!page.ok) return page;
  const { id, name, rights } = item.value;
  return { ok: true, log: { id, name, rights, kept: true, ...page.value } };
}

/** What follows a moment comes with the feed, which goes on after the last line before it; where there is none, all since then is read. */
async function readRows(moment: string | null, ask: Asking): Promise<ReadRows> {
  if (moment === null) return ask({ tail: TAIL });
  const before = await ask({ tail: AROUND_TAIL, until: justAfter(moment) });
  if (!before.ok || before.value.rows.length > 0) return before;
  const since = await ask({ tail: MOST_TAIL, since: moment });
  if (!since.ok || !since.value.more) return since;
  return { ok: true, value: { rows: [NOT_READ, ...since.value.rows], more: false } };
}
