import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ContainerConfiguration, ContainerThresholdList } from '@bailiwick/contract';
import { ConfigurationTab } from '../../../../../features/configurations/configuration-tab.tsx';
import { proposedIn } from '../../../../../features/configurations/configuration-form.rules.ts';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { OwnThresholds } from '../../../../../features/thresholds/own-thresholds.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, container] = await Promise.all([
    getTranslations('containers.page'),
    params.then(({ id }) => readContainer(id)),
  ]);
  return container.ok ? { title: `${container.value.name} · ${t('settings')}` } : {};
}

export default async function ContainerSettingsPage({ params, searchParams }: Props) {
  const container = await readContainer((await params).id);
  // The layout shows why there is nothing here.
  if (!container.ok) return null;
  const [configuration, thresholds] = await Promise.all([
    readCore(`/containers/${container.value.id}/configuration`, ContainerConfiguration),
    readCore(`/containers/${container.value.id}/thresholds`, ContainerThresholdList),
  ]);
  if (!configuration.ok) return <Failure level="part" error={configuration.error} />;
  return (
    <>
      <ConfigurationTab
        key={container.value.id}
        container={container.value}
        first={configuration.value}
        proposed={proposedIn(await searchParams)}
      />
      {thresholds.ok && <OwnThresholds container={container.value} first={thresholds.value.items} />}
    </>
  );
}
