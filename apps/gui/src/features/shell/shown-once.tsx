'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCopy } from '../../ui/id-chip.tsx';

/** An address to be copied, and never shown again. */
export function ShownOnce({ url, label }: { url: string; label: string }) {
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  return (
    <div className="flex items-center gap-1 pb-2">
      <code
        translate="no"
        aria-label={label}
        data-slot="shown-once"
        className="min-w-0 rounded-sm bg-inset px-2 py-1 font-mono text-xs break-all"
      >
        {url}
      </code>
      <IconButton label={`${copied ? common('copied') : common('copy')} ${label}`} onClick={() => copy(url)}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
    </div>
  );
}
