'use client';

import { useTranslations } from 'next-intl';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import type { DraftState } from './draft-keeper.ts';

interface Props {
  state: DraftState;
  onTake: () => Promise<void>;
  onKeep: () => void;
}

/** Whether what is typed is kept, and what to do where it is not. */
export function DraftNotice({ state, onTake, onKeep }: Props) {
  const t = useTranslations('deploy.draft');
  const toWords = useErrorWords();
  switch (state) {
    case 'none':
      return null;
    case 'saved':
      return <p className="mb-4 text-xs text-fg-3">{t('saved')}</p>;
    case 'failed':
      return <p className="mb-4 text-xs text-fg-2">{t('failed')}</p>;
    case 'full': {
      const { text, hint } = toWords({ code: 'drafts_full' });
      return (
        <Banner tone="warning" title={text} className="mb-4">
          {hint}
        </Banner>
      );
    }
    case 'changed': {
      const { text, hint } = toWords({ code: 'draft_changed' });
      return (
        <Banner
          tone="warning"
          title={text}
          className="mb-4"
          actions={
            <>
              <Button onClick={() => void onTake()}>{t('take')}</Button>
              <Button onClick={onKeep}>{t('keep')}</Button>
            </>
          }
        >
          {hint}
        </Banner>
      );
    }
  }
}
