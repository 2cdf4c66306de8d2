'use client';

import { Table2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { EmptyState } from '../../ui/face.tsx';
import { readTable } from './previews.rules.ts';

interface Props {
  name: string;
  text: string;
  /** Only a part of the file was read. */
  truncated: boolean;
}

/** A text of values parted by a sign, as a table to look at. */
export function TableView({ name, text, truncated }: Props) {
  const t = useTranslations('previews');
  const { head, rows, more } = useMemo(() => readTable(text), [text]);
  if (head.length === 0) return <EmptyState icon={Table2} title={t('tableEmpty')} />;
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label={t('tableCaption', { name })}
      className="min-h-0 grow overflow-auto focus-visible:-outline-offset-2"
    >
      <table translate="no" className="border-separate border-spacing-0 text-xs" data-slot="text-table">
        <caption className="sr-only">{t('tableCaption', { name })}</caption>
        <thead>
          <tr>
            {head.map((value, column) => (
              <th
                key={column}
                scope="col"
                className="sticky top-0 border-e border-b border-line bg-surface-2 px-2 py-1 text-start font-medium whitespace-pre"
              >
                {value}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((value, column) => (
                <td key={column} className="max-w-96 truncate border-e border-b border-line px-2 py-1" title={value}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(more || truncated) && <p className="p-2 text-xs text-fg-3">{t('tableMore', { count: rows.length })}</p>}
    </div>
  );
}
