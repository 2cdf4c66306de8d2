'use client';

import { ChevronRight, ScrollText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { AuditEvent, AuditList } from '@bailiwick/contract';
import { EmptyState } from '../../ui/face.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { foldBegun } from '../audit/audit-event.rules.ts';
import { EventDetails } from '../audit/event-details.tsx';
import { ActionWords, OutcomeBadge, Who } from '../audit/event-words.tsx';
import { OlderEvents, useOlderEvents } from '../audit/older-events.tsx';
import { useMe } from '../identity/me.tsx';

interface Props {
  list: AuditList;
  /** Whose it is, where it is not one's own. */
  person?: { id: string; displayName: string };
}

/** What somebody did, and what was done to their account. */
export function ActivityCard({ list, person }: Props) {
  const t = useTranslations('account.activity');
  const me = useMe();
  const older = useOlderEvents(list, person ? `/users/${person.id}/activity` : '/me/activity');
  const page = person ? `/people/${person.id}/activity` : '/account/activity';
  if (older.events.length === 0)
    return (
      <EmptyState icon={ScrollText} title={t('empty')}>
        <p>{person ? t('emptyTextOf', { name: person.displayName }) : t('emptyText')}</p>
      </EmptyState>
    );
  return (
    <>
      <Table>
        <caption className="sr-only">{person ? t('captionOf', { name: person.displayName }) : t('caption')}</caption>
        <TableHead>
          <tr>
            <HeaderCell>{t('what')}</HeaderCell>
            <HeaderCell>{t('outcome')}</HeaderCell>
            <HeaderCell className="max-sm:hidden">{t('who')}</HeaderCell>
            <HeaderCell className="max-md:hidden">{t('address')}</HeaderCell>
            <HeaderCell className="max-sm:hidden">{t('when')}</HeaderCell>
          </tr>
        </TableHead>
        <tbody>
          {foldBegun(older.events).map((event) => (
            <Row key={event.id} event={event} about={person?.id ?? me.user.id} />
          ))}
        </tbody>
      </Table>
      <OlderEvents older={older} hrefOf={(cursor) => `${page}?cursor=${encodeURIComponent(cursor)}`} />
    </>
  );
}

function Row({ event, about }: { event: AuditEvent; about: string }) {
  const t = useTranslations('account.activity');
  const { user } = useMe();
  const who = event.actor.id === user.id ? t('you') : <Who actor={event.actor} />;
  return (
    <TableRow data-slot="activity-row">
      <TableCell className="py-1.5">
        <span className="font-medium">
          <ActionWords event={event} />
        </span>
        {event.target !== null && event.target.id !== about && (
          <span translate="no" className="block text-xs text-fg-2">
            {event.target.label}
          </span>
        )}
        <span className="block text-xs text-fg-3 sm:hidden">
          {who} · <TimeAgo at={event.at} />
        </span>
        {Object.keys(event.details).length > 0 && (
          <details className="group text-sm">
            <summary className="inline-flex min-h-6 items-center gap-1 text-xs text-fg-2 hover:text-fg touch:min-h-11">
              <ChevronRight aria-hidden className="size-3.5 group-open:rotate-90 rtl:rotate-180" />
              {t('details')}
            </summary>
            <div className="py-2">
              <EventDetails event={event} />
            </div>
          </details>
        )}
      </TableCell>
      <TableCell>
        <OutcomeBadge outcome={event.outcome} />
      </TableCell>
      <TableCell className="max-sm:hidden">{who}</TableCell>
      <TableCell className="font-mono text-xs whitespace-nowrap text-fg-2 max-md:hidden" translate="no">
        {event.address}
      </TableCell>
      <TableCell className="whitespace-nowrap max-sm:hidden">
        <TimeAgo at={event.at} />
      </TableCell>
    </TableRow>
  );
}
