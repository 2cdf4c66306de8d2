'use client';

import { Inbox } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { AccessRequest } from '@bailiwick/contract';
import { EmptyState } from '../../ui/face.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AccessTabs } from '../access/access-tabs.tsx';
import { useMe } from '../identity/me.tsx';
import { isToAnswer, latestOf, REQUEST_TABS, requestsIn, type RequestTab, tabAddress } from './request.rules.ts';
import { RequestCard } from './request-card.tsx';
import { useRequests } from './requests-followed.tsx';
import { useRequestDialog } from './use-request-dialog.tsx';

/** Who asks for what, and what came of it. */
export function RequestsPage({ read, tab }: { read: readonly AccessRequest[]; tab: RequestTab }) {
  const t = useTranslations('accessRequests');
  const { user } = useMe();
  const followed = useRequests();
  const { ask, dialog } = useRequestDialog();
  const known = new Set(read.map(({ id }) => id));
  // What is older than what is followed is only in what was read.
  const all = [...read.map((each) => latestOf(followed, each)), ...followed.filter(({ id }) => !known.has(id))];
  const shown = requestsIn(tab, all, user.id);
  const waiting = all.filter((request) => isToAnswer(request, user.id)).length;
  return (
    <div className="max-w-4xl">
      <AccessTabs current="requests" />
      <PageHeader title={t('page')} description={t('pageText')} />
      <LinkTabs
        label={t('page')}
        className="mb-4"
        tabs={REQUEST_TABS.map((each) => ({
          label: t(`tab.${each}`, { count: waiting }),
          href: tabAddress(each),
          current: each === tab,
        }))}
      />
      {shown.length === 0 ? (
        <EmptyState icon={Inbox} title={t(`empty.${tab}.title`)}>
          <p>{t(`empty.${tab}.text`)}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t(`list.${tab}`)} className="flex flex-col gap-3">
          {shown.map((request) => (
            <li key={request.id}>
              <RequestCard request={request} onAsk={ask} />
            </li>
          ))}
        </ul>
      )}
      {dialog}
    </div>
  );
}
