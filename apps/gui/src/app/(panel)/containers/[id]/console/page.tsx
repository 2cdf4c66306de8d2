import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ContainerConsole, LogPage, LogTriggerList } from '@bailiwick/contract';
import { ConsolePage } from '../../../../../features/console/console-page.tsx';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

const TAIL = '200';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, container] = await Promise.all([
    getTranslations('containers.page'),
    params.then(({ id }) => readContainer(id)),
  ]);
  return container.ok ? { title: `${container.value.name} · ${t('console')}` } : {};
}

export default async function ContainerConsolePage({ params }: Props) {
  const container = await readContainer((await params).id);
  if (!container.ok) return null;
  const { id, rights } = container.value;
  const first = await readCore(`/containers/${id}/console`, ContainerConsole);
  if (!first.ok) return <Failure level="part" error={first.error} />;
  if (!rights.can.includes('containers.logs'))
    return <ConsolePage key={id} container={container.value} first={first.value} log={null} />;
  const [page, triggers] = await Promise.all([
    readCore(`/containers/${id}/logs?${new URLSearchParams({ tail: TAIL })}`, LogPage),
    readCore(`/containers/${id}/logs/triggers`, LogTriggerList),
  ]);
  if (!page.ok) return <Failure level="part" error={page.error} />;
  if (!triggers.ok) return <Failure level="part" error={triggers.error} />;
  const log = { page: page.value, triggers: triggers.value.items };
  return <ConsolePage key={id} container={container.value} first={first.value} log={log} />;
}
