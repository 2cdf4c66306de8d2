'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Environment } from '@bailiwick/contract';
import { Kbd } from '../../ui/kbd.tsx';
import { AlertsBell } from '../alerts/alerts-bell.tsx';
import { RequestsButton } from '../access-requests/requests-button.tsx';
import { ActivityButton } from '../operations/activity-button.tsx';
import { useMay, useMayAnywhere } from '../identity/me.tsx';
import { OpenShells } from '../terminals/open-shells.tsx';
import { AccountMenu } from './account-menu.tsx';
import { LiveChip } from './live-chip.tsx';
import { Mark } from './mark.tsx';

export interface TopBarProps {
  environments: readonly Environment[];
  onFind: () => void;
  onShortcuts: () => void;
}

export function TopBar({ environments, onFind, onShortcuts }: TopBarProps) {
  const t = useTranslations('shell');
  const mayHaveShells = useMayAnywhere('containers.shell');
  const maySeeContainers = useMay('containers.see');
  const maySeeOperations = useMay('operations.see');
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line bg-surface-1 px-3 md:px-4">
      <Mark className="md:hidden" />
      <button
        type="button"
        aria-keyshortcuts="Control+K"
        onClick={onFind}
        className="flex h-8 w-full max-w-80 items-center gap-2 rounded-md border border-line-strong bg-canvas px-2.5 text-sm text-fg-3 hover:text-fg max-md:hidden"
      >
        <Search aria-hidden className="size-4" />
        {t('openPalette')}
        <Kbd keys="Ctrl k" className="ms-auto" />
      </button>
      <div className="ms-auto flex items-center gap-1 md:gap-2">
        <LiveChip environments={environments} />
        {mayHaveShells && <OpenShells />}
        <RequestsButton />
        {maySeeContainers && <AlertsBell />}
        {maySeeOperations && <ActivityButton />}
        <AccountMenu onShortcuts={onShortcuts} />
      </div>
    </header>
  );
}
