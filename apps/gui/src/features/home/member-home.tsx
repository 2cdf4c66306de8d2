'use client';

import { Box } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { CatalogueEntry, Container, Environment, Operation } from '@bailiwick/contract';
import { useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AdviceSection } from '../advice/advice-section.tsx';
import { EngineBanners } from '../containers/engine-banners.tsx';
import { usePower } from '../containers/use-power.tsx';
import { useMe } from '../identity/me.tsx';
import { PinnedSection } from '../pins/pinned-section.tsx';
import { OwnRequests } from './own-requests.tsx';
import { RecentWork } from './recent-work.tsx';
import { HomeSection } from './home-section.tsx';
import { Suggestions } from './suggestions.tsx';
import { ThingCard } from './thing-card.tsx';

interface Props {
  containers: readonly Container[];
  environments: readonly Environment[];
  /** Null where they may not see operations. */
  operations: readonly Operation[] | null;
  /** Empty where they may not deploy. */
  suggestions: readonly CatalogueEntry[];
}

/** The first page of whoever has a few things and a few rights. */
export function MemberHome({ containers: initial, environments, operations, suggestions }: Props) {
  const t = useTranslations('home');
  const { user } = useMe();
  const list = useLiveList('containers', initial);
  const live = useLiveItems(list, initial);
  const things = (list.since === null ? initial : live).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const power = usePower(list);
  const usage = useLiveList('usage', []);
  return (
    <>
      <PageHeader title={t('hello', { name: user.displayName })} />
      <EngineBanners environments={environments} />
      <div className="flex flex-col gap-8">
        <PinnedSection containers={things} />
        <HomeSection title={t('things')} count={things.length}>
          {things.length === 0 ? (
            <EmptyState icon={Box} title={t('nothingShared')}>
              <p>{t(suggestions.length > 0 ? 'nothingSharedDeploy' : 'nothingSharedText')}</p>
            </EmptyState>
          ) : (
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] gap-3">
              {things.map((container) => (
                <li key={container.id}>
                  <ThingCard container={container} usage={usage} onAsk={power.ask} />
                </li>
              ))}
            </ul>
          )}
        </HomeSection>
        <AdviceSection />
        <OwnRequests />
        {operations !== null && <RecentWork initial={operations} />}
        <Suggestions entries={suggestions} />
      </div>
      {power.dialog}
    </>
  );
}
