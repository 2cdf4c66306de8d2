'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { User } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useMe } from '../identity/me.tsx';
import { TwoFactorBadge } from './person-badges.tsx';
import { usePersonWhy } from './person-why.ts';
import { ResetTwoFactor } from './reset-two-factor.tsx';

/** Whether somebody has a second factor, and the way out for who lost theirs. */
export function PersonTwoFactor({ user }: { user: User }) {
  const t = useTranslations('people.twoFactor');
  const me = useMe();
  const reason = usePersonWhy()(user, 'people.update');
  const [asking, setAsking] = useState(false);
  const { enabledAt, missing } = user.twoFactor;
  return (
    <Card aria-label={t('title')} className="mt-4">
      <div className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <CardTitle>{t('title')}</CardTitle>
        <TwoFactorBadge twoFactor={user.twoFactor} look="pill" />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 grow basis-64 text-fg-2">
          {enabledAt === null
            ? t(missing ? 'missingText' : 'offText')
            : t.rich('onText', { since: () => <TimeAgo at={enabledAt} /> })}
        </p>
        {enabledAt !== null &&
          (user.id === me.user.id ? (
            <Button asChild>
              <Link href="/account/two-factor">{t('own')}</Link>
            </Button>
          ) : (
            <DisabledReason reason={reason}>
              <Button look="danger" disabled={reason !== null} onClick={() => setAsking(true)}>
                {t('reset.open')}
              </Button>
            </DisabledReason>
          ))}
      </div>
      {asking && <ResetTwoFactor user={user} onClose={() => setAsking(false)} />}
    </Card>
  );
}
