import 'server-only';
import { type ErrorEnvelope, KeptLogItem, KeptLogPage, LogPage } from '@bailiwick/contract';
import { readCore } from '../../lib/core.ts';
import { readContainer } from '../container-page/read-container.ts';
import { MOST_SOURCES, type ViewedLog } from './together.rules.ts';

const TAIL = 'tail=200';

type Read = { ok: true; log: ViewedLog } | { ok: false; error: ErrorEnvelope };

/** Each log as far as it can be read; where the container is gone, what was kept. */
export async function readLogs(ids: readonly string[]) {
  const wanted = [...new Set(ids)].slice(0, MOST_SOURCES);
  const read = await Promise.all(wanted.map(readLog));
  const logs = read.flatMap((each) => (each.ok ? [each.log] : []));
  const error = read.flatMap((each) => (each.ok ? [] : [each.error])).at(0);
  return { logs, lost: read.length - logs.length, error };
}

async function readLog(id: string): Promise<Read> {
  const at = encodeURIComponent(id);
  const container = await readContainer(id);
  if (!container.ok) return container.error.code === 'not_found' ? readKept(at) : container;
  const page = await readCore(`/containers/${at}/logs?${TAIL}`, LogPage);
  if (!page.ok) return page;
  const { lines, more } = page.value;
  const rows = lines.map((line) => ({ type: 'line' as const, ...line }));
  const { id: known, name, rights } = container.value;
  return { ok: true, log: { id: known, name, rights, kept: false, rows, more } };
}

async function readKept(at: string): Promise<Read> {
  const item = await readCore(`/kept-logs/${at}`, KeptLogItem);
  if (!item.ok) return item;
  const page = await readCore(`/kept-logs/${at}/lines?${TAIL}`, KeptLogPage);
  if (!page.ok) return page;
  const { id, name, rights } = item.value;
  return { ok: true, log: { id, name, rights, kept: true, ...page.value } };
}
