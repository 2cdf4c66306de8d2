'use client';

import { useTranslations } from 'next-intl';
import type { FileList } from '@bailiwick/contract';

/** Under the list: how many, what is not shown, and how it was read. */
export function FileStatus({ list, shown }: { list: FileList; shown: number }) {
  const t = useTranslations('files.status');
  const total = list.items.length;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-1 py-2 text-xs text-fg-3 tabular-nums">
      <span role="status">{shown === total ? t('items', { total }) : t('shown', { shown, total })}</span>
      {list.hidden > 0 && <span>{t('hidden', { count: list.hidden })}</span>}
      <span className="ms-auto">{t(`by.${list.by}`)}</span>
    </div>
  );
}
