'use client';

import { Server } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Environment } from '@bailiwick/contract';
import { useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EnvironmentCard } from './environment-card.tsx';

export function EnvironmentsPage({ initial }: { initial: readonly Environment[] }) {
  const t = useTranslations('environments');
  const environments = useLiveItems(useLiveList('environments', initial), initial);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {environments.length === 0 ? (
        <EmptyState icon={Server} title={t('empty.title')}>
          <p>{t('empty.hint')}</p>
        </EmptyState>
      ) : (
        <ul className="grid gap-4 xl:grid-cols-2">
          {environments.map((environment) => (
            <li key={environment.id} className="min-w-0">
              <EnvironmentCard environment={environment} href={`/environments/${environment.id}`} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
