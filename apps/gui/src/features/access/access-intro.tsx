'use client';

import { useTranslations } from 'next-intl';
import type { Container } from '@bailiwick/contract';
import { useMe } from '../identity/me.tsx';

/** Whoever has rights here that no row shows. */
export function AccessIntro({ owner, readOnly }: { owner: Container['owner']; readOnly: boolean }) {
  const t = useTranslations('access');
  const { user } = useMe();
  return (
    <p className="mb-3 text-fg-2">
      {readOnly && `${t('readOnly')} `}
      {t('text')} {t('everything')}
      {owner !== null && ` ${owner.id === user.id ? t('deployedByYou') : t('deployedBy', { name: owner.displayName })}`}
    </p>
  );
}
