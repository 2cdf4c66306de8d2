import { LogPage } from '@bailiwick/contract';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { LogViewer } from '../../../../../features/logs/log-viewer.tsx';
import { justAfter, readLinkedLine } from '../../../../../features/logs/log-url.rules.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

const TAIL = 200;
const LINKED_TAIL = 500;

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ContainerLogsPage({ params, searchParams }: Props) {
  const { id } = await params;
  const linked = readLinkedLine(toParams(await searchParams));
  const range = linked ? `tail=${LINKED_TAIL}&until=${justAfter(linked.at)}` : `tail=${TAIL}`;
  const [container, page] = await Promise.all([
    readContainer(id),
    readCore(`/containers/${encodeURIComponent(id)}/logs?${range}`, LogPage),
  ]);
  if (!container.ok) return <Failure error={container.error} level="part" />;
  if (!page.ok) return <Failure error={page.error} level="part" />;
  return <LogViewer container={container.value} page={page.value} linked={linked} />;
}

const toParams = (query: Record<string, string | string[] | undefined>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
