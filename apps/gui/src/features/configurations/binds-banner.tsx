import { useTranslations } from 'next-intl';
import type { ShownBind } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';

/** What of its host the container has; where that lies is told to staff alone. */
export function BindsBanner({ binds }: { binds: readonly ShownBind[] }) {
  const t = useTranslations('configuration.binds');
  return (
    <Banner tone="warning" title={t('title')}>
      <ul>
        {binds.map(({ source, target, readOnly }) => (
          <li key={target}>
            <code translate="no" className="break-all">
              {source === null ? target : `${source} → ${target}`}
            </code>{' '}
            {t(readOnly ? 'readOnly' : 'writable')}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
