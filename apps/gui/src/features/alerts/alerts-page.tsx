'use client';

import { Bell, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AlertList } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { alertsIn, type AlertTab, merged } from './alert.rules.ts';
import { AlertCard } from './alert-card.tsx';
import { AlertTabs } from './alert-tabs.tsx';
import { useAlertTitle } from './alert-words.ts';
import { useAlerts } from './alerts-followed.tsx';

/** What needs somebody, and what was over lately. */
export function AlertsPage({ read, tab }: { read: AlertList; tab: AlertTab }) {
  const t = useTranslations('alerts');
  const toWords = useAlertTitle();
  const [text, setText] = useState('');
  const followed = useAlerts();
  const all = merged(read.items, followed);
  const inTab = alertsIn(tab, all, { text: '', toWords });
  const shown = alertsIn(tab, all, { text, toWords });
  return (
    <div className="max-w-4xl">
      <PageHeader title={t('page')} description={t('pageText')} />
      <AlertTabs current={tab} />
      {inTab.length > 0 && (
        <div className="mb-3 flex">
          <SearchField label={t('filter')} placeholder={t('filter')} value={text} onSearch={setText} />
        </div>
      )}
      {inTab.length === 0 ? (
        <EmptyState icon={Bell} title={t(`empty.${tab}.title`)}>
          <p>{t(`empty.${tab}.text`)}</p>
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={t('empty.filtered.title')}
          actions={<Button onClick={() => setText('')}>{t('empty.filtered.clear')}</Button>}
        >
          <p>{t('empty.filtered.text', { text })}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t('list')} className="flex flex-col gap-3">
          {shown.map((alert) => (
            <li key={alert.id}>
              <AlertCard alert={alert} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
