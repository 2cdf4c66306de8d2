'use client';

import { Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { useCopy } from '../../ui/id-chip.tsx';

/** The engine's own description, as it gave it. */
export function ContainerInspect({ description }: { description: Record<string, unknown> }) {
  const t = useTranslations('containers.inspect');
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  const text = JSON.stringify(description, null, 2);
  return (
    <section aria-label={t('title')}>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <div className="grow">
          <h2 className="text-md font-semibold">{t('title')}</h2>
          <p className="text-fg-2">{t('text')}</p>
        </div>
        <Button onClick={() => copy(text)}>
          <Copy aria-hidden />
          {copied ? common('copied') : t('copy')}
        </Button>
      </div>
      <pre
        translate="no"
        tabIndex={0}
        aria-label={t('json')}
        className="max-h-[calc(100dvh-16rem)] min-h-60 overflow-auto rounded-lg border border-line bg-inset p-3 font-mono text-xs"
      >
        {text}
      </pre>
    </section>
  );
}
