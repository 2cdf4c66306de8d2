'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Operation } from '@bailiwick/contract';
import { useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { mergeLive, newestFirst } from '../operations/operation.rules.ts';
import { OperationRow } from '../operations/operation-row.tsx';
import { HomeSection } from './home-section.tsx';

const SHOWN = 5;

/** What was done last, as far as the reader sees it. */
export function RecentWork({ initial }: { initial: readonly Operation[] }) {
  const t = useTranslations('home');
  return (
    <HomeSection
      title={t('work')}
      more={
        <Link href="/activity" className="inline-flex min-h-6 items-center text-accent-text hover:underline">
          {t('allWork')}
        </Link>
      }
    >
      <WorkList initial={initial} />
    </HomeSection>
  );
}

/** The same without its heading. */
export function WorkList({ initial, most = SHOWN }: { initial: readonly Operation[]; most?: number }) {
  const t = useTranslations('home');
  const live = useLiveItems(useLiveList('operations', initial), initial);
  const shown = newestFirst(mergeLive(initial, live)).slice(0, most);
  return shown.length === 0 ? (
    <p className="text-fg-2">{t('noWork')}</p>
  ) : (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface-1 px-4">
      {shown.map((operation) => (
        <li key={operation.id}>
          <OperationRow operation={operation} onFollow={() => undefined} />
        </li>
      ))}
    </ul>
  );
}
