'use client';

import { ClipboardPaste, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import type { Clipboard } from './use-clipboard.tsx';

interface Props {
  clipboard: Clipboard;
  /** Why nothing may be put here; null where it may. */
  reason: string | null;
}

/** What was taken waits for its place, also for whoever has no keyboard. */
export function PasteBar({ clipboard: { taken, busy, paste, clear }, reason }: Props) {
  const t = useTranslations('files.clipboard');
  if (taken === null) return null;
  return (
    <div className="flex items-center gap-1">
      <DisabledReason reason={reason}>
        <Button disabled={reason !== null} loading={busy} onClick={paste}>
          <ClipboardPaste aria-hidden />
          {t(`paste.${taken.act}`, { count: taken.entries.length })}
        </Button>
      </DisabledReason>
      <IconButton label={t('clear')} onClick={clear}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
