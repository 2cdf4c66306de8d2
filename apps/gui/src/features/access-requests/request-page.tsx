'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AccessRequest } from '@bailiwick/contract';
import { useMe } from '../identity/me.tsx';
import { latestOf, tabAddress } from './request.rules.ts';
import { RequestCard } from './request-card.tsx';
import { useRequests } from './requests-followed.tsx';
import { useRequestDialog } from './use-request-dialog.tsx';

/** One request at an address of its own, as it is now. */
export function RequestPage({ read }: { read: AccessRequest }) {
  const t = useTranslations('accessRequests');
  const { user } = useMe();
  const { ask, dialog } = useRequestDialog();
  return (
    <div className="flex max-w-3xl flex-col gap-3">
      <Link
        href={tabAddress(read.user.id === user.id ? 'mine' : 'answer')}
        className="inline-flex min-h-6 items-center gap-1 self-start text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('page')}
      </Link>
      <RequestCard request={latestOf(useRequests(), read)} onAsk={ask} level="page" />
      {dialog}
    </div>
  );
}
