'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AuditEvent } from '@bailiwick/contract';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ActionWords, OutcomeBadge, Who } from './event-words.tsx';

interface Props {
  events: readonly AuditEvent[];
  /** Where an event opens. */
  hrefOf: (event: AuditEvent) => string;
}

/** Who did what to what, from where, and what came of it; newest first. */
export function AuditTable({ events, hrefOf }: Props) {
  const t = useTranslations('audit');
  return (
    <Table>
      <caption className="sr-only">{t('caption')}</caption>
      <TableHead>
        <tr>
          <HeaderCell>{t('column.what')}</HeaderCell>
          <HeaderCell>{t('column.outcome')}</HeaderCell>
          <HeaderCell className="max-md:hidden">{t('column.target')}</HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('column.who')}</HeaderCell>
          <HeaderCell className="max-lg:hidden">{t('column.address')}</HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('column.when')}</HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {events.map((event) => (
          <TableRow key={event.id} data-slot="audit-row" data-outcome={event.outcome}>
            <TableCell className="max-sm:py-2">
              <Link
                href={hrefOf(event)}
                prefetch={false}
                className="inline-flex min-h-6 items-center font-medium break-words hover:underline touch:min-h-11"
              >
                <ActionWords event={event} />
              </Link>
              <span className="block text-xs text-fg-3 md:hidden" translate="no">
                {event.target?.label}
              </span>
              <span className="block text-xs text-fg-3 sm:hidden">
                <Who actor={event.actor} /> · <TimeAgo at={event.at} />
              </span>
            </TableCell>
            <TableCell>
              <OutcomeBadge outcome={event.outcome} />
            </TableCell>
            <TableCell className="max-w-64 max-md:hidden">
              <span translate="no" className="block truncate" title={event.target?.label}>
                {event.target?.label}
              </span>
            </TableCell>
            <TableCell className="max-sm:hidden">
              <Who actor={event.actor} />
            </TableCell>
            <TableCell className="font-mono text-xs whitespace-nowrap text-fg-2 max-lg:hidden" translate="no">
              {event.address}
            </TableCell>
            <TableCell className="whitespace-nowrap max-sm:hidden">
              <TimeAgo at={event.at} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
