'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Alert } from '@bailiwick/contract';
import { BlackBoxes } from '../black-boxes/black-boxes.tsx';
import { isCrash, tabAddress } from './alert.rules.ts';
import { AlertCard } from './alert-card.tsx';
import { useAlerts } from './alerts-followed.tsx';

/** One alert at an address of its own, as it is now. */
export function AlertPage({ read }: { read: Alert }) {
  const t = useTranslations('alerts');
  const alert = useAlerts().find(({ id }) => id === read.id) ?? read;
  return (
    <div className="flex max-w-4xl flex-col gap-3">
      <Link
        href={tabAddress(alert.state)}
        className="inline-flex min-h-6 items-center gap-1 self-start text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('page')}
      </Link>
      <AlertCard alert={alert} level="page" />
      {isCrash(alert) && (
        <BlackBoxes of={{ path: `/alerts/${alert.id}`, stand: `${alert.count} ${alert.state}` }} saysNothing />
      )}
    </div>
  );
}
