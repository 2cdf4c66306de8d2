'use client';

import { MonitorSmartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { SessionInfo } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { CardCell, CardHead, CardRow, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { readDevice } from './device.rules.ts';

/** Browsers and programs that are signed in. */
export function SessionTable({ sessions, caption }: { sessions: readonly SessionInfo[]; caption: string }) {
  const t = useTranslations('people.sessions');
  if (sessions.length === 0) {
    return (
      <EmptyState icon={MonitorSmartphone} title={t('empty')}>
        <p>{t('emptyText')}</p>
      </EmptyState>
    );
  }
  return (
    <CardTable
      caption={caption}
      head={
        <>
          <CardHead>{t('column.device')}</CardHead>
          <CardHead>{t('column.address')}</CardHead>
          <CardHead>{t('column.since')}</CardHead>
          <CardHead>{t('column.used')}</CardHead>
        </>
      }
    >
      {sessions.map((session) => (
        <CardRow key={session.id}>
          <CardCell place="lead">
            <span className="flex flex-wrap items-center gap-2">
              <DeviceName userAgent={session.device} />
              {session.current && <Badge tone="info">{t('current')}</Badge>}
            </span>
          </CardCell>
          <CardCell translate="no" className="font-mono text-xs">
            {session.address}
          </CardCell>
          <CardCell label={t('column.since')} className="whitespace-nowrap">
            <TimeAgo at={session.createdAt} />
          </CardCell>
          <CardCell label={t('column.used')} className="whitespace-nowrap">
            <TimeAgo at={session.lastUsedAt} />
          </CardCell>
        </CardRow>
      ))}
    </CardTable>
  );
}

function DeviceName({ userAgent }: { userAgent: string }) {
  const t = useTranslations('people.sessions');
  const { browser, system } = readDevice(userAgent);
  return (
    <span title={userAgent} className="min-w-0 font-medium break-words">
      {browser !== null && system !== null ? t('deviceOn', { browser, system }) : (browser ?? system ?? userAgent)}
    </span>
  );
}
