import { LogPage, LogTriggerList } from '@bailiwick/contract';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { LogViewer } from '../../../../../features/logs/log-viewer.tsx';
import {
  justAfter,
  type LinkedLine,
  readLinkedLine,
  readSpan,
  toParams,
} from '../../../../../features/logs/log-url.rules.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

const TAIL = '200';
const LINKED_TAIL = '500';
const SPAN_TAIL = '2000';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ContainerLogsPage({ params, searchParams }: Props) {
  const { id } = await params;
  const query = toParams(await searchParams);
  const linked = readLinkedLine(query);
  const span = readSpan(query);
  const [container, page, triggers] = await Promise.all([
    readContainer(id),
    linked
      ? readAround(id, linked)
      : readLog(id, span ? { tail: SPAN_TAIL, until: justAfter(span.to) } : { tail: TAIL }),
    readCore(`/containers/${encodeURIComponent(id)}/logs/triggers`, LogTriggerList),
  ]);
  if (!container.ok) return <Failure error={container.error} level="part" />;
  if (!page.ok) return <Failure error={page.error} level="part" />;
  if (!triggers.ok) return <Failure error={triggers.error} level="part" />;
  // Another linked line is another part of the log.
  return (
    <LogViewer
      key={linked?.cursor ?? linked?.at}
      container={container.value}
      page={page.value}
      linked={linked}
      triggers={triggers.value.items}
    />
  );
}

/** The lines before the linked one; itself and what follows come with the feed, which goes on after the last of these. */
async function readAround(id: string, { at, cursor }: LinkedLine) {
  if (cursor === null) return readLog(id, { tail: LINKED_TAIL, until: at });
  const before = await readLog(id, { tail: LINKED_TAIL, before: cursor });
  // Nothing stands before the first line of a log: then its own moment is asked for.
  return before.ok && before.value.lines.length === 0
    ? readLog(id, { tail: LINKED_TAIL, until: justAfter(at) })
    : before;
}

const readLog = (id: string, query: Record<string, string>) =>
  readCore(`/containers/${encodeURIComponent(id)}/logs?${new URLSearchParams(query)}`, LogPage);
