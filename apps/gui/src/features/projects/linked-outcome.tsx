'use client';

import { useTranslations } from 'next-intl';
import type { Linked } from '@bailiwick/contract';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { inOrderOfOutcome, type LinkOutcome } from './linked.rules.ts';

const ICONS: Record<LinkOutcome, StatusIcon> = {
  linked: 'good',
  unlinked: 'good',
  skipped: 'stopped',
  missing: 'bad',
  refused: 'bad',
};

/** What came of each container, in words. */
export function LinkedOutcome({ items }: { items: Linked['items'] }) {
  const t = useTranslations('projects.link');
  return (
    <ul aria-label={t('results')} tabIndex={0} className="max-h-72 overflow-y-auto rounded-md border border-line">
      {inOrderOfOutcome(items).map(({ id, name, outcome }) => (
        <li key={id} className="border-t border-line px-3 py-2 first:border-t-0">
          <p translate="no" className="font-medium break-words">
            {name ?? id}
          </p>
          <StatusBadge icon={ICONS[outcome]}>{t(`outcome.${outcome}`)}</StatusBadge>
        </li>
      ))}
    </ul>
  );
}
