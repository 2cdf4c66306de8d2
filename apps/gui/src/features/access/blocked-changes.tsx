'use client';

import { useTranslations } from 'next-intl';
import type { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { textsIn } from '../shell/error-words.rules.ts';
import { useCapabilityList } from './capability-words.ts';

/** Why the edit cannot be saved, in words about access. */
export function BlockedChanges({ error, onConflict }: { error: ApiError; onConflict: () => void }) {
  const t = useTranslations('access');
  const toNames = useCapabilityList();
  const { code, params } = error.envelope;
  if (code === 'conflict') {
    return (
      <Banner
        tone="warning"
        title={t('conflict.title')}
        actions={
          <Button size="small" onClick={onConflict}>
            {t('review.back')}
          </Button>
        }
      >
        {t('conflict.text')}
      </Banner>
    );
  }
  const missing = textsIn(params?.['missing']);
  if (code !== 'forbidden' || missing.length === 0) return <ErrorNotice error={error} />;
  const isLockOut = missing.length === 1 && missing[0] === 'containers.manageAccess' && params?.['path'] === undefined;
  return (
    <Banner tone="danger" title={t('review.blocked')}>
      {isLockOut ? t('review.ownerLockedOut') : t('review.missing', { what: toNames(missing) })}
    </Banner>
  );
}
