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
  return (
    <Banner tone="danger" title={t('review.blocked')}>
      <Why params={params ?? {}} missing={missing} />
    </Banner>
  );
}

function Why({ params, missing }: { params: Record<string, unknown>; missing: readonly string[] }) {
  const t = useTranslations('access.review');
  const what = useCapabilityList()(missing);
  const { person, thing } = params;
  if (typeof person === 'string')
    return t('beyond', { name: person, thing: typeof thing === 'string' ? thing : t('unseen'), what });
  if (params['alone'] === true) return t('alone', { what });
  const isLockOut = missing.length === 1 && missing[0] === 'containers.manageAccess' && params['path'] === undefined;
  return isLockOut ? t('ownerLockedOut') : t('missing', { what });
}
