'use client';

import { useTranslations } from 'next-intl';
import type { Container, Environment, Operation } from '@bailiwick/contract';
import { useFollowed, useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { AdviceSection } from '../advice/advice-section.tsx';
import { useMe } from '../identity/me.tsx';
import { PinnedSection } from '../pins/pinned-section.tsx';
import { AttentionList } from './attention-list.tsx';
import { EnvironmentStrip } from './environment-strip.tsx';
import { HostCharts } from './host-charts.tsx';
import { HomeSection } from './home-section.tsx';
import { RecentWork } from './recent-work.tsx';

interface Props {
  containers: readonly Container[];
  environments: readonly Environment[];
  operations: readonly Operation[];
}

/** Is anything wrong, and what is being done? */
export function StaffHome({ containers: first, environments: firstEnvironments, operations: firstWork }: Props) {
  const t = useTranslations('home');
  const { user } = useMe();
  const containers = useFollowed('containers', first);
  const environments = useFollowed('environments', firstEnvironments);
  const operations = useLiveItems(useLiveList('operations', firstWork), firstWork);
  return (
    <>
      <PageHeader title={t('hello', { name: user.displayName })} />
      <div className="flex flex-col gap-8">
        <HomeSection title={t('attention')}>
          <AttentionList containers={containers} environments={environments} operations={operations} />
        </HomeSection>
        <HomeSection title={t('environments')}>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] gap-3">
            {environments.map((environment) => (
              <li key={environment.id}>
                <EnvironmentStrip environment={environment} />
              </li>
            ))}
          </ul>
        </HomeSection>
        <PinnedSection containers={containers} />
        <AdviceSection />
        <RecentWork initial={firstWork} />
        {environments.map((environment) => (
          <HostCharts key={environment.id} environment={environment} />
        ))}
      </div>
    </>
  );
}
