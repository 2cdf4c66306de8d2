'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { EngineEventList, ToldEngineEvent } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { useNow } from '../../ui/clock.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { eventsOf, iconOf, type Whose } from './engine-event.rules.ts';

const FIRST = 8;
const HOUR_MS = 3_600_000;
const SLACK_MS = 60_000;

interface Props {
  whose: Whose;
  read: EngineEventList;
}

/** What the engine told of the last hour; what it tells now comes by itself. */
export function EngineEventsCard({ whose, read }: Props) {
  const t = useTranslations('engineEvents');
  const [all, setAll] = useState(false);
  const now = useNow(10_000);
  const followed = useFollowed('engineEvents', read.items);
  const events = eventsOf(whose, read.items, followed, now);
  const isWholeHour = Date.parse(read.since) <= now - HOUR_MS + SLACK_MS;
  return (
    <Card aria-label={t('title')} className="mb-4 min-w-0">
      <CardTitle>{t('title')}</CardTitle>
      <p className="mb-3 text-xs text-fg-3">
        {isWholeHour ? t('text') : t.rich('textSince', { age: () => <TimeAgo at={read.since} form="span" /> })}
      </p>
      {events.length === 0 ? (
        <p className="text-fg-2">{t('empty')}</p>
      ) : (
        <ol aria-label={t('list')} className="flex flex-col divide-y divide-line">
          {(all ? events : events.slice(0, FIRST)).map((event) => (
            <li key={event.id} data-event={event.type} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
              <EngineEvent event={event} named={'environment' in whose} />
            </li>
          ))}
        </ol>
      )}
      {events.length > FIRST && (
        <Button size="small" className="mt-3" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('all', { count: events.length })}
        </Button>
      )}
    </Card>
  );
}

function EngineEvent({ event, named }: { event: ToldEngineEvent; named: boolean }) {
  const t = useTranslations('engineEvents');
  const { type, data, exitCode, at } = event;
  return (
    <>
      <StatusBadge icon={iconOf(event)}>{t(`types.${type}`)}</StatusBadge>
      {named && (
        <Link
          href={`/containers/${data.id}`}
          translate="no"
          className="min-w-0 break-words text-accent-text hover:underline"
        >
          {data.name}
        </Link>
      )}
      {exitCode !== null && <span className="text-xs text-fg-2">{t('exit', { code: exitCode })}</span>}
      <TimeAgo at={at} className="ms-auto text-xs text-fg-3" />
    </>
  );
}
