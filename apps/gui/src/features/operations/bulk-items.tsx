'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { BulkResult } from '@bailiwick/contract';
import { StatusBadge } from '../../ui/badge.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { useErrorWords } from '../shell/error-words.ts';

/** The answer of every container a bulk action reached, failures first. */
export function BulkItems({ items }: { items: BulkResult['items'] }) {
  const t = useTranslations('operations.page');
  const toWords = useErrorWords();
  const ordered = [...items].sort((a, b) => Number(a.ok) - Number(b.ok));
  return (
    <section aria-label={t('items')}>
      <h2 className="mb-2 text-md font-semibold">{t('items')}</h2>
      <Table>
        <caption className="sr-only">{t('items')}</caption>
        <TableHead>
          <tr>
            <HeaderCell>{t('target')}</HeaderCell>
            <HeaderCell>{t('outcome')}</HeaderCell>
          </tr>
        </TableHead>
        <tbody>
          {ordered.map(({ id, name, ok, error }) => (
            <TableRow key={id} data-slot="bulk-item" data-ok={ok}>
              <TableCell>
                <Link
                  href={`/containers/${id}`}
                  prefetch={false}
                  translate="no"
                  className="inline-flex min-h-6 items-center font-medium hover:underline"
                >
                  {name ?? id}
                </Link>
              </TableCell>
              <TableCell>
                <StatusBadge icon={ok ? 'good' : 'bad'} className="align-middle whitespace-normal">
                  {ok || error === null ? t('itemDone') : toWords(error).text}
                </StatusBadge>
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
