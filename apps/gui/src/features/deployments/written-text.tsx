'use client';

import { Check, Copy, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { downloadText } from '../../ui/download.ts';
import { useCopy } from '../../ui/id-chip.tsx';

/** The variables whose values are left out of what is written down. */
export function LeftOut({ envNames }: { envNames: readonly string[] }) {
  const t = useTranslations('configuration.export');
  if (envNames.length === 0) return null;
  return (
    <p data-slot="left-out" className="text-fg-2">
      {t.rich('leftOut', {
        count: envNames.length,
        names: () => (
          <span translate="no" className="font-mono text-xs break-all">
            {envNames.join(', ')}
          </span>
        ),
      })}
    </p>
  );
}

/** A text for another program, to copy or to take along. */
export function WrittenText({ fileName, text }: { fileName: string; text: string }) {
  const t = useTranslations('configuration.export');
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  return (
    <>
      <pre
        translate="no"
        tabIndex={0}
        aria-label={fileName}
        className="max-h-96 overflow-auto rounded-md bg-inset p-3 font-mono text-xs"
      >
        {text}
      </pre>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => copy(text)}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {copied ? common('copied') : common('copy')}
        </Button>
        <Button onClick={() => downloadText(fileName, text)}>
          <Download aria-hidden />
          {t('download', { file: fileName })}
        </Button>
      </div>
    </>
  );
}
