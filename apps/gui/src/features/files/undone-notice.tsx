'use client';

import { useTranslations } from 'next-intl';
import { Banner } from '../../ui/banner.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import type { Undone } from './file-changes.ts';

/** Which of several could not be done, each with its reason. */
export function UndoneNotice({ undone }: { undone: readonly Undone[] }) {
  const t = useTranslations('files.undone');
  const words = useErrorWords();
  if (undone.length === 0) return null;
  return (
    <Banner tone="danger" title={t('title', { count: undone.length })}>
      <ul className="max-h-40 overflow-y-auto">
        {undone.map(({ entry, error }) => (
          <li key={entry.name} className="break-words">
            <span translate="no" className="font-mono text-xs">
              {entry.name}
            </span>{' '}
            {words(error.envelope).text}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
