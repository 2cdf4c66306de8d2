'use client';

import { useTranslations } from 'next-intl';
import type { PresetUpdate } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

const SHORT = 7;

interface Props {
  update: PresetUpdate;
  /** Null where this person may change nothing. */
  onReview: (() => void) | null;
}

/** What it was deployed from says something else by now; nothing happens until somebody wants it. */
export function PresetBanner({ update: { title, from, to, notTaken }, onReview }: Props) {
  const t = useTranslations('configuration.preset');
  const nameOf = ({ number, digest }: PresetUpdate['from']) =>
    number === null ? digest.slice(0, SHORT) : t('version', { number });
  return (
    <Banner
      data-slot="preset-update"
      title={t('title', { title, from: nameOf(from), to: nameOf(to) })}
      actions={onReview ? <Button onClick={onReview}>{t('review')}</Button> : undefined}
    >
      <p>{t('text')}</p>
      {notTaken.map((what) => (
        <p key={what}>{t(`notTaken.${what}`)}</p>
      ))}
    </Banner>
  );
}
