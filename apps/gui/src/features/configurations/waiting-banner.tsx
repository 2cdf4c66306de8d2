'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerConfiguration } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface Props {
  saved: NonNullable<ContainerConfiguration['saved']>;
  count: number;
  /** Null where this person may not: it takes the rights for everything that is saved. */
  onDiscard: (() => Promise<void>) | null;
  /** Null while something else is typed. */
  onApply: (() => void) | null;
}

/** What was decided and is not so yet. */
export function WaitingBanner({ saved, count, onDiscard, onApply }: Props) {
  const t = useTranslations('configuration.waiting');
  const [asking, setAsking] = useState(false);
  return (
    <Banner
      title={t('title', { count })}
      data-slot="waiting"
      actions={
        <>
          {onDiscard && <Button onClick={() => setAsking(true)}>{t('discard')}</Button>}
          {onApply && (
            <Button look="primary" onClick={onApply}>
              {t('apply')}
            </Button>
          )}
        </>
      }
    >
      {t.rich('text', {
        who: () => <span translate="no">{saved.savedBy}</span>,
        when: () => <TimeAgo at={saved.savedAt} />,
      })}
      {asking && onDiscard && <Discard count={count} onDiscard={onDiscard} onClose={() => setAsking(false)} />}
    </Banner>
  );
}

function Discard({
  count,
  onDiscard,
  onClose,
}: {
  count: number;
  onDiscard: () => Promise<void>;
  onClose: () => void;
}) {
  const t = useTranslations('configuration.waiting');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const discard = async () => {
    setBusy(true);
    try {
      await onDiscard();
      onClose();
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      title={t('discardTitle', { count })}
      keep={t('keep')}
      submit={t('discardSubmit')}
      act={{ loading: busy, onClick: () => void discard() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={error} />
        <p>{t('discardText')}</p>
      </div>
    </ConfirmDialog>
  );
}
