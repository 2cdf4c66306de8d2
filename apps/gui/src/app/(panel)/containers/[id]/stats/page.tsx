import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ContainerConfiguration, ContainerEnds, ContainerHistory, MetricsRange } from '@bailiwick/contract';
import { AdviceSection } from '../../../../../features/advice/advice-section.tsx';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { ContainerStats } from '../../../../../features/metrics/container-stats.tsx';
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
  return container.ok ? { title: `${container.value.name} · ${t('stats')}` } : {};
}

export default async function ContainerStatsPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  // An address somebody changed by hand shows the usual.
  const range = MetricsRange.safeParse(query['range']).data ?? '1h';
  const [container, history] = await Promise.all([
    readContainer(id),
    readCore(`/containers/${encodeURIComponent(id)}/metrics?range=${range}`, ContainerHistory),
  ]);
  if (!container.ok) return <Failure error={container.error} level="part" />;
  if (!history.ok) return <Failure error={history.error} level="part" />;
  const { can } = container.value.rights;
  const [ends, configuration] = await Promise.all([
    can.includes('containers.activity') ? readCore(`/containers/${container.value.id}/ends`, ContainerEnds) : null,
    can.includes('containers.settingsSee')
      ? readCore(`/containers/${container.value.id}/configuration`, ContainerConfiguration)
      : null,
  ]);
  // What cannot be read marks nothing: the figures are there all the same.
  const past = {
    ends: ends?.ok ? ends.value.items : null,
    versions: configuration?.ok ? configuration.value.versions : null,
  };
  return (
    <div className="flex flex-col gap-4">
      <AdviceSection container={container.value.id} />
      <ContainerStats key={range} container={container.value} range={range} history={history.value} past={past} />
    </div>
  );
}
