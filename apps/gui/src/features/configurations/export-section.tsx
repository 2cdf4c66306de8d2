'use client';

import { Check, Copy, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, ExportConfiguration } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { downloadText } from '../../ui/download.ts';
import { useCopy } from '../../ui/id-chip.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useExport } from './configuration-queries.ts';
import { Section } from './startup-sections.tsx';

const WAYS = ['compose', 'run', 'json'] as const satisfies Array<ExportConfiguration['as']>;

interface Props {
  container: Container;
  /** The variables whose values are left out. */
  envNames: readonly string[];
}

/** How it is made, written down for other programs; asked for once somebody wants to see it. */
export function ExportSection({ container, envNames }: Props) {
  const t = useTranslations('configuration.export');
  const [shown, setShown] = useState(false);
  return (
    <Section title={t('title')}>
      <p className="text-fg-2">{t('text')}</p>
      {shown ? (
        <Written container={container} envNames={envNames} />
      ) : (
        <Button className="self-start" onClick={() => setShown(true)}>
          {t('show')}
        </Button>
      )}
    </Section>
  );
}

function Written({ container, envNames }: Props) {
  const t = useTranslations('configuration.export');
  const common = useTranslations('common');
  const [as, setAs] = useState<ExportConfiguration['as']>('compose');
  const { data, error } = useExport(container.id, as);
  const { copied, copy } = useCopy();
  return (
    <Tabs label={t('ways')} tabs={WAYS.map((key) => ({ key, label: t(key) }))} value={as} onChange={setAs}>
      {envNames.length > 0 && (
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
      )}
      <ErrorNotice error={error instanceof ApiError ? error : null} />
      {data === undefined && error === null && (
        <Loading label={t('loading')}>
          <Skeleton className="w-3/4" />
        </Loading>
      )}
      {data !== undefined && (
        <>
          <pre
            translate="no"
            tabIndex={0}
            aria-label={data.fileName}
            className="max-h-96 overflow-auto rounded-md bg-inset p-3 font-mono text-xs"
          >
            {data.text}
          </pre>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => copy(data.text)}>
              {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
              {copied ? common('copied') : common('copy')}
            </Button>
            <Button onClick={() => downloadText(data.fileName, data.text)}>
              <Download aria-hidden />
              {t('download', { file: data.fileName })}
            </Button>
          </div>
        </>
      )}
    </Tabs>
  );
}
