'use client';

import { Bell, BellRing } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { Dialog, SheetContent } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { alertAddress, merged, rings, SEVERITY_ICONS } from './alert.rules.ts';
import { useAlertTitle } from './alert-words.ts';
import { useAlerts } from './alerts-followed.tsx';

const SHOWN = 12;
const SILENCES_END_MS = 30_000;

/** In the top bar: how many alerts ring, and a drawer with them. */
export function AlertsBell() {
  const t = useTranslations('alerts');
  const toTitle = useAlertTitle();
  const [open, setOpen] = useState(false);
  const alerts = useAlerts();
  const now = useNow(SILENCES_END_MS);
  const ringing = merged(alerts, []).filter((alert) => rings(alert, now));
  const count = ringing.length;
  return (
    <>
      <IconButton
        label={t('bell', { count })}
        data-slot="alerts-bell"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={count > 0 ? 'w-auto px-2 text-danger' : undefined}
      >
        {count > 0 ? <BellRing aria-hidden /> : <Bell aria-hidden />}
        {count > 0 && <span className="tabular-nums">{count}</span>}
      </IconButton>
      <Dialog open={open} onOpenChange={setOpen}>
        <SheetContent title={t('page')}>
          <ul aria-label={t('newest')} className="flex flex-col divide-y divide-line">
            {ringing.slice(0, SHOWN).map((alert) => (
              <li key={alert.id} className="flex items-start gap-3 py-2">
                <StatusBadge icon={SEVERITY_ICONS[alert.severity]}>
                  <span className="sr-only">{t(`severity.${alert.severity}`)}</span>
                </StatusBadge>
                <span className="min-w-0 grow">
                  <Link
                    href={alertAddress(alert.id)}
                    prefetch={false}
                    onClick={() => setOpen(false)}
                    className="block break-words hover:underline"
                  >
                    {toTitle(alert)}
                  </Link>
                  <span className="text-xs text-fg-2">
                    <TimeAgo at={alert.lastAt} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
          {count === 0 && <p className="py-4 text-fg-2">{t('none')}</p>}
          <Button asChild className="mt-3">
            <Link href="/alerts" onClick={() => setOpen(false)}>
              {t('all')}
            </Link>
          </Button>
        </SheetContent>
      </Dialog>
    </>
  );
}
