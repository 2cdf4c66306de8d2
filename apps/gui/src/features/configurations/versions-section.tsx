'use client';

import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ConfigurationVersion } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Section } from './startup-sections.tsx';

interface Props {
  versions: readonly ConfigurationVersion[];
  mayGoBack: boolean;
  onGoBack: (number: number) => void;
}

/** Each configuration it had is kept. */
export function VersionsSection({ versions, mayGoBack, onGoBack }: Props) {
  const t = useTranslations('configuration.versions');
  return (
    <Section title={t('title')}>
      <ol className="flex flex-col divide-y divide-line">
        {versions.map(({ number, madeAt, madeBy, why, current }) => (
          <li key={number} data-version={number} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="font-medium tabular-nums">{t('number', { number })}</span>
            {current && <Badge tone="success">{t('current')}</Badge>}
            <span className="min-w-0 grow text-fg-2">
              {t.rich(`why.${why}`, { who: () => <span translate="no">{madeBy}</span> })} · <TimeAgo at={madeAt} />
            </span>
            {!current && mayGoBack && (
              <Button size="small" aria-label={t('backTo', { number })} onClick={() => onGoBack(number)}>
                <History aria-hidden />
                {t('back')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
