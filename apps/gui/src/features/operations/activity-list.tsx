'use client';

import { Activity } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Operation } from '@bailiwick/contract';
import { useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Progress } from '../../ui/progress.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import {
  ACTIVITY_FILTERS,
  type ActivityFilter,
  isEnded,
  isIn,
  mergeLive,
  newestFirst,
  percentOf,
} from './operation.rules.ts';
import { Duration } from './operation-row.tsx';
import { OperationStatus } from './operation-status.tsx';
import { useOperationTitle } from './operation-words.ts';

interface Props {
  initial: readonly Operation[];
  filter: ActivityFilter;
  olderHref: string | null;
}

/** What was started on this panel: what runs, what ended, what failed. */
export function ActivityList({ initial, filter, olderHref }: Props) {
  const t = useTranslations('operations');
  const live = useLiveItems(useLiveList('operations', initial), initial);
  const shown = newestFirst(mergeLive(initial, live).filter((operation) => isIn(filter, operation)));
  return (
    <>
      <PageHeader title={t('title')} />
      <LinkTabs
        label={t('filter.label')}
        className="mb-4"
        tabs={ACTIVITY_FILTERS.map((each) => ({
          label: t(`filter.${each}`),
          href: each === 'all' ? '/activity' : `/activity?state=${each}`,
          current: each === filter,
        }))}
      />
      {shown.length === 0 ? <NothingHere filter={filter} /> : <OperationTable operations={shown} />}
      {olderHref !== null && (
        <Button asChild className="mt-3">
          <Link href={olderHref}>{t('more')}</Link>
        </Button>
      )}
    </>
  );
}

function OperationTable({ operations }: { operations: readonly Operation[] }) {
  const t = useTranslations('operations');
  const toTitle = useOperationTitle();
  return (
    <Table>
      <caption className="sr-only">{t('caption')}</caption>
      <TableHead>
        <tr>
          <HeaderCell>{t('column.what')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell className="max-md:hidden">{t('column.who')}</HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('column.started')}</HeaderCell>
          <HeaderCell className="text-end max-md:hidden">{t('column.duration')}</HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {operations.map((operation) => {
          const title = toTitle(operation);
          return (
            <TableRow key={operation.id} data-slot="operation-row" data-state={operation.state}>
              <TableCell className="min-w-40">
                <Link
                  href={`/activity/${operation.id}`}
                  prefetch={false}
                  className="inline-flex min-h-6 items-center font-medium break-words hover:underline"
                >
                  {title}
                </Link>
              </TableCell>
              <TableCell>
                <span className="flex items-center gap-3">
                  <OperationStatus state={operation.state} />
                  {!isEnded(operation) && (
                    <Progress
                      percent={percentOf(operation)}
                      label={t('progressOf', { title })}
                      className="w-24 max-sm:w-12"
                    />
                  )}
                </span>
              </TableCell>
              <TableCell className="max-md:hidden" translate="no">
                {operation.startedBy.displayName}
              </TableCell>
              <TableCell className="whitespace-nowrap max-sm:hidden">
                <TimeAgo at={operation.createdAt} />
              </TableCell>
              <TableCell className="text-end whitespace-nowrap tabular-nums max-md:hidden">
                <Duration operation={operation} />
              </TableCell>
            </TableRow>
          );
        })}
      </tbody>
    </Table>
  );
}

function NothingHere({ filter }: { filter: ActivityFilter }) {
  const t = useTranslations('operations.empty');
  return (
    <EmptyState
      icon={Activity}
      title={t(`${filter}.title`)}
      actions={
        <Button asChild>
          <Link href={filter === 'all' ? '/catalogue' : '/activity'}>
            {filter === 'all' ? t('toCatalogue') : t('showAll')}
          </Link>
        </Button>
      }
    >
      <p>{t(`${filter}.text`)}</p>
    </EmptyState>
  );
}
