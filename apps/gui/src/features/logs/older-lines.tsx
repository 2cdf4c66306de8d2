import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Older } from './log-messages.ts';

/** What stands before the first loaded line. */
export function OlderLines({ older, onOlder }: { older: Older; onOlder: () => void }) {
  const t = useTranslations('logs.older');
  if (older === 'more' || older === 'failed')
    return (
      <button type="button" onClick={onOlder} className="min-h-6 rounded-sm font-sans text-accent-text underline">
        {t(older)}
      </button>
    );
  return (
    <span className="flex items-center gap-2 font-sans">
      {older === 'loading' && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
      {t(older)}
    </span>
  );
}
