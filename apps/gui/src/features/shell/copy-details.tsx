'use client';

import { Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { useCopy } from '../../ui/id-chip.tsx';

export interface Details {
  code: string;
  message?: string | undefined;
  requestId?: string | undefined;
  params?: Record<string, unknown> | undefined;
  raw?: string | undefined;
}

/** Everything somebody else needs to help: code, request id, time, address. */
export function CopyDetails({ error }: { error: Details }) {
  const t = useTranslations('common');
  const { copied, copy } = useCopy();
  return (
    <Button
      look="ghost"
      onClick={() =>
        copy(
          JSON.stringify(
            { ...error, at: new Date().toISOString(), page: window.location.pathname, panel: 'bailiwick' },
            null,
            2,
          ),
        )
      }
    >
      <Copy aria-hidden />
      {copied ? t('copied') : t('copyDetails')}
    </Button>
  );
}
