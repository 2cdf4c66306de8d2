'use client';

import { useTranslations } from 'next-intl';
import type { TwoFactorStatus } from '@bailiwick/contract';
import { PageHeader } from '../../ui/page-header.tsx';
import { TwoFactorCard } from './two-factor-card.tsx';

export function TwoFactorPage({ initial }: { initial: TwoFactorStatus }) {
  const t = useTranslations('account.twoFactor');
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} description={t('description')} />
      <TwoFactorCard initial={initial} />
    </div>
  );
}
