import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AuditEvent } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { IdChip } from '../../ui/id-chip.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { auditHref, type AuditView } from './audit-view.rules.ts';
import { EventDetails } from './event-details.tsx';
import { ActionWords, OutcomeBadge, Who } from './event-words.tsx';

/** One event: everything that was written down of it, and where to go from there. */
export function EventPage({ event, back }: { event: AuditEvent; back: AuditView }) {
  const t = useTranslations('audit.event');
  return (
    <div className="max-w-4xl" data-slot="audit-event">
      <Link
        href={auditHref(back)}
        className="mb-3 inline-flex min-h-6 items-center gap-1 text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('back')}
      </Link>
      <PageHeader title={<ActionWords event={event} />} aside={<OutcomeBadge outcome={event.outcome} />} />
      <div className="flex flex-col gap-4">
        <Card aria-label={t('facts')}>
          <CardTitle className="mb-3">{t('facts')}</CardTitle>
          <Facts event={event} />
        </Card>
        {Object.keys(event.details).length > 0 && (
          <Card aria-label={t('details')}>
            <CardTitle className="mb-3">{t('details')}</CardTitle>
            <EventDetails event={event} />
          </Card>
        )}
        <nav aria-label={t('links')} className="flex flex-wrap gap-2">
          {event.operationId !== null && (
            <Button asChild>
              <Link href={`/activity/${event.operationId}`}>{t('toOperation')}</Link>
            </Button>
          )}
          <Button asChild>
            <Link href={auditHref(similarTo(event))}>{t('similar')}</Link>
          </Button>
          {event.target !== null && (
            <Button asChild>
              <Link href={auditHref({ target: event.target.id })}>{t('sameTarget')}</Link>
            </Button>
          )}
          {event.actor.id !== null && (
            <Button asChild>
              <Link href={auditHref({ actor: event.actor.id })}>{t('sameActor')}</Link>
            </Button>
          )}
          {event.address !== null && (
            <Button asChild>
              <Link href={auditHref({ address: event.address })}>{t('sameAddress')}</Link>
            </Button>
          )}
        </nav>
      </div>
    </div>
  );
}

/** The same deed on the same thing. */
const similarTo = ({ action, target }: AuditEvent): AuditView => ({ action, ...(target ? { target: target.id } : {}) });

function Facts({ event }: { event: AuditEvent }) {
  const t = useTranslations('audit.event');
  const vias = useTranslations('audit.filter.vias');
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5">
      <Fact name={t('when')}>
        <TimeAgo at={event.at} />{' '}
        <span className="text-fg-3" translate="no">
          {event.at}
        </span>
      </Fact>
      <Fact name={t('who')}>
        <Who actor={event.actor} />
        {event.actor.id !== null && <IdChip id={event.actor.id} className="ms-2" />}
      </Fact>
      <Fact name={t('via')}>{vias(event.via)}</Fact>
      {event.address !== null && (
        <Fact name={t('address')}>
          <span translate="no" className="font-mono text-xs">
            {event.address}
          </span>
        </Fact>
      )}
      {event.target !== null && (
        <Fact name={t('target')}>
          <span translate="no">{event.target.label}</span>
          <IdChip id={event.target.id} className="ms-2" />
        </Fact>
      )}
      <Fact name={t('action')}>
        <code translate="no" className="text-xs">
          {event.action}
        </code>
      </Fact>
      {event.requestId !== null && (
        <Fact name={t('request')}>
          <IdChip id={event.requestId} />
        </Fact>
      )}
      <Fact name={t('event')}>
        <IdChip id={event.id} />
      </Fact>
      <Fact name={t('seq')}>{event.seq}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
