'use client';

import { useTranslations } from 'next-intl';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { useMe } from '../identity/me.tsx';
import type { DraftState, DraftVersion } from './draft-keeper.ts';
import { ShareDraft } from './share-draft.tsx';

interface Props {
  state: DraftState;
  draft: DraftVersion | null;
  onTake: () => Promise<void>;
  onKeep: () => void;
}

/** Whether what is typed is kept, and what to do where it is not. */
export function DraftNotice({ state, draft, onTake, onKeep }: Props) {
  const t = useTranslations('deploy.draft');
  const toWords = useErrorWords();
  const { user } = useMe();
  switch (state) {
    case 'none':
      return null;
    case 'saved':
      return (
        <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-fg-3">
          <p>
            {draft === null || draft.owner.id === user.id
              ? t('saved')
              : t('savedOf', { name: draft.owner.displayName })}
          </p>
          {draft !== null && draft.owner.id === user.id && <ShareDraft id={draft.id} />}
        </div>
      );
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
