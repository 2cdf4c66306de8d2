import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AuditEvent, AuditList } from '@bailiwick/contract';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useCapabilityName } from '../access/capability-words.ts';
import { foldBegun } from '../audit/audit-event.rules.ts';
import { wordOf } from './container-activity.rules.ts';

const OUTCOMES: Record<AuditEvent['outcome'], StatusIcon> = {
  intent: 'busy',
  done: 'good',
  failed: 'bad',
  refused: 'warning',
};

/** Who did what to it and what came of it, newest first. */
export function ContainerActivity({ list, olderHref }: { list: AuditList; olderHref: string | null }) {
  const t = useTranslations('containers.activityTab');
  const events = foldBegun(list.items);
  if (events.length === 0) return <p className="py-6 text-fg-2">{t('empty')}</p>;
  return (
    <>
      <ActivityTable events={events} />
      {olderHref !== null && (
        <Button asChild className="mt-3">
          <Link href={olderHref}>{t('older')}</Link>
        </Button>
      )}
    </>
  );
}

export function ActivityTable({ events }: { events: readonly AuditEvent[] }) {
  const t = useTranslations('containers.activityTab');
  return (
    <Table>
      <caption className="sr-only">{t('caption')}</caption>
      <TableHead>
        <tr>
          <HeaderCell>{t('what')}</HeaderCell>
          <HeaderCell>{t('outcome')}</HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('who')}</HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('when')}</HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {events.map((event) => (
          <TableRow key={event.id}>
            <TableCell className="max-sm:py-2">
              <What event={event} />
              <span className="block text-xs text-fg-3 sm:hidden">
                <Who event={event} /> · <TimeAgo at={event.at} />
              </span>
            </TableCell>
            <TableCell>
              <StatusBadge icon={OUTCOMES[event.outcome]} className="align-middle">
                {t(`outcomes.${event.outcome}`)}
              </StatusBadge>
            </TableCell>
            <TableCell className="max-sm:hidden">
              <Who event={event} />
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

function Who({ event: { actor } }: { event: AuditEvent }) {
  const t = useTranslations('containers.activityTab');
  return actor.kind === 'system' ? t('system') : <span translate="no">{actor.name}</span>;
}

/** What was done, as a link where an operation did it. */
function What({ event }: { event: AuditEvent }) {
  if (event.operationId === null) return <Words event={event} />;
  return (
    <Link
      href={`/activity/${event.operationId}`}
      className="inline-flex min-h-6 items-center text-accent-text hover:underline"
    >
      <Words event={event} />
    </Link>
  );
}

function Words({ event }: { event: AuditEvent }) {
  const t = useTranslations('containers.activityTab');
  const toName = useCapabilityName();
  const word = wordOf(event.action);
  if (word === undefined) {
    // A refused try is told by the right it took.
    const capability = toName(event.action);
    if (capability !== null) return <span title={event.action}>{capability}</span>;
    return (
      <code translate="no" className="text-xs">
        {event.action}
      </code>
    );
  }
  const { from, to } = event.details;
  if (word === 'rename' && typeof from === 'string' && typeof to === 'string') return t('renamed', { from, to });
  return t(`actions.${word}`);
}
