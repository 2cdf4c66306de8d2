'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useMe } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { useViewAs } from './view-as.ts';

/** Around every page while somebody looks through another person’s eyes. */
export function ViewingFrame() {
  const t = useTranslations('viewAs');
  const { user, viewedBy } = useMe();
  const { stop } = useViewAs();
  const showError = useErrorToast();
  const [asked, setAsked] = useState(false);
  if (viewedBy === null) return null;
  const end = () => {
    setAsked(true);
    stop().catch((error: unknown) => {
      setAsked(false);
      showError(error);
    });
  };
  return (
    <>
      <div aria-hidden className="pointer-events-none fixed inset-0 z-40 border-4 border-ansi-magenta" />
      <aside
        data-slot="viewing"
        aria-label={t('label')}
        className="fixed inset-x-1 bottom-1 z-40 flex flex-wrap items-center gap-x-3 gap-y-2 border-t-2 border-ansi-magenta bg-surface-3 px-4 py-2 max-md:bottom-[calc(3.5rem+env(safe-area-inset-bottom))]"
      >
        <Eye aria-hidden className="size-4 shrink-0 text-ansi-magenta" />
        <p className="min-w-0 grow basis-48">
          <span className="font-medium">{t('title', { name: user.displayName })}</span> {t('text')}
        </p>
        <Button loading={asked} onClick={end}>
          {t('stop')}
        </Button>
      </aside>
    </>
  );
}
