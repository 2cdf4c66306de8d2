'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, ExportConfiguration } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { LeftOut, WrittenText } from '../deployments/written-text.tsx';
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
  const [as, setAs] = useState<ExportConfiguration['as']>('compose');
  const { data, error } = useExport(container.id, as);
  return (
    <Tabs label={t('ways')} tabs={WAYS.map((key) => ({ key, label: t(key) }))} value={as} onChange={setAs}>
      <LeftOut envNames={envNames} />
      <ErrorNotice error={error instanceof ApiError ? error : null} />
      {data === undefined && error === null && (
        <Loading label={t('loading')}>
          <Skeleton className="w-3/4" />
        </Loading>
      )}
      {data !== undefined && <WrittenText {...data} />}
    </Tabs>
  );
}
