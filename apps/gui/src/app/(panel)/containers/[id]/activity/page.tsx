import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditList, EngineEventList } from '@bailiwick/contract';
import { BlackBoxes } from '../../../../../features/black-boxes/black-boxes.tsx';
import { ContainerActivity } from '../../../../../features/container-page/container-activity.tsx';
import { EngineEventsCard } from '../../../../../features/engine-events/engine-events-card.tsx';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { RecordingsSection } from '../../../../../features/recordings/recordings-section.tsx';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  const [t, container] = await Promise.all([
    getTranslations('containers.page'),
    params.then(({ id }) => readContainer(id)),
  ]);
  return container.ok ? { title: `${container.value.name} · ${t('activity')}` } : {};
}

export default async function ContainerActivityPage({ params, searchParams }: Props) {
  const [{ id }, { cursor }] = await Promise.all([params, searchParams]);
  const container = await readContainer(id);
  if (!container.ok) return null;
  const query = typeof cursor === 'string' ? `?cursor=${encodeURIComponent(cursor)}` : '';
  const [list, events] = await Promise.all([
    readCore(`/containers/${container.value.id}/activity${query}`, AuditList),
    readCore(`/events?container=${container.value.id}`, EngineEventList),
  ]);
  if (!list.ok) return <Failure level="part" error={list.error} />;
  if (!events.ok) return <Failure level="part" error={events.error} />;
  const { nextCursor } = list.value;
  const older = nextCursor === undefined ? null : `/containers/${id}/activity?cursor=${encodeURIComponent(nextCursor)}`;
  return (
    <>
      {query === '' && (
        <div className="mb-4 max-w-4xl empty:hidden">
          <BlackBoxes of={{ path: `/containers/${container.value.id}`, stand: container.value.finishedAt }} />
        </div>
      )}
      {query === '' && <RecordingsSection containerId={container.value.id} />}
      {query === '' && <EngineEventsCard whose={{ container: container.value.id }} read={events.value} />}
      <ContainerActivity list={list.value} olderHref={older} />
    </>
  );
}
