'use client';

import { useTranslations } from 'next-intl';
import type { Container } from '@bailiwick/contract';
import { PinnedWidget } from '../dashboards/pinned-widget.tsx';
import { HomeSection } from '../home/home-section.tsx';
import { usePins } from './use-pins.ts';

/** What the reader pinned and may still see; nothing before they pinned anything. */
export function PinnedSection({ containers }: { containers: readonly Container[] }) {
  const t = useTranslations('home.pins');
  const { pinned = [] } = usePins();
  const shown = pinned.filter((wanted) => containers.some(({ id }) => id === wanted));
  if (shown.length === 0) return null;
  return (
    <HomeSection title={t('title')} count={shown.length}>
      <div data-slot="pinned" className="rounded-lg border border-line bg-surface-1 px-4 py-2">
        <PinnedWidget ids={shown} containers={containers} />
      </div>
    </HomeSection>
  );
}
