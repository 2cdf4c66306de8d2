'use client';

import { useTranslations } from 'next-intl';
import type { HowApplied } from '@bailiwick/contract';

/** Whether it goes on answering, what stays as it is and what does not. */
export function WhatHappens({ how, interrupted }: { how: HowApplied; interrupted: boolean }) {
  const t = useTranslations('configuration.happens');
  if (how === 'live') return <p>{t('live')}</p>;
  return (
    <section aria-label={t('title')} className="flex flex-col gap-1.5">
      <h3 className="text-sm font-medium">{t('title')}</h3>
      <p className="text-fg-2">{t(interrupted ? 'interrupted' : 'beside')}</p>
      <p className="text-fg-2">{t('stays')}</p>
      <p className="text-fg-2">{t('goes')}</p>
    </section>
  );
}
