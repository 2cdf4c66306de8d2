'use client';

import { useTranslations } from 'next-intl';
import type { User } from '@bailiwick/contract';
import { Card, CardTitle } from '../../ui/card.tsx';
import { ResetLink } from '../password-resets/reset-link.tsx';
import { usePersonWhy } from './person-why.ts';

/** A way in for whoever forgot their password or never had one. */
export function PersonPassword({ user }: { user: User }) {
  const t = useTranslations('people.reset');
  const reason = usePersonWhy()(user, 'people.update');
  return (
    <Card aria-label={t('card')} className="mt-4">
      <CardTitle className="mb-1">{t('card')}</CardTitle>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 grow basis-64 text-fg-2">{t('cardText')}</p>
        <ResetLink user={user} reason={reason} />
      </div>
    </Card>
  );
}
