'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { announce } from '../../lib/announce.ts';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface Props {
  count: number;
  onDiscard: () => void;
  /** Hands over what sends the change, where it can be sent. */
  onSave: (run: (send: () => Promise<void>) => void) => void;
  onReview: () => void;
}

/** What is typed and not saved: put away, kept for later, or applied. */
export function SaveBar({ count, onDiscard, onSave, onReview }: Props) {
  const t = useTranslations('configuration.bar');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (send: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await send();
      announce(t('saved'));
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section
      aria-label={t('label')}
      data-slot="save-bar"
      className="sticky bottom-16 z-20 flex flex-col gap-2 rounded-lg border border-line-strong bg-surface-1 px-3 py-2 shadow-pop md:bottom-4"
    >
      <ErrorNotice error={error} />
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="me-auto">
          {t('count', { count })}
        </span>
        <Button onClick={onDiscard}>{t('discard')}</Button>
        <Button loading={busy} onClick={() => onSave((send) => void run(send))}>
          {t('save')}
        </Button>
        <Button look="primary" disabled={busy} onClick={onReview}>
          {t('review')}
        </Button>
      </div>
    </section>
  );
}
