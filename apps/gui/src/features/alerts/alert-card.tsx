'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { Alert } from '@bailiwick/contract';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { AlertAnswers } from './alert-answers.tsx';
import { alertAddress, SEVERITY_ICONS, thingAddress } from './alert.rules.ts';
import { useAlertFacts, useAlertTitle } from './alert-words.ts';

/** One alert with what is known of it and what the reader can say to it. */
export function AlertCard({ alert, level = 'part' }: { alert: Alert; level?: 'page' | 'part' }) {
  const t = useTranslations('alerts');
  const title = useAlertTitle()(alert);
  const Heading = level === 'page' ? 'h1' : 'h2';
  const address = thingAddress(alert);
  const isOpen = alert.state === 'open';
  return (
    <article
      data-slot="alert"
      data-id={alert.id}
      data-state={alert.state}
      aria-label={title}
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface-1 p-4"
    >
      <header className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <Heading tabIndex={-1} className="min-w-0 grow basis-56 text-md font-semibold break-words">
          {level === 'page' ? (
            title
          ) : (
            <Link href={alertAddress(alert.id)} prefetch={false} className="hover:underline">
              {title}
            </Link>
          )}
        </Heading>
        <StatusBadge icon={isOpen ? SEVERITY_ICONS[alert.severity] : 'off'} look="pill">
          {isOpen ? t(`severity.${alert.severity}`) : t('closed')}
        </StatusBadge>
      </header>
      <AlertFactsText alert={alert} />
      <footer className="flex flex-wrap gap-2 empty:hidden">
        <AlertAnswers alert={alert} />
        {address !== null && (
          <Button asChild look="ghost">
            <Link href={address} prefetch={false}>
              {t('open')}
            </Link>
          </Button>
        )}
      </footer>
    </article>
  );
}

function AlertFactsText({ alert }: { alert: Alert }) {
  const t = useTranslations('alerts');
  const locale = useLocale();
  const { acknowledged, silencedUntil, silence, closedAt, end } = alert;
  const until = (at: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
  const said = useAlertFacts()(alert);
  return (
    <div className="flex flex-col gap-1 text-sm text-fg-2">
      {said.length > 0 && <p className="text-fg">{said.join(' · ')}</p>}
      <p>{t.rich('opened', { at: () => <TimeAgo at={alert.openedAt} /> })}</p>
      {alert.count > 1 && <p>{t.rich('times', { count: alert.count, at: () => <TimeAgo at={alert.lastAt} /> })}</p>}
      {acknowledged !== null && (
        <p>{t.rich('acknowledgedBy', { name: acknowledged.by.name, at: () => <TimeAgo at={acknowledged.at} /> })}</p>
      )}
      {silencedUntil !== null && (
        <p suppressHydrationWarning>
          {silence === null
            ? t('silencedUntil', { until: until(silencedUntil) })
            : t('silencedBy', { until: until(silencedUntil), reason: silence.reason })}
        </p>
      )}
      {closedAt !== null && end !== null && <p>{t.rich(`end.${end}`, { at: () => <TimeAgo at={closedAt} /> })}</p>}
    </div>
  );
}
