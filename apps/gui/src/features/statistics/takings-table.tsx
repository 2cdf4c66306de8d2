'use client';

import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerTaking } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { CapacityBar } from '../metrics/capacity-bar.tsx';
import { useUnits } from '../metrics/metric-format.ts';

/** What each container takes of memory and disk, the most first. */
export function TakingsTable({ takings }: { takings: readonly ContainerTaking[] }) {
  const t = useTranslations('statistics');
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = takings.filter(({ name, owner }) =>
    [name, owner?.displayName ?? ''].some((part) => part.toLowerCase().includes(wanted)),
  );
  return (
    <section aria-label={t('takings')}>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h2 className="grow text-lg font-semibold">{t('takings')}</h2>
        {takings.length > 0 && (
          <SearchField label={t('filter')} placeholder={t('filter')} value={text} onSearch={setText} />
        )}
      </div>
      {takings.length === 0 ? (
        <p className="text-fg-2">{t('nothing')}</p>
      ) : shown.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={t('filtered', { text })}
          actions={<Button onClick={() => setText('')}>{t('clear')}</Button>}
        />
      ) : (
        <Table>
          <caption className="sr-only">{t('takings')}</caption>
          <TableHead>
            <tr>
              <HeaderCell>{t('column.name')}</HeaderCell>
              <HeaderCell className="max-md:hidden">{t('column.owner')}</HeaderCell>
              <HeaderCell>{t('column.memory')}</HeaderCell>
              <HeaderCell className="text-end max-md:hidden">{t('column.hostShare')}</HeaderCell>
              <HeaderCell className="text-end max-md:hidden">{t('column.disk')}</HeaderCell>
              <HeaderCell className="text-end max-md:hidden">{t('column.data')}</HeaderCell>
              <HeaderCell className="max-lg:hidden">{t('column.workspace')}</HeaderCell>
            </tr>
          </TableHead>
          <tbody>
            {shown.map((taking) => (
              <Taking key={taking.id} taking={taking} />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function Taking({ taking }: { taking: ContainerTaking }) {
  const t = useTranslations('statistics');
  const locale = useLocale();
  const format = useFormatter();
  const { id, name, owner, hostShare, diskBytes, volumeBytes, workspace } = taking;
  return (
    <TableRow data-taking={name}>
      <TableCell translate="no" className="min-w-0 break-words">
        <Link href={`/containers/${id}/stats`} className="text-accent-text hover:underline">
          {name}
        </Link>
      </TableCell>
      <TableCell translate="no" className="max-md:hidden">
        {owner?.displayName ?? t('unknown')}
      </TableCell>
      <TableCell className="min-w-36 py-2 tabular-nums">
        <Memory taking={taking} />
      </TableCell>
      <TableCell className="text-end tabular-nums max-md:hidden">
        {hostShare === null
          ? t('unknown')
          : format.number(hostShare, { style: 'percent', maximumSignificantDigits: 2 })}
      </TableCell>
      <TableCell className="text-end tabular-nums max-md:hidden">
        {diskBytes === null ? t('unknown') : formatBytes(diskBytes, locale)}
      </TableCell>
      <TableCell className="text-end tabular-nums max-md:hidden">
        {volumeBytes === null ? t('unknown') : formatBytes(volumeBytes, locale)}
      </TableCell>
      <TableCell translate="no" className="max-lg:hidden font-mono text-xs break-all">
        {workspace ?? t('unknown')}
      </TableCell>
    </TableRow>
  );
}

function Memory({ taking: { memoryBytes, memoryLimitBytes } }: { taking: ContainerTaking }) {
  const t = useTranslations('statistics');
  const locale = useLocale();
  const { percent } = useUnits();
  if (memoryBytes === null) return t('unknown');
  const used = formatBytes(memoryBytes, locale);
  if (memoryLimitBytes === null) return t('noLimit', { used });
  return (
    <CapacityBar
      name={percent((memoryBytes / memoryLimitBytes) * 100)}
      used={memoryBytes}
      total={memoryLimitBytes}
      text={t('of', { used, limit: formatBytes(memoryLimitBytes, locale) })}
    />
  );
}
