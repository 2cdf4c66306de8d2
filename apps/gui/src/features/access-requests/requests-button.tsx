'use client';

import { Inbox } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { IconButton } from '../../ui/icon-button.tsx';
import { useRequestsToAnswer } from './requests-followed.tsx';

/** In the top bar while somebody waits for the reader: how many do. */
export function RequestsButton() {
  const t = useTranslations('accessRequests');
  const router = useRouter();
  const count = useRequestsToAnswer();
  if (count === 0) return null;
  return (
    <IconButton
      label={t('waiting', { count })}
      data-slot="requests-button"
      className="w-auto px-2 text-warning"
      onClick={() => router.push('/access/requests')}
    >
      <Inbox aria-hidden />
      <span className="tabular-nums">{count}</span>
    </IconButton>
  );
}
