import { useTranslations } from 'next-intl';
import type { PresetVersion } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';

/** What it was, the newest first. */
export function PresetVersions({ versions, current }: { versions: readonly PresetVersion[]; current: string }) {
  const t = useTranslations('catalogue.page');
  return (
    <Card aria-label={t('versions')} className="flex flex-col gap-3">
      <CardTitle>{t('versions')}</CardTitle>
      {versions.length === 0 && <p className="text-fg-2">{t('noVersions')}</p>}
      <ol className="flex flex-col gap-2">
        {versions.map(({ number, digest, savedBy, savedAt }) => (
          <li key={number} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-medium">{t('versionOf', { number })}</span>
            <code translate="no" className="text-xs text-fg-3">
              {digest.slice(0, 12)}
            </code>
            <span className="text-fg-2">{savedBy === null ? t('byNobody') : t('by', { name: savedBy.name })}</span>
            <TimeAgo at={savedAt} />
            {digest === current && <Badge tone="success">{t('current')}</Badge>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
